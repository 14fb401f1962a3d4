"""Django's forms in the design system: `{% load forms %}`."""

from __future__ import annotations

from django import template
from django.forms import BaseForm

register = template.Library()


@register.simple_tag
def form_errors(form: BaseForm) -> list[tuple[str, str]]:
    """(id of the field, message) for each error of a form, in the order of its fields; those of no field come first."""
    first = next((field.auto_id for field in form if not field.is_hidden), "main")
    found = [(str(first), str(message)) for message in form.non_field_errors()]
    for field in form:
        place = field.auto_id if field.use_fieldset else field.id_for_label
        found += [(str(place or first), str(message)) for message in field.errors]
    return found
