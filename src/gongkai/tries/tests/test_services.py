"""Guesses are counted before they are answered, and forgotten in time."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from gongkai.tries import services
from gongkai.tries.models import Guesses
from gongkai.tries.services import Locked

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def guess(whose: str = "192.0.2.1", *, after: timedelta = timedelta(0), limit: int = 3) -> None:
    services.begin_try(kind="sample", whose=whose, limit=limit, lock=QUARTER, now=NOW + after)


@pytest.mark.django_db
def test_the_third_wrong_try_locks_for_a_quarter_of_an_hour_and_nobody_else() -> None:
    for _ in range(3):
        guess()
    with pytest.raises(Locked) as locked:
        guess()
    assert locked.value.until == NOW + QUARTER
    guess("192.0.2.2")
    guess(after=QUARTER)
    assert Guesses.objects.filter(locked_until=None).count() == 2


@pytest.mark.django_db
def test_a_try_that_succeeded_does_not_count_and_those_before_it_do() -> None:
    guess()
    for _ in range(10):
        guess()
        services.take_back(kind="sample", whose="192.0.2.1")
    assert Guesses.objects.get().failures == 1


@pytest.mark.django_db
def test_no_address_lies_open_and_old_rows_go() -> None:
    guess()
    assert "192.0.2.1" not in str(Guesses.objects.values().get())
    guess("192.0.2.9", after=timedelta(days=2))
    assert Guesses.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_forty_guesses_at_once_do_not_slip_past_a_limit_of_five() -> None:
    passed: list[int] = []
    together = threading.Barrier(8)

    def work() -> None:
        together.wait()
        for number in range(5):
            try:
                guess(limit=5)
                passed.append(number)
            except Locked:
                pass
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == 5
