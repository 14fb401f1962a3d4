"""`python -m tests.sso_provider PORT CALLBACK NAME…`: serve the provider, with a user of each name.

Every user's password is `provider-password`; the client is `gongkai` with the secret `provider-secret`.
"""

import os
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.sso_provider.settings"

import django

PASSWORD = "provider-password"  # noqa: S105 - of a provider that lives for one test
SECRET = "provider-secret"  # noqa: S105 - as above


class Quiet(WSGIRequestHandler):
    """Says nothing about each request."""

    def log_message(self, *args: object) -> None:
        """Nothing."""


def main(port: int, callback: str, names: list[str]) -> None:
    """Make the users and the client, then serve until killed."""
    django.setup()
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", verbosity=0)
    for name in names:
        User.objects.create_user(name, email=f"{name}@example.cn", password=PASSWORD)
    client = Client(id="gongkai", name="gongkai", scopes="openid\nprofile\nemail", redirect_uris=callback)
    client.response_types = "code"
    client.set_secret(SECRET)
    client.save()
    make_server("127.0.0.1", port, get_wsgi_application(), handler_class=Quiet).serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
