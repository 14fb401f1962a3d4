"""Whether a text tells of somebody whose name, numbers and address are known, however they are written there. Pure.

What is known is compared whole and in its parts: the person in `联系人：张某 138…`, an address without its city. Widths,
blanks and marks do not count.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from .normal import normal

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
    "任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_COMPOUND = "欧阳|上官|司马|诸葛|司徒|夏侯|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|端木|东方|南宫|闻人"
_PERSON = re.compile(rf"(?:{_COMPOUND}|[{SURNAMES}])[\u4e00-\u9fff]{{1,2}}")
_APART = re.compile(r"[\s，,、;；:：/|（）()【】]+")
_CALLED = re.compile(
    r"^(?:联系人|代理人|法定代表人|负责人|经办人|收件人|姓名)+|(?:先生|女士|同志|经理|律师|老师|主任)$"
)
_PLACE = re.compile(r"省|市|区|县|镇|乡|街道")
_HOUSE = re.compile(r"[0-9〇零一二三四五六七八九十百]+(?:号|弄|幢|栋|室)")
_DIGITS = re.compile(r"[0-9]{5,}")
_LEAST = 2  # signs of what is looked for


def tells_of(text: str, named: Collection[str]) -> bool:
    """Whether any of these names, numbers, addresses, or a person or place within them, stands in the text."""
    plain = _squeezed(text)
    words = (_squeezed(part) for value in named for part in parts(value))
    return any(word in plain for word in words if len(word) >= _LEAST)


def parts(value: str) -> Iterator[str]:
    """What a value is known by, as it is written: the whole, each person and number in it, the house without its city."""
    yield value
    for piece in _APART.split(value):
        found = _CALLED.sub("", piece)
        plain = _squeezed(found)
        if _PERSON.fullmatch(plain) or (plain.isascii() and ("@" in plain or _DIGITS.search(plain))):
            yield found
    for match in _PLACE.finditer(value):
        tail = value[match.end() :]
        if _HOUSE.search(_squeezed(tail)):
            yield tail


def _squeezed(text: str) -> str:
    return "".join(sign for sign in normal(text).text.lower() if sign.isalnum() or sign == "@")
