"""The answer to a request that names a host which is not ours."""

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views import defaults

NOT_OURS = "网址中的域名不属于本网站，请检查网址。\nThis host name is not ours; please check the address.\n"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page, or plain words for a strange host: our page would draw its links with that host."""
    if isinstance(exception, DisallowedHost):
        return HttpResponseBadRequest(NOT_OURS, content_type="text/plain; charset=utf-8")
    return defaults.bad_request(request, exception)
