"""A page as a screen reader is given it: the browser's own tree of roles, names and levels, in the order of reading."""

from __future__ import annotations

from typing import Any, NamedTuple

from playwright.sync_api import Page

LANDMARKS = ("banner", "navigation", "search", "main", "complementary", "contentinfo", "region", "form")
ACTED_ON = ("link", "button", "textbox", "searchbox", "combobox", "checkbox", "radio", "DisclosureTriangle")


class Heard(NamedTuple):
    """One thing that is told."""

    role: str
    name: str
    level: int = 0


def heard(page: Page) -> list[Heard]:
    """All that is told of the page, from its first thing to its last; what is hidden from a reader is not in it."""
    client = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in client.send("Accessibility.getFullAXTree")["nodes"]}
    client.detach()
    (root,) = (node for node in nodes.values() if "parentId" not in node)
    return list(_walk(root, nodes))


def focused(page: Page) -> Heard:
    """What the keyboard is on."""
    client = page.context.new_cdp_session(page)
    nodes = client.send("Accessibility.getFullAXTree")["nodes"]
    client.detach()
    found = [node for node in nodes if any(_focus(one) for one in node.get("properties", ()))]
    return _told(found[-1])


def _walk(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> Any:
    if not node.get("ignored"):
        yield _told(node)
    for child in node.get("childIds", ()):
        if child in nodes:
            yield from _walk(nodes[child], nodes)


def _told(node: dict[str, Any]) -> Heard:
    levels = [one["value"]["value"] for one in node.get("properties", ()) if one["name"] == "level"]
    return Heard(node["role"]["value"], node.get("name", {}).get("value", "").strip(), *levels[:1])


def _focus(one: dict[str, Any]) -> bool:
    return bool(one["name"] == "focused" and one["value"]["value"])
