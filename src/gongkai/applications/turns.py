"""Whose turn it is once an act was done, by the flow's table, and telling them. Called inside the transaction of the act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from django.utils import timezone

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.audit.enums import ActorKind
from gongkai.notifications.rules import Notice, Recipient
from gongkai.notifications.services import notify_each, over
from gongkai.workflow.rules import Acted, Rule

from . import selectors
from .enums import Review, State
from .models import Application
from .rules.flow import flow
from .telling import url_of

# What is told of each act that a case waits for, by the state it waits in. Who may do it, the flow says.
NEXT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        State.EXTENDING.value: ("extend",),
        State.PROPOSED.value: ("pass_secrecy", "pass_legal", "sign"),
        State.SIGNED.value: ("seal",),
        State.SEALED.value: ("deliver",),
    }
)
# What brings a case back to who handles it. What comes from outside is told by `telling.tell_of_word`.
BACK: Mapping[str, str] = MappingProxyType(
    {
        "send_back": "applications.sent_back",
        "extend": "applications.extension_granted",
        "refuse_extension": "applications.extension_refused",
        "decline": "applications.declined",
        "end_consultation": "applications.consultation_ended",
        "correct_letter": "applications.to_correct",
        "reopen": "applications.to_decide_anew",
    }
)
NOBODY = "applications.nobody_for"  # a case waits for an act that nobody of the organ may do
REVIEWS = {"pass_secrecy": Review.SECRECY, "pass_legal": Review.LEGAL}


def event_of(act: str) -> str:
    """The event that tells somebody to do an act."""
    return f"applications.to_{act}"


# Every event that tells somebody to do what another may do first.
TASKS = frozenset({event_of(act) for acts in NEXT.values() for act in acts} | set(BACK.values()))


def tell(row: Application, event: Acted) -> None:
    """Whoever can take the case on from here hears of it, but for who just acted; of one proposal each once."""
    waiting = _waiting(row)
    if event.source in (*NEXT, State.REGISTERED.value):
        _settle(row, event, waiting)
    notify_each(list(_notices(row, event, waiting)))


def _waiting(row: Application) -> tuple[str, ...]:
    """The acts that a case waits for and somebody is told of."""
    return _reviewed_first(row) if row.state == State.PROPOSED.value else NEXT.get(row.state, ())


def _settle(row: Application, event: Acted, waiting: Sequence[str]) -> None:
    """What it does not wait for any more is nobody's task: somebody did it, or the case went another way."""
    done = TASKS - {*BACK.values(), *map(event_of, waiting)}
    if event.source == State.REGISTERED.value:
        done = frozenset(BACK.values() if event.target != event.source else ())
    keys = [f"application:{row.pk}:{version}" for version in range(row.version + 1)]
    keys += [_key_of_proposal(row, number) for number in range(row.proposal + 1)]
    over(events=done, keys=keys)


def _key_of_proposal(row: Application, number: int) -> str:
    return f"application:{row.pk}:proposal:{number}"


def _notices(row: Application, event: Acted, waiting: Sequence[str]) -> Iterator[Notice]:
    did = int(event.actor.id) if event.actor.kind is ActorKind.USER else None
    key = f"application:{row.pk}:{row.version}"
    if event.act in BACK:
        rule = flow().rule(row.state, "decide")
        for user_id in _who(row, rule) - {did}:
            yield _notice(row, BACK[event.act], key, user_id)
    if row.state == State.PROPOSED.value:  # a review leaves the state, and may let the reply be signed
        key = _key_of_proposal(row, row.proposal)
    elif event.source == event.target:
        return
    for act in waiting:
        rule = flow().rule(row.state, act)
        if able := _who(row, rule):
            for user_id in able - {did}:
                yield _notice(row, event_of(act), key, user_id)
        elif rule is not None:
            for user_id in accounts.able([Role.ADMINISTRATOR], row.organ.code, timezone.localdate()):
                yield _notice(row, NOBODY, f"{key}:{act}", user_id, act=rule.label)


def _reviewed_first(row: Application) -> tuple[str, ...]:
    """Of a proposed reply: the reviews that it still needs, and the signing once it needs none."""
    missing = selectors.reviews_missing(row, timezone.localdate())
    return tuple(act for act in NEXT[row.state] if (REVIEWS.get(act) in missing if missing else act not in REVIEWS))


def _who(row: Application, rule: Rule | None) -> frozenset[int]:
    """Who may do an act in a case: of an officer's acts who has the case, else the officers; nobody signs their own."""
    if rule is None:
        return frozenset()
    organ, today = row.organ.code, timezone.localdate()
    may = accounts.able([role for role in Role if role in rule.by], organ, today)
    if rule.source == State.PROPOSED.value:
        return may - {row.decided_by_id}
    if Role.OFFICER not in rule.by:
        return may
    return may & {row.handler_id or row.decided_by_id} or may & accounts.able([Role.OFFICER], organ, today) or may


def _notice(row: Application, event: str, key: str, user_id: int, **words: object) -> Notice:
    words |= {"number": row.number, "due_on": row.due_on if row.reply_runs else "—"}
    return Notice(event, key, Recipient(user_id=user_id), words, url=url_of(row), organ=row.organ.code)
