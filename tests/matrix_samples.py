"""A thing for every address that names one, made for a person and an organ: what the matrix test opens.

Whoever adds an address with arguments adds its line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from gongkai.accounts.enums import Role
from gongkai.accounts.models import Absence, User
from gongkai.accounts.rules.standing import person
from gongkai.accounts.tests.factories import a_duty, a_person, an_organ
from gongkai.applications.models import Disposal, Letter
from gongkai.applications.tests import factories as applications
from gongkai.catalogue.tests import factories as catalogue
from gongkai.channels.tests.factories import a_receiver
from gongkai.clients.enums import Scope
from gongkai.clients.tests.factories import a_client
from gongkai.deadlines import services as deadlines
from gongkai.deadlines.tests.factories import OFFICER, a_notice
from gongkai.disputes.tests import factories as disputes
from gongkai.files import services as files
from gongkai.files.models import File
from gongkai.files.selectors import DRAFT
from gongkai.files.tests import honest
from gongkai.gazette.tests.factories import a_matrix_issue
from gongkai.promotions.models import Compilation, Promotion
from gongkai.reports.codec import to_data
from gongkai.reports.models import Filing, SourceText
from gongkai.reports.services import publish_reading
from gongkai.reports.tests.factories import reading
from gongkai.seals.enums import SignerKind
from gongkai.seals.models import SealedPaper
from gongkai.seals.services import new_code
from gongkai.standards.tests import factories as standards

Arguments = Mapping[str, object]


@dataclass(frozen=True)
class Sample:
    """How to make the thing: `make(owner, organ)` returns the address's arguments.

    `scoped`: a thing of another organ (or of another person) is not there for those who open it. `post`: what is sent
    when the address is written to. `also`: statuses that are right for one's own thing beside the usual ones, with
    the reason in a comment.
    """

    make: Callable[[User, str], Arguments]
    scoped: bool = True
    post: Mapping[str, str] = field(default_factory=dict)
    also: frozenset[int] = frozenset()


def _gazette(owner: User, organ: str) -> Arguments:
    found = a_matrix_issue()
    return {"year": found.year, "number": found.number}


def _public(**arguments: object) -> Sample:
    return Sample(lambda owner, organ: arguments, scoped=False)


def _batch(owner: User, organ: str) -> Arguments:
    return {"pk": catalogue.a_batch(by=owner, organ=organ).pk}


def _receiver(owner: User, organ: str) -> Arguments:
    return {"pk": a_receiver(organ=organ)[0].pk}


def _somebody(organ: str) -> User:
    somebody = a_person(organ=an_organ(organ))
    a_duty(somebody, Role.OFFICER, organ)
    return somebody


def _person(owner: User, organ: str) -> Arguments:
    return {"pk": _somebody(organ).pk}


def _duty(owner: User, organ: str) -> Arguments:
    somebody = _somebody(organ)
    return {"pk": somebody.pk, "duty_id": somebody.duties.get().pk}


def _absence_of(away: User, organ: str) -> Absence:
    today = timezone.localdate()
    deputy = _somebody(organ)
    return Absence.objects.create(user=away, deputy=deputy, first_day=today, last_day=today + timedelta(days=1))


def _absence(owner: User, organ: str) -> Arguments:
    away = _somebody(organ)
    return {"pk": away.pk, "absence_id": _absence_of(away, organ).pk}


def _own_absence(owner: User, organ: str) -> Arguments:
    return {"absence_id": _absence_of(owner, organ).pk}


def _rectification(owner: User, organ: str) -> Arguments:
    _somebody(organ)
    return {"number": applications.rectification(organ=organ).number}


def _opinion(owner: User, organ: str) -> Arguments:
    asking = "health" if organ != "health" else "civil-affairs"
    by = applications.holding(_somebody(asking), Role.OFFICER, organ=asking)
    return {"pk": applications.asked_organ(by, organ=organ).pk}


def _case(owner: User, organ: str) -> Arguments:
    by = applications.holding(_somebody(organ), Role.OFFICER, organ=organ)
    return {"number": applications.decided(by, organ=organ).number}


def _dispute(owner: User, organ: str) -> Arguments:
    by = applications.holding(_somebody(organ), Role.OFFICER, organ=organ)
    return {"pk": disputes.opened(organ=organ, application=applications.decided(by, organ=organ)).pk}


def _item(owner: User, organ: str) -> Arguments:
    return {"slug": catalogue.published(organ=organ).slug}


def _draft_item(owner: User, organ: str) -> Arguments:
    return {"pk": catalogue.a_draft(organ=organ).pk}


def _item_attachment(owner: User, organ: str) -> Arguments:
    made = catalogue.published(organ=organ)
    return {"slug": made.slug, "pk": made.attachments.get().pk}


def _standard_catalogue(owner: User, organ: str) -> Arguments:
    return {"area": standards.a_row(organ=organ).catalogue.area, "organ": organ}


def _standard_row(owner: User, organ: str) -> Arguments:
    return {"pk": standards.a_row(organ=organ).pk}


def _promotion(owner: User, organ: str) -> Arguments:
    found = applications.submitted(organ=organ).application
    made = Promotion.objects.create(
        application=found, key=uuid4().hex, title="示例", proposed_by=owner, proposed_on=timezone.localdate()
    )
    return {"pk": made.pk}


def _compilation(owner: User, organ: str, state: str = "draft") -> Arguments:
    made, _new = Compilation.objects.update_or_create(
        organ=an_organ(organ), year=2025, defaults={"state": state, "published_on": timezone.localdate()}
    )
    return {"pk": made.pk}


def _published(owner: User, organ: str) -> Arguments:
    _compilation(owner, organ, "published")
    return {"organ": organ, "year": 2025}


def _letter(owner: User, organ: str) -> Arguments:
    return {**_case(owner, organ), "kind": "docx"}


def _paper(owner: User, organ: str) -> Arguments:
    found = _case(owner, organ)
    return {**found, "pk": Letter.objects.get(application__number=found["number"]).pk, "kind": "docx"}


def _act(owner: User, organ: str) -> Arguments:
    return {"number": applications.submitted(organ=organ).application.number, "act": "register"}


def _report(owner: User, organ: str) -> Arguments:
    text = SourceText.objects.create(digest=uuid4().hex * 2, name="sample.txt", media="text", text="示例年报")
    return {"slug": publish_reading(reading=reading(), source=text, replace=True).report.slug}


def _draft(owner: User, organ: str) -> Arguments:
    return {"organ": organ, "year": 2025}


def _cell(owner: User, organ: str) -> Arguments:
    return {**_draft(owner, organ), "row": "new_received", "column": "natural_person"}


def _sealed_paper(owner: User, organ: str) -> Arguments:
    row = SealedPaper.objects.create(
        number="示例〔2026〕1号",
        organ=an_organ(organ),
        object_kind="sample",
        object_id=uuid4().hex,
        sha256=uuid4().hex * 2,
        size=1,
        sealed_at=timezone.now(),
        signer=SignerKind.FILE.value,
        fingerprint="0" * 64,
        code=new_code(),
    )
    return {"code": row.code}


def _notice(owner: User, organ: str) -> Arguments:
    return {"pk": deadlines.propose_notice(notice=a_notice(), by=OFFICER).pk}


def _filing(owner: User, organ: str) -> Arguments:
    source = SourceText.objects.create(digest=uuid4().hex * 2, name="sample.txt", media="text", text="示例年报")
    data = to_data(reading())
    row = Filing.objects.create(organ=organ, source=source, file_id=uuid4(), original=data, reading=data, filed_by="1")
    return {"pk": row.pk}


def _filing_act(owner: User, organ: str) -> Arguments:
    return {**_filing(owner, organ), "act": "submit"}


def _file(owner: User, organ: str) -> Arguments:
    """An upload of the owner's own; its content is inspected once for each test."""
    kept = File.objects.first() or files.keep(
        stream=honest.pdf(), name="示例.pdf", owner_kind=DRAFT, actor=person(owner.pk)
    )
    kept.pk, kept.created_by = uuid4(), str(owner.pk)
    kept.save(force_insert=True)
    return {"file_id": kept.pk}


