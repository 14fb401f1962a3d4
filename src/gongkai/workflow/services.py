"""The one act of this context: act. Every change of state in the house goes through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import IntegrityError, OperationalError, connection, models, transaction

from gongkai.audit import services as audit
from gongkai.audit.rules import Facts
from gongkai.kernel import bus

from . import selectors
from .models import Performed
from .rules import Acted, Binding, Busy, Doer, KeyReused, Rule, Stale

M = TypeVar("M", bound=models.Model)
LONGEST_KEY = 64
GIVEN_UP = {"40001", "40P01", "55P03"}  # PostgreSQL: could not serialise, deadlock, lock not available


def bind(binding: Binding) -> Binding:
    """Make a flow known to the house; the start-up check then proves it. Called from a context's `apps.py`."""
    selectors._bindings[binding.flow.name] = binding  # noqa: SLF001 - the registry is this room's own
    return binding


@contextmanager
def one_transaction() -> Iterator[None]:
    """A transaction; whom others kept waiting too long is told so (`Busy`), and nothing was done."""
    try:
        with transaction.atomic():
            yield
    except OperationalError as error:
        kept = "is locked" in str(error) or getattr(error.__cause__, "sqlstate", "") in GIVEN_UP
        if connection.in_atomic_block or not kept:
            raise
        raise Busy("此刻同时办理的人太多，您的办理没有完成，也没有改动任何内容。请稍等片刻，再提交一次。") from error


def act(
    *,
    binding: Binding,
    pk: object,
    act: str,
    by: Doer,
    version: int,
    key: str,
    change: Callable[[Any, Rule], Facts | None] | None = None,
) -> Any:
    """Do an act on one row, once, in one transaction, and return the row as it then stands.

    The row is locked; its version compared with the one the doer saw (`Stale`); the table asked (`NotNow`,
    `NotYours`); `change` writes what the act adds and returns the facts for the record; state and version move; the
    audit chain and the event are written. A submission that arrives again under the same `key` changes nothing and
    returns the row (`KeyReused` if the key was another act's). `change` may refuse by raising: nothing is then kept.
    `Busy` where others kept the database too long.
    """
    if not key or len(key) > LONGEST_KEY:
        raise KeyReused("提交标识缺失或者过长。请重新打开页面后再提交。")
    with one_transaction():
        row = binding.model._default_manager.select_for_update().get(pk=pk)  # noqa: SLF001 - Django's documented name
        if _done_before(binding, row, act=act, by=by, key=key):
            return row
        if row.version != version:
            raise Stale("您打开页面之后，已有他人办理了这一事项。请刷新页面，核对后再办理。")
        organ = binding.organ(row)
        rule = binding.flow.step(row.state, act, by.roles_in(organ))
        facts = dict((change(row, rule) if change else None) or {})
        actor = by.actor_as(rule.by, organ)
        row.state, row.version = rule.target, row.version + 1
        row.save()
        _remember(binding, row, act=act, by=by, key=key)
        audit.record(
            act=f"{binding.flow.name}.{act}",
            actor=actor,
            organ=organ,
            object_kind=binding.kind,
            object_id=row.pk,
            facts={"from": rule.source, "to": rule.target, "version": row.version, **facts},
        )
        bus.publish(
            Acted(binding.flow.name, act, str(row.pk), organ, rule.source, rule.target, actor, facts),
        )
    return row


def _done_before(binding: Binding, row: Any, *, act: str, by: Doer, key: str) -> bool:
    done = selectors.performed(flow=binding.flow.name, key=key)
    if done is None:
        return False
    if (done.object_id, done.act, done.actor) != (str(row.pk), act, by.actor.id):
        raise KeyReused("这一提交标识已用于另一事项。请重新打开页面后再提交。")
    return True


def _remember(binding: Binding, row: Any, *, act: str, by: Doer, key: str) -> None:
    try:
        with transaction.atomic():
            Performed.objects.create(
                key=key,
                flow=binding.flow.name,
                object_id=str(row.pk),
                act=act,
                actor=by.actor.id,
                version=row.version,
            )
    except IntegrityError as error:
        raise KeyReused("这一提交标识已用于另一事项。请重新打开页面后再提交。") from error
