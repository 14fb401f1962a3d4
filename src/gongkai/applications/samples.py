"""Sample applications for the demo: made through the services, true to the form, of nobody real."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.deadlines import selectors as deadlines
from gongkai.deadlines.rules import shift
from gongkai.organisations.enums import ApplicantKind

from . import selectors, services
from .enums import Delivery, Form, Identity, Review
from .models import Application
from .rules import reply
from .services import Draft

SHANGHAI = ZoneInfo("Asia/Shanghai")
REVIEWERS = {Review.SECRECY: Role.SECRECY_REVIEWER, Review.LEGAL: Role.LEGAL_REVIEWER}
ORGANS = ("district-office", "development-reform", "ouyang-road")
# (working days before today, applicant, what is wanted, how far it goes, kind of reply)
CASES = (
    (1, ApplicantKind.NATURAL_PERSON, "本机关2025年度公务用车运行维护费支出明细", "submitted", ""),
    (3, ApplicantKind.NATURAL_PERSON, "2024年既有多层住宅加装电梯补贴发放明细", "registered", ""),
    (12, ApplicantKind.COMMERCIAL_ENTERPRISE, "2023年以来区级产业扶持资金申报指南和评审标准", "registered", ""),
    (18, ApplicantKind.NATURAL_PERSON, "某街坊旧区改造房屋征收补偿方案及附图", "registered", ""),
    (
        9,
        ApplicantKind.LEGAL_SERVICE_ORGANISATION,
        "2024年行政规范性文件合法性审核意见书",
        "decided",
        "process_information",
    ),
    (15, ApplicantKind.RESEARCH_INSTITUTION, "2020年至2024年政务公开工作培训的课程和课时", "closed", "provided"),
    (16, ApplicantKind.NATURAL_PERSON, "区政府常务会议列席代表的遴选办法", "closed", "already_public"),
    (17, ApplicantKind.NATURAL_PERSON, "本人投诉邻居违法搭建的处理结果，请责令拆除", "closed", "petition_in_form"),
    (17, ApplicantKind.COMMERCIAL_ENTERPRISE, "某商务楼消防验收的全部内部请示和批示", "closed", "partial"),
    (19, ApplicantKind.NATURAL_PERSON, "1998年示例路地块的原始红线图", "closed", "non_existent"),
)


def load(*, today: date) -> int:
    """Put the sample cases there, once; how many were new. Needs the demo's people."""
    count = 0
    for organ in ORGANS:
        people = dict(_people(organ, today))
        for number, (back, kind, wanted, far, answer) in enumerate(CASES):
            key = f"sample-{organ}-{number:02}-0000"
            if Application.objects.filter(key=key).exists() or len(people) < 4:
                continue
            _case(organ, key, shift(today, -back, deadlines.calendar()), (kind, wanted, far, answer), people)
            count += 1
    return count


def _people(organ: str, today: date) -> Iterator[tuple[Role, Standing]]:
    for role in (Role.OFFICER, Role.SECTION_CHIEF, *REVIEWERS.values()):
        for user in accounts.holders(role, organ, today)[:1]:
            yield role, accounts.standing(user, today)


def _case(
    organ: str, key: str, day: date, case: tuple[ApplicantKind, str, str, str], people: dict[Role, Standing]
) -> None:
    kind, wanted, far, answer = case
    officer, chief = people[Role.OFFICER], people[Role.SECTION_CHIEF]
    row = services.submit(draft=_draft(organ, kind, wanted), key=key, at=_noon(day)).application
    if far == "submitted":
        return
    row = services.register(
        pk=row.pk, by=officer, version=0, key=f"{key}-register", day=day, today=day, handler_id=officer.user_id
    )
    if far == "registered":
        return
    later = shift(day, 6, deadlines.calendar())
    contents = {
        field.name: f"（示例）{field.label}{'：条例第十六条' if field.cites else ''}"
        for field in reply.kinds()[answer].fields
    }
    row = services.decide(
        pk=row.pk,
        by=officer,
        version=row.version,
        key=f"{key}-decide",
        kind=answer,
        contents=contents,
        user_id=officer.user_id,
        today=later,
    )
    if far == "closed":
        row = _reviewed(row, key, later, people)
        _close(row, key, shift(day, 8, deadlines.calendar()), officer=officer, chief=chief)


def _close(row: Application, key: str, day: date, *, officer: Standing, chief: Standing) -> None:
    row = services.sign(pk=row.pk, by=chief, version=row.version, key=f"{key}-sign", user_id=chief.user_id, today=day)
    row = services.seal(pk=row.pk, by=officer, version=row.version, key=f"{key}-seal", today=day)
    services.deliver(
        pk=row.pk,
        by=officer,
        version=row.version,
        key=f"{key}-deliver",
        sent_on=day,
        proof="网上送达（示例）",
        today=day,
    )


def _draft(organ: str, kind: ApplicantKind, wanted: str) -> Draft:
    person = kind is ApplicantKind.NATURAL_PERSON
    return Draft(
        organ=organ,
        applicant_kind=kind,
        applicant_name="示例申请人" if person else "示例单位",
        identity_kind=Identity.OTHER,
        identity_number="SAMPLE-000000",
        phone="13800000000",
        description=wanted,
        form=Form.ELECTRONIC,
        delivery=Delivery.ONLINE,
    )


def _reviewed(row: Application, key: str, day: date, people: dict[Role, Standing]) -> Application:
    for review in selectors.reviews_missing(row, day):
        by = people[REVIEWERS[review]]
        common: dict[str, Any] = {"pk": row.pk, "by": by, "version": row.version, "key": f"{key}-{review.value}"}
        row = services.pass_review(**common, review=review, user_id=by.user_id, opinion="", today=day)
    return row


def _noon(day: date) -> datetime:
    return datetime.combine(day - timedelta(days=1), time(12), SHANGHAI)
