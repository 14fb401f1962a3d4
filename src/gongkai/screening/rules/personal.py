"""Personal data in a text: where they stand, of which kind, and how sure that is. Pure.

Numbers are looked for in every spelling: full-width digits, blanks, hyphens and one line end between digits hide
nothing. A finding that might be something else (a number that runs over a line end, a card of a brand abroad, a number
after “编号”) is told and does not keep the file from leaving; so is a number that lacks its proof where the words before
it say what it is. Names of persons are not known here: a person has to look for them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from gongkai.screening.enums import FindingKind as Kind
from gongkai.screening.enums import Severity

from . import numbers, places
from .normal import Normal, normal, tight

_NEAR = 16  # characters before a number in which a word tells what it is
_MOST_DIGITS = 19
_BLANK = r"[ \n\-.·_)]{1,3}"
_RUN = re.compile(rf"\d+(?:{_BLANK}\d+)*")
_GROUP = re.compile(r"\d+")
_LAST_X = re.compile(r"[ \n\-]{0,3}[Xx](?![A-Za-z0-9])")
_MOBILE = re.compile(r"1(?:3\d|4[014-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])\d{8}")
_COUNTRY = re.compile(r"(?:00)?86(?=1\d{10}$)")
_USUAL = {
    (11,),
    (3, 4, 4),
    (3, 8),
    (4, 3, 4),
    (3, 3, 5),
    (7, 4),
    (1,) * 11,
    (4, 4, 3),
}  # how a mobile number is grouped
_FIXED = re.compile(r"(?:0(?:10|2\d|[3-9]\d{2}))([2-8]\d{6,7})")
_FIXED_GROUPS = re.compile(r"(?:10|11|12)|[34],(?:7|8|3,4|4,4|7,\d{1,5}|8,\d{1,5}|4,4,\d{1,5})")
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}[ \n]{0,2}@[ \n]{0,2}[A-Za-z0-9-]{1,63}"
    r"(?: ?\. ?[A-Za-z0-9-]{1,63}){0,5}(?: ?\. ?[A-Za-z]{2,18})(?![A-Za-z0-9])"
)
_SPREAD = r"(?:[ \n\-]{0,2}\d)"
_PAPERS = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?P<passport>[EGDSPK]{_SPREAD}{{8}}|(?:E[A-HJ-NP-Z]|[DSP]E){_SPREAD}{{7}})"
    rf"|(?P<permit>[HM]{_SPREAD}{{10}}|[HMCTL]{_SPREAD}{{8}}|C[A-Z]{_SPREAD}{{7}})"
    rf"|(?P<residence>[A-Z]{{3}}{_SPREAD}{{12}}))(?![A-Za-z0-9])"
)
_NAMED_PAPER = re.compile(
    r"(?P<word>护照|通行证|台胞证|回乡证)[^A-Za-z0-9]{0,10}(?P<number>[A-Z]{0,2}\d{7,10})(?![A-Za-z0-9])"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使][A-HJ-NP-Za-hj-np-z][·.\-]?"
    r"(?=[A-Za-z]{0,5}\d)(?:[A-HJ-NP-Za-hj-np-z0-9]{4}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳领试超]|[DFdf]\d{5}|[DFdf][A-Za-z]\d{4}|\d{5}[DFdf])"
    r"(?![A-Za-z0-9])"
)
_TELLS = {
    Kind.IDENTITY_NUMBER: re.compile(r"身份证|身份号码|证件号|公民身份|居住证|[Ii][Dd]\b"),
    Kind.MOBILE: re.compile(r"电话|手机|联系|号码|微信|传真|致电|拨打|[Tt][Ee][Ll]|[Mm]obile|[Pp]hone"),
    Kind.BANK_CARD: re.compile(r"卡号|银行|账号|帐号|账户|帐户|开户"),
    Kind.PASSPORT: re.compile(r"护照|[Pp]assport"),
    Kind.TRAVEL_PERMIT: re.compile(r"通行证|回乡证|台胞证|证件"),
    Kind.RESIDENCE_PERMIT: re.compile(r"永久居留|居留"),
}
_SOMETHING_ELSE = re.compile(
    r"(?:编号|档号|案号|单号|流水号|流水|订单|发票号?码?|合同号|文号|序号|索引号|备案号|许可证号|凭证号)[^\d]{0,4}$"
)
_AMOUNT_BEFORE = re.compile(r"[¥￥$€]\s?$|(?:金额|人民币|总额|合计|共计)[^\d\n]{0,4}$")
_AMOUNT_AFTER = re.compile(r"\s?(?:元|万|亿|%|平方|㎡|m2|吨|千瓦|公里|人次|件)|\.\d|,\d")


@dataclass(frozen=True)
class Span:
    """One piece of personal data: its place in the text, its kind, its value in one spelling, how sure it is."""

    start: int
    end: int
    kind: Kind
    value: str
    severity: Severity


def find(text: str, *, allowed: Collection[str] = ()) -> list[Span]:
    """Every piece of personal data in a text, in its order; what the house publishes itself is passed in as allowed."""
    whole = normal(text)
    found = [*_numbers(whole), *_papers(whole), *_emails(whole)]
    close = tight(whole)
    found += [_placed(close, start, end, kind, sure) for start, end, kind, sure in places.addresses(close.text)]
    found += [_placed(close, *match.span(), Kind.PLATE, True) for match in _PLATE.finditer(close.text)]
    known = {comparable(word) for word in allowed} - {""}
    return _apart([span for span in found if not _is_allowed(span, known)])


def comparable(value: str) -> str:
    """A value without all that may differ from writer to writer."""
    plain = "".join(char for char in normal(value).text.lower() if char.isalnum() or char == "@")
    return re.sub(r"^(?:00)?86(?=1\d{10}$)", "", plain)


def _is_allowed(span: Span, known: set[str]) -> bool:
    value = comparable(span.value)
    if value in known:
        return True
    if span.kind is Kind.ADDRESS:
        return any(len(word) > 5 and value.endswith(word) for word in known)  # digits: a street, a number
    return span.kind is Kind.FIXED_PHONE and any(_same_line(value, word) for word in known)


def _same_line(value: str, word: str) -> bool:
    """Whether two fixed numbers are one, with or without their area code."""
    return min(len(value), len(word)) >= 7 and (value.endswith(word) or word.endswith(value))


def _apart(found: list[Span]) -> list[Span]:
    """One finding for each place: the longer, then the surer one."""
    kept: list[Span] = []
    for span in sorted(found, key=lambda one: (one.start, -one.end, one.severity is not Severity.BLOCK)):
        if kept and span.start < kept[-1].end:
            longer = span.end - span.start > kept[-1].end - kept[-1].start
            if longer and kept[-1].kind is not Kind.IDENTITY_NUMBER:
                kept[-1] = span
        else:
            kept.append(span)
    return kept


def _placed(where: Normal, start: int, end: int, kind: Kind, sure: bool) -> Span:
    first, last = where.place(start, end)
    return Span(first, last, kind, where.text[start:end], Severity.BLOCK if sure else Severity.WARN)


def _numbers(whole: Normal) -> Iterator[Span]:
    for run in _RUN.finditer(whole.text):
        if run.end() - run.start() < 7:
            continue
        groups = [(run.start() + part.start(), run.start() + part.end()) for part in _GROUP.finditer(run[0])]
        first = 0
        while first < len(groups):
            best = _longest(whole, groups, first)
            if best is not None:
                span, after = best
                yield span
                first = after
            else:
                first += 1


def _longest(whole: Normal, groups: list[tuple[int, int]], first: int) -> tuple[Span, int] | None:
    """The longest number that begins with this group of digits, and the group after it."""
    digits, best = "", None
    for last in range(first, len(groups)):
        start, end = groups[last]
        digits += whole.text[start:end] if end - start <= _MOST_DIGITS else "0" * (_MOST_DIGITS + 1)
        if len(digits) > _MOST_DIGITS:
            break
        if len(digits) < 7:
            continue
        lengths = tuple(end - start for start, end in groups[first : last + 1])
        span = _number(whole, groups[first][0], end, digits, lengths)
        if span is not None:
            best = (span, last + 1)
    return best


def _number(whole: Normal, start: int, end: int, digits: str, lengths: tuple[int, ...]) -> Span | None:
    between = _GROUP.sub("", whole.text[start:end])
    if between.count("\n") > 1 and len(lengths) < 11:
        return None
    broken = "\n" in between
    before = whole.text[max(0, start - _NEAR) : start]
    if len(digits) == 17 and (last := _LAST_X.match(whole.text, end)):
        digits, end = f"{digits}X", last.end()
    for kind, sure in _readings(digits, lengths, between, before, whole.text[end : end + 4]):
        doubtful = broken and kind is not Kind.IDENTITY_NUMBER and not _told(kind, before)
        return _placed(whole, start, end, kind, sure and not doubtful)
    return None


def _readings(
    digits: str, lengths: tuple[int, ...], between: str, before: str, after: str
) -> Iterator[tuple[Kind, bool]]:
    """What a row of digits may be, the likeliest first, and whether that is sure."""
    if numbers.is_identity_number(digits):
        yield Kind.IDENTITY_NUMBER, True
    if numbers.looks_like_identity_number(digits) and _told(Kind.IDENTITY_NUMBER, before):
        yield Kind.IDENTITY_NUMBER, False
    if not digits.isdigit() or _AMOUNT_BEFORE.search(before) or _AMOUNT_AFTER.match(after):
        return
    other = bool(_SOMETHING_ELSE.search(before))
    if numbers.is_former_identity_number(digits) and "." not in between:
        told = _told(Kind.IDENTITY_NUMBER, before)
        if told or len(lengths) == 1:
            yield Kind.FORMER_IDENTITY_NUMBER, told
    if numbers.is_bank_card(digits) and _is_card_grouping(lengths, between, before):
        yield Kind.BANK_CARD, not other and (numbers.is_union_card(digits) or _told(Kind.BANK_CARD, before))
    yield from _phones(digits, lengths, between, before, other)


def _is_card_grouping(lengths: tuple[int, ...], between: str, before: str) -> bool:
    usual = len(lengths) == 1 or all(length == 4 for length in lengths[:-1]) or lengths[0] == 6
    return (usual and "." not in between) or "\n" in between or _told(Kind.BANK_CARD, before)


def _phones(
    digits: str, lengths: tuple[int, ...], between: str, before: str, other: bool
) -> Iterator[tuple[Kind, bool]]:
    told = _told(Kind.MOBILE, before)
    plain = _COUNTRY.sub("", digits)
    if _MOBILE.fullmatch(plain):
        own = lengths if len(plain) == len(digits) else _without_country(lengths, len(digits) - len(plain))
        if told or own in _USUAL or ("\n" in between and len(own) == 2):
            yield Kind.MOBILE, not other
    if other or "." in between:
        return
    grouped = ",".join(str(length) for length in lengths)
    with_area = digits[0] == "0" and _FIXED_GROUPS.fullmatch(grouped) and _FIXED.match(digits)
    if with_area or (told and not between.strip(" -)") and _is_local(digits, lengths)):
        yield Kind.FIXED_PHONE, False


def _without_country(lengths: tuple[int, ...], size: int) -> tuple[int, ...]:
    """The groups after a country code, whether it stood alone or with the first of them."""
    return lengths[1:] if lengths[0] == size else (lengths[0] - size, *lengths[1:])


def _is_local(digits: str, lengths: tuple[int, ...]) -> bool:
    return len(digits) in {7, 8} and digits[0] in "2345678" and lengths in {(7,), (8,), (4, 4), (3, 4)}


def _told(kind: Kind, before: str) -> bool:
    """Whether the words before a number say what it is."""
    return bool(_TELLS[kind].search(before))


def _papers(whole: Normal) -> Iterator[Span]:
    groups = {"passport": Kind.PASSPORT, "permit": Kind.TRAVEL_PERMIT, "residence": Kind.RESIDENCE_PERMIT}
    for match in _PAPERS.finditer(whole.text):
        kind = groups[match.lastgroup or ""]
        told = _told(kind, whole.text[max(0, match.start() - _NEAR) : match.start()])
        compact = not re.search(r"[ \n\-]", match[0])
        if told or (compact and (kind is not Kind.TRAVEL_PERMIT or len(match[0]) == 11)):
            yield _placed(whole, *match.span(), kind, told)
    for match in _NAMED_PAPER.finditer(whole.text):
        kind = Kind.PASSPORT if match["word"] == "护照" else Kind.TRAVEL_PERMIT
        yield _placed(whole, *match.span("number"), kind, True)


def _emails(whole: Normal) -> Iterator[Span]:
    for match in _EMAIL.finditer(whole.text):
        span = _placed(whole, *match.span(), Kind.EMAIL, True)
        address = re.sub(r"\s", "", match[0])
        official = address.lower().endswith(".gov.cn")
        yield replace(span, value=address, severity=Severity.WARN if official else Severity.BLOCK)
