"""The documents' pages about flows, made from the tables: picture, states, and who may do what."""

from __future__ import annotations

from gongkai.statutes import law

from . import rules, selectors
from .rules import Flow


def pages() -> dict[str, str]:
    """File name -> Markdown, one page per flow; the same table always gives the same text."""
    return {f"{binding.flow.name}.md": page(binding.flow) for binding in selectors.bindings()}


def page(flow: Flow) -> str:
    """One flow: a Mermaid picture and the table behind it."""
    rows = [
        f"| {flow.states[rule.source].label} | {rule.label} `{rule.act}` | {flow.states[rule.target].label} | "
        f"{'、'.join(sorted(rules.ROLE_LABELS.get(role, role) for role in rule.by))} | {cited(rule.cite)} |"
        for rule in flow.rules
    ]
    return "\n".join(
        [
            f"# {flow.label} `{flow.name}`",
            "",
            "Made from the flow's table by `gongkai manage flows --into docs/flows`; a test keeps it current.",
            "",
            "```mermaid",
            rules.picture(flow),
            "```",
            "",
            "| state | act | leads to | by | article |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


def cited(cite: str) -> str:
    """The article in words; empty where a rule rests on no article of its own."""
    return law().cite(cite).text if cite else ""
