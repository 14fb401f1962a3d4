"""Links between the pages of a list; every other word of the address stays."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest


def page_links(request: HttpRequest, shown: Page[Any]) -> dict[str, Any] | None:
    """What `components/_pagination.html` needs; None when there is one page only."""
    if shown.paginator.num_pages < 2:
        return None

    def address(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    numbers = list(shown.paginator.get_elided_page_range(shown.number))
    return {
        "previous": address(shown.previous_page_number()) if shown.has_previous() else "",
        "next": address(shown.next_page_number()) if shown.has_next() else "",
        "numbers": [(n, address(n) if isinstance(n, int) and n != shown.number else "") for n in numbers],
    }