def _client(owner: User, organ: str) -> Arguments:
    return {"pk": a_client(Scope.READ_OWN, organ=organ)[0].pk}


def _disposal(owner: User, organ: str) -> Arguments:
    Disposal.objects.filter(organ__code=organ).update(state="refused")  # one open list an organ
    made = Disposal.objects.create(
        organ=an_organ(organ), proposed_by=_somebody(organ), proposed_on=timezone.localdate()
    )
    return {"pk": made.pk}


NUMBER = "2025-000001"
SAMPLES: dict[str, Sample] = {
    **{
        f"api:{name}": _public(number=NUMBER)
        for name in (
            "application",
            "supplement",
            "withdraw",
            "letters",
            "application-files",
            "case",
            "case-letters",
            "case-files",
        )
    },
    "api:document": Sample(_item, scoped=False),
    "api:letter": _public(number=NUMBER, letter=1, kind="pdf"),
    "api:application-file": _public(number=NUMBER, file=UUID(int=1)),
    "api:case-file": _public(number=NUMBER, file=UUID(int=1)),
    "api:case-letter": _public(number=NUMBER, letter=1, kind="pdf"),
    "api:case-act": _public(number=NUMBER, act="register"),
    "api:table-three": _public(organ="civil-affairs", year=2025),
    "api:analysis": _public(organ="civil-affairs", year=2025),
    "api:not-found": _public(rest="nowhere"),
    "apply:mine-enter": _public(token="sample"),  # noqa: S106 - no secret: what everybody may try
    "apply:mine-one": _public(number=NUMBER),
    "portal:item": _public(item_id="20-1"),
    "portal:organ": _public(code="health"),
    "portal:sitemap-reports": _public(number=1),
    "portal:sitemap-library": _public(number=1),
    "portal:verify-paper": Sample(_sealed_paper, scoped=False),
    "desk-library:new": _public(kind="announcement"),
    "desk-library:item": Sample(_draft_item),
    "desk-library:edit": Sample(_draft_item),
    "desk-library:act": Sample(lambda owner, organ: {**_draft_item(owner, organ), "act": "submit"}),
    "feeds:all": _public(form="atom"),
    "portal:search-feed": _public(form="atom"),
    "feeds:some": _public(by="theme", value="finance", form="rss"),
    **{f"library:{name}": Sample(_item, scoped=False) for name in ("item", "json", "history", "linked")},
    "library:revision": Sample(lambda owner, organ: {**_item(owner, organ), "number": 1}, scoped=False),
    "library:attachment": Sample(_item_attachment, scoped=False),
    **{f"reports:{name}": Sample(_report, scoped=False) for name in ("report", "text", "report-csv", "report-json")},
    "openid_connect_login": _public(provider_id="sso"),
    "openid_connect_callback": _public(provider_id="sso"),
    "signin:kept": Sample(lambda owner, organ: {"pk": uuid4()}, scoped=False, also=frozenset({404})),  # none is kept
    "signin:kept-discard": Sample(lambda owner, organ: {"pk": uuid4()}, scoped=False),
    "workbench:my-absence-end": Sample(_own_absence),
    **{
        f"people:{name}": Sample(_person)
        for name in (
            *("person", "give", "deputy", "leave", "suspend", "resume", "unlock"),
            *("reset-factor", "new-password"),
        )
    },
    "people:end": Sample(_duty),
    "people:end-absence": Sample(_absence),
    "inbox:settle": _public(notice_id=uuid4()),
    "files:file": Sample(_file),
    "files:download": Sample(_file),
    # A page's picture is made once the upload has been committed, which a test's never is.
    "files:picture": Sample(lambda owner, organ: {**_file(owner, organ), "number": 1}, also=frozenset({404})),
    "cases:import-template": _public(kind="csv"),
    "cases:case": Sample(_case),
    "cases:contact": Sample(_case),
    "cases:letter": Sample(_letter),
    "cases:paper": Sample(_paper),
    "cases:steps": Sample(_case),
    # Without a language model, which is how the house comes, there is no such page.
    "cases:suggestion": Sample(_case, also=frozenset({404})),
    "cases:check": Sample(_case),
    # A file that is not in the reply is not there.
    "cases:redact": Sample(lambda owner, organ: {**_case(owner, organ), "pk": uuid4()}, also=frozenset({404})),
    "cases:take-back": Sample(lambda owner, organ: {**_case(owner, organ), "pk": uuid4()}),
    "cases:evidence": Sample(_case),
    "cases:act": Sample(_act),
    "disputes:open": Sample(_case),
    "disputes:dispute": Sample(_dispute),
    "disputes:act": Sample(lambda owner, organ: {**_dispute(owner, organ), "act": "conclude"}),
    "disputes:bulletin": _public(year=2025, quarter=4),
    "disputes:bulletin-file": _public(year=2025, quarter=4),
    "analysis:file": _public(kind="csv"),
    "compilations:compilation": Sample(_compilation),
    "compilations:act": Sample(lambda owner, organ: {**_compilation(owner, organ), "act": "submit"}),
    "portal:compilation": Sample(_published, scoped=False),
    "portal:compilation-file": Sample(_published, scoped=False),
    "standards:area": _public(area="social_aid"),
    "standards:workbook": Sample(_standard_catalogue, scoped=False),
    "catalogues:catalogue": Sample(_standard_catalogue),
    **{f"catalogues:{name}": Sample(_standard_row) for name in ("row", "edit", "link")},
    "promotions:propose": Sample(_case),
    "promotions:promotion": Sample(_promotion),
    "promotions:act": Sample(lambda owner, organ: {**_promotion(owner, organ), "act": "withdraw"}),
    **{
        f"desk-gazette:{name}": Sample(lambda owner, organ: {"pk": a_matrix_issue().pk}, scoped=False)
        for name in ("issue", "arrange", "publish", "ledger")
    },
    "gazette:issue": Sample(_gazette, scoped=False),
    "gazette:place": Sample(lambda owner, organ: {**_gazette(owner, organ), "place": 1}, scoped=False),
    "gazette:file": Sample(lambda owner, organ: {**_gazette(owner, organ), "form": "epub"}, scoped=False),
    "gazette:article": Sample(lambda owner, organ: {"pk": a_matrix_issue().articles.get().pk}, scoped=False),
    "retention:case": Sample(_case),
    "retention:disposal": Sample(_disposal),
    "retention:act": Sample(lambda owner, organ: {**_disposal(owner, organ), "act": "carry_out"}),
    "opinions:one": Sample(_opinion),
    "rectifications:one": Sample(_rectification),
    # Before it is answered there is no letter.
    "rectifications:letter": Sample(
        lambda owner, organ: {**_rectification(owner, organ), "kind": "pdf"}, also=frozenset({404})
    ),
    "rectifications:act": Sample(lambda owner, organ: {**_rectification(owner, organ), "act": "take_up"}),
    **{f"clients:{name}": Sample(_client) for name in ("client", "renew", "resume", "end")},
    "channels:receiver": Sample(_receiver),
    "channels:act": Sample(lambda owner, organ: {**_receiver(owner, organ), "act": "pause"}),
    "desk-library:template": _public(kind="permit_result", form="csv"),
    "desk-library:batch": Sample(_batch),
    "desk-library:batch-settle": Sample(lambda owner, organ: {**_batch(owner, organ), "act": "discard"}),
    "desk-library:sheet-file": _public(form="csv"),
    "screens:screen": _public(code="service_hall"),
    "calendar:export": _public(year=2026, form="csv"),
    **{f"calendar:{name}": Sample(_notice, scoped=False) for name in ("notice", "apply", "withdraw")},
    "filings:review": Sample(_filing),
    "filings:correct": Sample(_filing, also=frozenset({404})),  # without a cell in the address there is none to correct
    "filings:act": Sample(_filing_act),
    "administration:organ": Sample(lambda owner, organ: {"code": organ}),
    "administration:setting": _public(name="supplement_term"),
    "administration:withdraw": _public(name="supplement_term", pk=1),
    "administration:wording": _public(event="applications.registered", language="en", channel="mail"),
    "drafts:draft": Sample(_draft),
    "drafts:enter": Sample(_draft),
    "drafts:word": Sample(_draft),
    "drafts:cases": Sample(_cell),
    "drafts:fees": Sample(_draft),
    "drafts:disputes": Sample(
        lambda owner, organ: {**_draft(owner, organ), "block": "litigation_direct", "result": "total"}
    ),
}


def sample(name: str) -> Sample:
    """The sample of an address; one without arguments needs none."""
    return SAMPLES.get(name, _public())
