"""Before something that matters, the person shows once more who it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from allauth.account.decorators import reauthentication_required
from django.http.response import HttpResponseBase

V = TypeVar("V", bound=Callable[..., HttpResponseBase])


def fresh(view: V) -> V:
    """A view that asks for password or code again when the last was given more than five minutes ago.

    What was posted is taken up again afterwards.
    """
    guarded: V = reauthentication_required(app="gongkai.accounts")(view)
    return guarded
