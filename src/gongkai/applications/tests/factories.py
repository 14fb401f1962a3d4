"""Sample applications, made the way they are made in the program: through the services."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from gongkai.accounts.enums import Role
from gongkai.accounts.models import User
from gongkai.accounts.rules import Held, Standing
from gongkai.applications import selectors, services
from gongkai.applications.enums import Delivery, Form, Identity, Review, Way
from gongkai.applications.models import Application, Consultation, Rectification
from gongkai.applications.rules import reply
from gongkai.applications.rules.serving import BEGINS
from gongkai.applications.services import Draft, Receipt
from gongkai.applications.services.rectifying import Request
from gongkai.deadlines.enums import Channel
from gongkai.organisations.enums import ApplicantKind
from gongkai.organisations.tests import factories as directory

ORGAN = "civil-affairs"
_numbers = itertools.count(1)
DRAFT = Draft(
    organ=ORGAN,
    applicant_kind=ApplicantKind.NATURAL_PERSON,
    applicant_name="示例申请人甲",
    identity_kind=Identity.IDENTITY_CARD,
    identity_number="11010519491231002X",
    phone="13800000000",
    description="2024年居家养老补贴发放标准",
    form=Form.ELECTRONIC,
    delivery=Delivery.ONLINE,
    email="sample@example.com",
    address="上海市虹口区示例路1号",
)


def organs() -> None:
    """The directory, as the demo has it."""
    directory.hongkou()


def person(name: str = "示例承办人") -> User:
    """A user without duties."""
    return User.objects.create(username=f"sample-{next(_numbers)}", name=name)


def holding(user: User, *roles: Role, organ: str = ORGAN) -> Standing:
    """What the person holds for one organ."""
    return Standing(user.pk, user.name, frozenset(Held(role, organ) for role in roles))


def submitted(*, channel: Channel = Channel.INTERNET, at: datetime | None = None, **changes: Any) -> Receipt:
    """An application that came in on 12 September 2025, a Friday."""
    moment = at or datetime(2025, 9, 12, 12, 16, tzinfo=UTC)
    return services.submit(
        draft=replace(DRAFT, **changes), key=f"sample-submission-{next(_numbers)}", channel=channel, at=moment
    )


def registered(by: Standing, *, day: date = date(2025, 9, 15), **changes: Any) -> Application:
    """One that was confirmed and registered on Monday 15 September 2025."""
    application = submitted(**changes).application
    return services.register(
        pk=application.pk, by=by, version=0, key=f"register-{application.pk}-sample", day=day, today=day
    )


def again(row: Application, count: int) -> list[Application]:
    """The same case so many times more, each with a number and a key of its own: rows for long lists, without their steps."""
    columns = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"}
    year, _dash, _serial = row.number.partition("-")
    rows = [
        Application(**{**columns, "number": f"{year}-9{n:05}", "key": f"again-{n}", "code_digest": f"again-{n}"})
        for n in (next(_numbers) for _each in range(count))
    ]
    return Application.objects.bulk_create(rows, batch_size=500)


def decided(by: Standing, *, kind: str = "provided", today: date = date(2025, 9, 25), **changes: Any) -> Application:
    """One for which a reply has been proposed."""
    application = registered(by, **changes)
    contents = {field.name: written(field) for field in reply.kinds()[kind].fields}
    return services.decide(
        pk=application.pk,
        by=by,
        version=application.version,
        key=f"decide-{application.pk}-sample",
        kind=kind,
        contents=contents,
        user_id=by.user_id,
        today=today,
    )


def written(field: reply.Field) -> str:
    """What an officer might write in a field of a reply."""
    return f"示例{field.label}{'（条例第十五条）' if field.cites else ''}"


def asked_organ(by: Standing, *, organ: str, today: date = date(2025, 9, 16)) -> Consultation:
    """Another organ asked on 16 September 2025 for its opinion on a case of the organ of `by`."""
    (own,) = by.organs
    row = registered(by, organ=own)
    services.ask_co_producer(
        pk=row.pk,
        by=by,
        version=row.version,
        key=f"ask-organ-{row.pk}-sample",
        today=today,
        organ=organ,
        question="示例纪要是否可以公开",
    )
    return Consultation.objects.get(application=row)


def reviewed(row: Application, *, today: date = date(2025, 9, 26)) -> Application:
    """The same with every review passed that it needs, each by a reviewer of the organ."""
    for review in selectors.reviews_missing(row, today):
        role = {Review.SECRECY: Role.SECRECY_REVIEWER, Review.LEGAL: Role.LEGAL_REVIEWER}[review]
        by = holding(person(f"示例{role.label}"), role)
        row = services.pass_review(
            pk=row.pk,
            by=by,
            version=row.version,
            key=f"review-{row.pk}-{review.value}-{row.version}",
            review=review,
            user_id=by.user_id,
            opinion="",
            today=today,
        )
    return row


def signed(officer: Standing, chief: Standing, *, on: date = date(2025, 9, 29), **changes: Any) -> Application:
    """One whose reply was signed."""
    row = reviewed(decided(officer, **changes))
    return services.sign(
        pk=row.pk, by=chief, version=row.version, key=f"sign-{row.pk}-sample", user_id=chief.user_id, today=on
    )


def sealed(officer: Standing, chief: Standing, *, on: date = date(2025, 9, 29), **changes: Any) -> Application:
    """One whose reply was signed and sealed."""
    row = signed(officer, chief, on=on, **changes)
    return services.seal(pk=row.pk, by=officer, version=row.version, key=f"seal-{row.pk}-sample", today=on)


def closed(officer: Standing, chief: Standing, *, sent_on: date = date(2025, 9, 29), **changes: Any) -> Application:
    """One whose reply was signed and sent."""
    row = sealed(officer, chief, on=sent_on, **changes)
    return services.deliver(
        pk=row.pk,
        by=officer,
        version=row.version,
        key=f"deliver-{row.pk}-sample",
        sent_on=sent_on,
        proof="网上送达",
        today=sent_on,
    )


def served(row: Application, by: Standing, *, on: date, **words: Any) -> Application:
    """The same with its last letter that begins a term signed for on a day."""
    row.refresh_from_db()
    given: dict[str, Any] = {"way": Way.POST, "proof": "挂号信 示例0001", "note": "", "today": on, **words}
    letter = row.letters.filter(kind__in=BEGINS).latest("pk")
    return services.serve(
        pk=row.pk,
        by=by,
        version=row.version,
        key=f"serve-{row.pk}-{row.version}-sample",
        letter=letter.pk,
        on=on,
        **given,
    )


def rectification(*, organ: str = ORGAN, today: date = date(2025, 9, 15)) -> Rectification:
    """A request to put a record right, received on 15 September 2025."""
    request = Request(
        organ=organ,
        name="示例申请人甲",
        identity_kind=Identity.IDENTITY_CARD,
        identity_number="11010519491231002X",
        phone="13800000000",
        record="示例公示名单",
        wrong="姓名写错",
        email="sample@example.com",
    )
    return services.ask_rectification(request=request, key=f"sample-rectification-{next(_numbers)}", today=today)[0]
