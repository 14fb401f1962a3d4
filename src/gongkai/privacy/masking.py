"""How personal data are shown where they need not be read: pure functions, one per kind, and one for free text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

# Compound surnames in use (《百家姓》 and the Ministry of Public Security's yearly reports on names).
_COMPOUND = """
欧阳 上官 司马 诸葛 司徒 司空 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 轩辕 端木 百里 呼延 东郭 南宫 独孤
西门 申屠 公羊 澹台 公冶 宗政 濮阳 淳于 单于 太叔 仲孙 钟离 鲜于 闾丘 亓官 司寇 子车 颛孙 巫马 公西 漆雕 乐正
壤驷 公良 拓跋 夹谷 宰父 谷梁 段干 东门 南门 羊舌 微生 梁丘 左丘 万俟 闻人 赫连 第五
"""
COMPOUND = frozenset(_COMPOUND.split())
_HIDDEN = "*"
_DISTRICT = re.compile(r"^.*?(?:自治县|新区|区|县|旗|(?<=[^\d])市(?!.*?[区县]))(?:.{1,8}?(?:街道|镇|乡))?")


def mask_name(name: str) -> str:
    """张三 → 张*, 欧阳某某 → 欧阳**, John Smith → J*** S****; dots of foreign names stay."""
    name = name.strip()
    if not name:
        return ""
    if re.search(r"[·•\s]", name) or name.isascii():
        return re.sub(r"[^·•\s]+", lambda part: _tail(part[0], 1), name)
    kept = 2 if len(name) > 2 and name[:2] in COMPOUND else 1
    return _tail(name, kept) if len(name) > kept else name + _HIDDEN


def mask_phone(phone: str) -> str:
    """13812345678 → 138****5678; 021-65121234 → 021-****1234; whatever is shorter than 7 digits is hidden whole."""
    plain = unicodedata.normalize("NFKC", phone).strip()
    digits = re.sub(r"\D", "", plain)
    if len(digits) < 7:
        return _HIDDEN * len(plain)
    if mobile := re.fullmatch(r"(?:\+?86|0086)?(1\d{10})", re.sub(r"[\s-]", "", plain)):
        return f"{mobile[1][:3]}****{mobile[1][-4:]}"
    area = re.match(r"(0(?:10|2\d)|0[3-9]\d{2})[-\s]?(?=\d{7,8})", plain)
    return f"{area[1]}-****{digits[-4:]}" if area else f"****{digits[-4:]}"


def mask_identity(number: str) -> str:
    """310109199001011234 → 310***********1234; a shorter document number keeps its last two characters."""
    plain = unicodedata.normalize("NFKC", number).strip()
    if len(plain) >= 15:
        return plain[:3] + _HIDDEN * (len(plain) - 7) + plain[-4:]
    return _HIDDEN * (len(plain) - 2) + plain[-2:] if len(plain) > 4 else _HIDDEN * len(plain)


def mask_email(address: str) -> str:
    """zhangsan@example.com → z***@example.com; what has no @ is hidden whole."""
    local, at, host = address.strip().rpartition("@")
    return f"{local[:1]}***@{host}" if at and local else _HIDDEN * len(address.strip())


def mask_address(address: str) -> str:
    """上海市虹口区四川北路街道某路1号 → 上海市虹口区四川北路街道****: down to the street office, no further."""
    found = _DISTRICT.match(address.strip())
    return (found[0] if found else "") + "****" if address.strip() else ""


def mask_card(number: str) -> str:
    """6222020200112345678 → ***************5678: the last four digits."""
    digits = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", number))
    return _tail_kept(digits, 4) if len(digits) > 8 else _HIDDEN * len(digits)


_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
# Longest first: an identity number holds what would look like a phone number.
_NUMBERS = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"(?P<identity>[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]|[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3})"
    r"|(?P<card>\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?)"
    r"|(?P<phone>(?:\+?86[ -]?|0086[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}|0\d{2,3}-\d{7,8})"
    r")(?![0-9A-Za-z])"
)


_WIDE = str.maketrans("０１２３４５６７８９Ｘｘ＠．－＋", "0123456789Xx@.-+")


def mask_text(text: str) -> str:
    """Free text with identity numbers, bank cards, phone numbers and e-mail addresses masked, in either width.

    Names it cannot know.
    """
    return _each(_NUMBERS, _masked, _each(_EMAIL, lambda found: mask_email(found[0]), text))


def _each(pattern: re.Pattern[str], mask: Callable[[re.Match[str]], str], text: str) -> str:
    """The text with what the pattern finds in its narrow form masked; the rest stays as it is written."""
    parts, place = [], 0
    for found in pattern.finditer(text.translate(_WIDE)):
        parts += [text[place : found.start()], mask(found)]
        place = found.end()
    return "".join(parts) + text[place:]


def _masked(found: re.Match[str]) -> str:
    mask = {"identity": mask_identity, "card": mask_card, "phone": mask_phone}[found.lastgroup or "card"]
    return mask(found[0])


def _tail(text: str, kept: int) -> str:
    return text[:kept] + _HIDDEN * (len(text) - kept)


def _tail_kept(text: str, kept: int) -> str:
    return _HIDDEN * (len(text) - kept) + text[-kept:]
