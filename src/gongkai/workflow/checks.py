"""A flow that cannot work is refused when the program starts."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from gongkai.accounts.enums import Role

from . import rules, selectors


@register
def flows(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every bound flow: states reachable, no doubled rule, no act without a role, no dead end."""
    roles = [role.value for role in Role]
    return [
        Error(fault, hint="Correct the flow's YAML file.", id="workflow.E001")
        for binding in selectors.bindings()
        for fault in rules.faults(binding.flow, roles=roles)
    ]
