"""What this context does when something happens to a case."""

from __future__ import annotations

from gongkai.applications.enums import State
from gongkai.applications.rules.flow import flow
from gongkai.applications.selectors import Application
from gongkai.kernel import bus
from gongkai.workflow.rules import Acted

from . import services
from .rules import news_of


def tell_of_acts(event: Acted) -> None:
    """An act was done: clients that it concerns are told, by rows in its own transaction."""
    closed = event.target == State.CLOSED.value and event.source != State.CLOSED.value
    news = news_of(event.act, closed=closed) if event.flow == flow().name else None
    if news is not None:
        services.tell(application=Application.objects.select_related("organ").get(pk=event.object_id), news=news)


def subscribe() -> None:
    """Called once, when the program starts."""
    bus.subscribe(Acted, tell_of_acts)
