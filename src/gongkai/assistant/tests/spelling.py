"""Cases full of personal data, made by chance, each datum written the many ways in which people write."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from hypothesis import strategies as st

from gongkai.assistant.rules import masking
from gongkai.assistant.rules.asking import Case, messages
from gongkai.screening.rules.numbers import check_digit

_USED = set("".join(message["content"] for message in messages(Case("", "", ""), date(2025, 9, 15))))
_USED |= set("我叫的关于请公开") | set(masking._GENERIC.pattern)  # nobody is called 电话
# Signs that neither the question's own words nor this test's sentences use: found in the request, they came from the case.
SIGNS = [sign for sign in map(chr, range(0x4E00, 0x9FA0)) if sign not in _USED]
WAYS = {
    "plain": lambda text: text,
    "wide": lambda text: "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text),
    "spread": " ".join,
    "dashed": lambda text: "-".join(text[place : place + 4] for place in range(0, len(text), 4)),
    "unseen": "\u200b".join,
    "broken": lambda text: f"{text[: len(text) // 2]}\n{text[len(text) // 2 :]}",
    "lower": str.lower,
    "upper": str.upper,
}


STRANGE = ["", "我叫", "关于", "，", "\n", "“", "{", '"', "\\", "【", "0"]


def bare(text: str) -> str:
    """Letters and figures alone, in one width and case: said anew here, so that the check is not the masking's own."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum() or sign == "@")


def hanzi(chance: Random, least: int, most: int) -> str:
    return "".join(chance.choices(SIGNS, k=chance.randint(least, most)))


def identity_number(chance: Random) -> str:
    day = date.fromordinal(chance.randint(date(1930, 1, 1).toordinal(), date(2006, 12, 31).toordinal()))
    place = chance.choice(["310109", "110105", "440305", "510107"])
    digits = f"{place}{day:%Y%m%d}{chance.randint(0, 999):03}"
    return digits + check_digit(digits + "0")


def phone(chance: Random) -> str:
    return f"138{chance.randint(0, 99999999):08}"


def mail(chance: Random) -> str:
    letters = "".join(chance.choices("abcdefghijkmnpqrstuvwxyz", k=chance.randint(9, 16)))
    return f"{letters[:5]}{chance.randint(10, 99)}@{letters[5:]}.{chance.choice(['com', 'cn'])}"


def address(chance: Random) -> str:
    return f"上海市虹口区{hanzi(chance, 2, 4)}路{chance.randint(1, 999)}弄{chance.randint(1, 99)}号"


@dataclass(frozen=True)
class Fuzzed:
    """Who is in a case, and what the applicant wrote; `hidden` must not leave."""

    name: str
    identity: str
    phone: str
    email: str
    address: str
    party: str
    party_name: str
    party_phone: str
    stranger: str
    text: str = ""

    @property
    def hidden(self) -> list[str]:
        return [
            *(self.name, self.identity, self.phone, self.email, self.address, self.party),
            *(self.party_name, self.party_phone, self.stranger),
        ]

    @property
    def contact(self) -> str:
        return f"联系人：{self.party_name}，电话{self.party_phone}"


def made(seed: int) -> Fuzzed:
    """A case whose text says who is in it, several times, in any spelling, with anything between."""
    chance = Random(seed)
    case = Fuzzed(
        name=chance.choice([hanzi(chance, 2, 4), f"{hanzi(chance, 4, 12)}有限公司"]),
        identity=identity_number(chance),
        phone=phone(chance),
        email=mail(chance),
        address=address(chance),
        party=hanzi(chance, 3, 10),
        party_name=hanzi(chance, 2, 4),
        party_phone=phone(chance),
        stranger=chance.choice([phone, identity_number, mail])(chance),
    )
    # A stranger's number is known to nobody: it is told as people tell numbers.
    told = [f"联系电话：{case.stranger}。" if case.stranger[0] in "0123456789" else f"（{case.stranger}）"]
    known = chance.choices(case.hidden[:-1], k=chance.randint(3, 10))
    told += [chance.choice(STRANGE) + WAYS[chance.choice(sorted(WAYS))](datum) for datum in known]
    chance.shuffle(told)
    return replace(case, text="请公开".join(told))


def fuzzed() -> st.SearchStrategy[Fuzzed]:
    """Cases by their seed, with any words behind."""
    end = st.text(max_size=20)
    return st.builds(lambda seed, words: replace(made(seed), text=made(seed).text + words), st.integers(0), end)
