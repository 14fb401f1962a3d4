"""Whether a text may stand before everybody: nobody's personal data in it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from gongkai.screening.rules.personal import find


def unfit(texts: Mapping[str, str], *, allowed: Collection[str], named: Collection[str]) -> list[str]:
    """What must be taken out, in sentences: by label of the text. `named` are the names and numbers in the case's file."""
    faults = []
    for label, text in texts.items():
        plain = "".join(text.split())
        if any("".join(name.split()) in plain for name in named if len(name.strip()) > 1):
            faults.append(f"“{label}”写到了申请人或者第三方。请删去姓名、名称、号码和地址。")
        faults += [f"“{label}”中有{span.kind.label}。请删去。" for span in find(text, allowed=allowed)]
    return list(dict.fromkeys(faults))
