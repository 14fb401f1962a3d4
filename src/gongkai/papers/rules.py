"""What an official paper is, and how its parts are written. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LINE_WIDTH = 440  # points: 156 mm
MARK_LEAST, MARK_MOST = 22, 32


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; `level` 1 to 3 makes it a heading of that depth, 0 is running text."""

    text: str
    level: int = 0


@dataclass(frozen=True)
class Check:
    """核验：where anybody can find out whether the paper is genuine, and the code that names it there."""

    address: str  # of this paper's own page, as the square code holds it
    page: str  # where the code is typed in
    code: str  # as it is read out, in groups


@dataclass(frozen=True)
class Spot:
    """Where on a PDF's page the organ's name and the day stand, in points from the lower left corner."""

    page: int  # counted from nought
    left: float
    right: float
    top: float
    bottom: float

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the block."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Row:
    """One row of a slip: what is asked, what stands there already, how many lines are left for a hand."""

    label: str
    text: str = ""
    lines: int = 1


@dataclass(frozen=True)
class Slip:
    """回执: a page of its own behind the paper, filled in by hand and sent back."""

    title: str
    rows: tuple[Row, ...]
    body: tuple[str, ...] = ()  # below the rows: where to send it


@dataclass(frozen=True)
class Paper:
    """公文 in the letter form (信函格式): who writes, its number, title, to whom, the text, the day."""

    organ: str
    number: str
    title: str
    addressee: str
    body: tuple[Paragraph, ...]
    signed_on: date
    attachments: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # 附注, in brackets below the day
    slip: Slip | None = None
    check: Check | None = None  # below the last page's text, in the PDF only: the Word file bears no seal

    @property
    def day(self) -> str:
        """成文日期 in Arabic figures, months and days without noughts before them (GB/T 9704-2012, 7.3.5.4)."""
        return f"{self.signed_on.year}年{self.signed_on.month}月{self.signed_on.day}日"

    @property
    def mark_size(self) -> int:
        """Points of 发文机关标志: as large as fits the name on one line of 156 mm, between 22 and 32."""
        return max(MARK_LEAST, min(MARK_MOST, LINE_WIDTH // max(1, len(self.organ))))

    @property
    def attachment_lines(self) -> tuple[str, ...]:
        """附件说明: one attachment has no number, several are counted."""
        if len(self.attachments) < 2:
            return tuple(f"附件：{name}" for name in self.attachments)
        first, *others = (f"{place}. {name}" for place, name in enumerate(self.attachments, 1))
        return (f"附件：{first}", *(f"　　　{line}" for line in others))


def document_number(word: str, year: int, serial: int) -> str:
    """发文字号: the organ's word, the year in hexagonal brackets, the serial without noughts before it."""
    return f"{word}〔{year}〕{serial}号"


def clean(text: str) -> str:
    """A text without the control characters that neither Word nor PDF can hold."""
    return "".join(sign for sign in text if sign in "\t\n" or sign.isprintable() or sign == "\u3000")
