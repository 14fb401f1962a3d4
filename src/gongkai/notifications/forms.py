"""What a person wants to hear of, and by which channels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from . import selectors
from .enums import Channel
from .templates import templates


class PreferencesForm(forms.Form):
    """A group of boxes for each event; the channels are those the event has words for, SMS apart (officers have none)."""

    def __init__(self, *args: Any, wants: Mapping[tuple[str, Channel], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for event, template in templates().items():
            channels = [channel for channel in (Channel.INBOX, Channel.MAIL) if channel in template.channels]
            if Channel.INBOX not in channels:
                continue  # told to people outside alone
            self.fields[_name(event)] = forms.MultipleChoiceField(
                label=selectors.label(event),
                choices=[(channel.value, _(channel.label)) for channel in channels],
                initial=[channel.value for channel in channels if wants.get((event, channel), True)],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def chosen(self) -> dict[tuple[str, Channel], bool]:
        """What was chosen, for `services.choose`."""
        return {
            (event, Channel(value)): value in self.cleaned_data[_name(event)]
            for event in templates()
            if _name(event) in self.fields
            for value, _label in self.fields[_name(event)].choices  # type: ignore[attr-defined]
        }


def _name(event: str) -> str:
    return event.replace(".", "-")
