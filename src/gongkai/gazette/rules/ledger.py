"""台账: printed copies are somewhere: sent out, or left. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.gazette.enums import Movement


@dataclass(frozen=True)
class Line:
    """One movement of copies; `point` is empty for what is printed."""

    kind: str
    count: int
    point: str = ""


@dataclass(frozen=True)
class AtPoint:
    """What a distribution point received, gave out and still holds."""

    point: str
    received: int
    given: int

    @property
    def held(self) -> int:
        return self.received - self.given


@dataclass(frozen=True)
class Balance:
    """What was printed is what was sent and what is left."""

    printed: int
    sent: int
    points: tuple[AtPoint, ...]

    @property
    def left(self) -> int:
        return self.printed - self.sent

    @property
    def given(self) -> int:
        return sum(point.given for point in self.points)


def balance(lines: Iterable[Line]) -> Balance:
    """The state after all movements."""
    printed = 0
    received: dict[str, int] = defaultdict(int)
    given: dict[str, int] = defaultdict(int)
    for line in lines:
        if line.kind == Movement.PRINTED:
            printed += line.count
        elif line.kind == Movement.GIVEN:
            given[line.point] += line.count
        else:
            received[line.point] += line.count if line.kind == Movement.SENT else -line.count
    points = tuple(AtPoint(point, received[point], given[point]) for point in sorted({*received, *given}))
    return Balance(printed, sum(received.values()), points)


def fault(before: Iterable[Line], line: Line) -> str:
    """Why a movement cannot be, in a sentence; empty when it can."""
    if line.count <= 0:
        return "册数应当大于 0。请填写实际册数。"
    if line.kind == Movement.PRINTED:
        return "" if not line.point else "印入不针对发放点。请把发放点留空。"
    if not line.point:
        return "没有选择发放点。请选择是哪一个发放点。"
    after = balance([*before, line])
    if after.left < 0:
        return f"库存只剩 {after.left + line.count} 册，发不出 {line.count} 册。请先登记印入，或者改小册数。"
    short = next((point for point in after.points if point.held < 0 or point.received < 0), None)
    if short is not None:
        return f"这个发放点只有 {short.held + line.count} 册。请核对册数。"
    return ""
