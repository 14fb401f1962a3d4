"""Reads of this context: the inbox, preferences, the delivery log."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import get_language

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing

from .enums import Channel, State
from .models import Message, Outgoing, Preference, Try
from .templates import LANGUAGES, templates

SETTLED_BY_HAND = (State.FAILED.value, State.UNKNOWN.value)


def label(event: str) -> str:
    """What people call an event, in the reader's language; its code when no template tells of it any more."""
    language = get_language() or LANGUAGES[0]
    found = templates().get(event)
    return found.label.get(language, found.label[LANGUAGES[0]]) if found else event


def unread(user_id: int) -> int:
    """How many messages of the inbox a person has not read."""
    return Message.objects.filter(user_id=user_id, read_at__isnull=True).count()


def inbox(user_id: int, *, unread_only: bool = False, event: str = "") -> QuerySet[Message]:
    """A person's inbox, newest first."""
    found = Message.objects.filter(user_id=user_id)
    if unread_only:
        found = found.filter(read_at__isnull=True)
    return found.filter(event=event) if event else found


def told_outside(key: str) -> list[Outgoing]:
    """What people outside were told about one thing, oldest first: for their own copy of it. `key` as in `forget`."""
    about = Outgoing.objects.filter(Q(key=key) | Q(key__startswith=f"{key}:"), user__isnull=True)
    return list(about.order_by("created_at", "id"))


def keys_told(recipients: Collection[str], of: str) -> frozenset[str]:
    """Which things of a kind (`application`) these people outside were told about, by their keys without the kind."""
    found = Outgoing.objects.filter(recipient__in=recipients, key__startswith=f"{of}:", user__isnull=True)
    return frozenset(key.split(":")[1] for key in found.values_list("key", flat=True))


def events_in_inbox(user_id: int) -> list[str]:
    """The events a person's inbox tells of."""
    return list(Message.objects.filter(user_id=user_id).order_by("event").values_list("event", flat=True).distinct())


def wants(user_id: int) -> dict[tuple[str, Channel], bool]:
    """What a person has chosen, by event and channel; what is not there is wanted."""
    rows = Preference.objects.filter(user_id=user_id).values_list("event", "channel", "wanted")
    return {(event, Channel(channel)): wanted for event, channel, wanted in rows}


def unwanted(user_ids: Iterable[int]) -> set[tuple[int | None, str, Channel]]:
    """What these people do not want to hear of: person, event and channel."""
    rows = Preference.objects.filter(user_id__in=list(user_ids), wanted=False)
    return {(user, event, Channel(channel)) for user, event, channel in rows.values_list("user_id", "event", "channel")}


def cared_for(standing: Standing) -> QuerySet[Outgoing]:
    """The notices of the organs a person administers, and those of which nobody noted the organ."""
    organs = standing.organs_where(Role.ADMINISTRATOR)
    return Outgoing.objects.filter(organ__in={*organs, ""}) if organs else Outgoing.objects.none()


def log(standing: Standing, *, state: str = "", channel: str = "", event: str = "") -> QuerySet[Outgoing]:
    """The notices that went or should have gone out, newest first, with their tries. Addresses are not read here."""
    found = (
        cared_for(standing)
        .defer("address", "subject", "body")
        .prefetch_related(Prefetch("log", queryset=Try.objects.order_by("at", "pk")))
    )
    for name, value in (("state", state), ("channel", channel), ("event", event)):
        if value:
            found = found.filter(**{name: value})
    return found.order_by("-created_at", "id")


def counts(standing: Standing) -> dict[State, int]:
    """How many of those a person looks after stand in each state."""
    return _counted(cared_for(standing))


def totals() -> dict[State, int]:
    """How many stand in each state in the whole house: for who measures it."""
    return _counted(Outgoing.objects.all())


def _counted(found: QuerySet[Outgoing]) -> dict[State, int]:
    rows = dict(found.order_by().values_list("state").annotate(count=Count("pk")))
    return {state: rows.get(state.value, 0) for state in State}


def events() -> tuple[str, ...]:
    """Every event that notices tell of, in order."""
    return tuple(templates())
