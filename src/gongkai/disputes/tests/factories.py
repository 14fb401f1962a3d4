"""Sample disputes, made the way they are made in the program: through the services."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

from gongkai.accounts.enums import Role
from gongkai.applications.tests import factories as applications
from gongkai.applications.tests.factories import ORGAN, holding, person
from gongkai.disputes import services
from gongkai.disputes.enums import Cause, Kind, Procedure
from gongkai.disputes.models import Dispute

DAY = date(2025, 10, 9)
TODAY = date(2025, 12, 31)
_numbers = itertools.count(1)


def officer(organ: str = ORGAN) -> Any:
    """Somebody who handles cases of an organ."""
    return holding(person(), Role.OFFICER, organ=organ)


def case(organ: str = ORGAN, *, sent_on: date = date(2025, 9, 29)) -> Any:
    """A case whose reply was sent."""
    chief = holding(person(), Role.SECTION_CHIEF, organ=organ)
    return applications.closed(officer(organ), chief, sent_on=sent_on, organ=organ)


def opened(
    *, organ: str = ORGAN, application: Any = None, kind: Kind = Kind.RECONSIDERATION, **changes: Any
) -> Dispute:
    """A dispute about a case that was answered."""
    by = officer(organ)
    facts = {
        "authority": "上海市虹口区人民政府",
        "cause": Cause.WITHHELD,
        "filed_on": DAY,
        "today": TODAY,
        "claim": "请求撤销答复",
    }
    return services.open_dispute(
        application=application or case(organ),
        by=by,
        user_id=by.user_id,
        key=f"sample-dispute-{next(_numbers):06}",
        kind=kind,
        **{**facts, **changes},
    )


def do(name: str, row: Dispute, by: Any = None, **words: Any) -> Dispute:
    """Do an act on a dispute as it stands."""
    row.refresh_from_db()
    doer = by or officer(row.application.organ.code)
    service = getattr(services, name)
    found: Dispute = service(
        pk=row.pk, by=doer, version=row.version, key=f"{name}-{row.pk}-{row.version}-sample", **words
    )
    return found


def accepted(row: Dispute, **changes: Any) -> Dispute:
    """The same, accepted on 13 October 2025, the copy in hand on the 14th."""
    facts = {"accepted_on": date(2025, 10, 13), "copy_on": date(2025, 10, 14), "number": "沪虹府复〔2025〕示例1号"}
    facts |= {"procedure": Procedure.SIMPLE, "representative": "示例代理人", "today": TODAY}
    return do("accept", row, **{**facts, **changes})
