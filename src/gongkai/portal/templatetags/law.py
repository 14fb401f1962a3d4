"""The law in templates: `{% load law %}{% law "reply_limit" as reply %}{{ reply.text }}`."""

from __future__ import annotations

from django import template
from django.utils.timezone import localdate
from django.utils.translation import get_language

from gongkai.portal.law import Said, said

register = template.Library()


@register.simple_tag
def law(name: str) -> Said:
    """A parameter of the law as in force today, said in the language of the page."""
    return said(name, localdate(), english=(get_language() or "").startswith("en"))
