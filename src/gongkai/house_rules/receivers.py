"""A process keeps up with what has been decided: when it reaches its database, and before each task."""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError
from django.db.backends.signals import connection_created
from django_tasks.signals import task_started

from .services import keep_up

_log = logging.getLogger(__name__)


def on_reaching_the_database(**kwargs: Any) -> None:
    """A command, a worker or a web process has reached its database, whose tables may not be there yet."""
    try:
        keep_up()
    except DatabaseError as error:
        _log.debug("house rules not read: %s", str(error).strip().partition("\n")[0])


def before_a_task(**kwargs: Any) -> None:
    """A task begins."""
    keep_up()


def connect() -> None:
    """Called once, when the program starts."""
    connection_created.connect(on_reaching_the_database, dispatch_uid="house_rules")
    task_started.connect(before_a_task, dispatch_uid="house_rules")
