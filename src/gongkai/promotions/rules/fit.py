"""Whether a text may stand before everybody: nobody's personal data in it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from gongkai.screening.rules.known import tells_of
from gongkai.screening.rules.personal import find

MOST_WORDS = 500_000  # signs of one file that are looked through


def unfit(texts: Mapping[str, str], *, allowed: Collection[str], named: Collection[str]) -> list[str]:
    """What must be taken out, in sentences: by label of the text. `named` are the names and numbers in the case's file."""
    faults = []
    for label, text in texts.items():
        if tells_of(text, named):
            faults.append(f"“{label}”写到了申请人或者第三方。请删去姓名、名称、号码和地址。")
        faults += [f"“{label}”中有{span.kind.label}。请删去。" for span in find(text, allowed=allowed)]
    return list(dict.fromkeys(faults))


def keeps_back(name: str, words: str, *, allowed: Collection[str], named: Collection[str]) -> str:
    """Why a file that was given with a reply does not go along to the library; empty when it does."""
    if unfit({"": name}, allowed=allowed, named=named):
        return "文件名写到了申请人、第三方或者有号码、地址，没有转入。需要公开的，请改名后在公文库草稿中上传。"
    if not words.strip():
        return "读不出文字（例如扫描的图片），不能确认其中没有申请人的信息，没有转入。请人工查看后在公文库草稿中上传。"
    if len(words) >= MOST_WORDS:
        return "文字太多，没有全部核对，没有转入。请人工查看后在公文库草稿中上传。"
    if tells_of(words, named):
        return "文件中写到了申请人或者第三方，没有转入。需要公开的，请删去或者遮盖后在公文库草稿中上传。"
    return ""
