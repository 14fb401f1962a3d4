"""Old cases: which may be forgotten, what keeps the others, that nothing of the people is left, and two persons to it."""

from __future__ import annotations

import itertools
import json
import threading
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from gongkai.accounts.enums import Role
from gongkai.accounts.models import Duty
from gongkai.accounts.rules import Standing
from gongkai.applications import selectors, services
from gongkai.applications.enums import Disposing, Opinion
from gongkai.applications.models import Application, Disposal, Disposed, Fee, Rectification
from gongkai.applications.rules import notices, retention
from gongkai.applications.services import forgetting
from gongkai.applications.services import retention as acts
from gongkai.applications.tests import factories
from gongkai.audit import selectors as audit
from gongkai.audit.models import Entry
from gongkai.audit.rules import VISITOR
from gongkai.disputes.tests import factories as disputes
from gongkai.files import selectors as kept
from gongkai.files import services as files
from gongkai.files import stores
from gongkai.files.models import Blob, File
from gongkai.files.rules import storage_path
from gongkai.files.tests import honest
from gongkai.notifications.models import Message, Outgoing
from gongkai.organisations.models import Organ
from gongkai.privacy.subjects import ERASED
from gongkai.seals import selectors as seals
from gongkai.seals.models import SealedPaper
from gongkai.workflow.rules import NotYours, Refused

pytestmark = pytest.mark.django_db
LAST, DUE = date(2035, 12, 31), date(2036, 1, 1)
PARTY, CONTACT = "示例第三方公司", "示例路9号示例收件处"
PEOPLE = ("示例申请人甲", "11010519491231002X", "13800000000", "sample@example.com", "示例路1号", PARTY, CONTACT)
_keys = itertools.count(1)


@pytest.fixture
def officer() -> Standing:
    factories.organs()
    return factories.holding(factories.person(), Role.OFFICER)


@pytest.fixture
def head() -> Standing:
    return factories.holding(factories.person(), Role.DISCLOSURE_OFFICE)


def closed(officer: Standing) -> Application:
    """A case that ended on 29 September 2025, in the quickest way."""
    row = factories.registered(officer)
    return services.withdraw(application=row, key=f"withdraw-{row.pk:06}-sample", today=date(2025, 9, 29))


def answered(officer: Standing) -> Application:
    """One that ended with a reply, against which one may go to law."""
    return factories.closed(officer, factories.holding(factories.person(), Role.SECTION_CHIEF))


def do(name: str, row: Application, by: Standing, **words: Any) -> Application:
    key = f"{name}-{next(_keys):06}-sample"
    found: Application = getattr(services, name)(pk=row.pk, by=by, version=row.version, key=key, **words)
    return found


def full_case(officer: Standing, *, papers: bool = False) -> Application:
    """One with everything in it: files, a third party who answered, letters, notices; and words that name people."""
    upload = files.keep(stream=honest.pdf(Author="示例申请人甲"), name="证明.pdf", owner_kind="draft", actor=VISITOR)
    draft = factories.DRAFT
    receipt = services.submit(
        draft=type(draft)(**{**vars(draft), "description": "示例申请人甲（13800000000）要的补贴标准"}),
        key=f"full-{next(_keys):06}-sample",
        at=datetime(2025, 9, 12, 4, tzinfo=UTC),
        attachments=[upload.pk],
    )
    row = do("register", receipt.application, officer, day=date(2025, 9, 15), today=date(2025, 9, 15))
    row = do(
        "ask_third_party", row, officer, party=PARTY, contact=CONTACT, question="示例问题", today=date(2025, 9, 18)
    )
    asked, day = row.consultations.get(), date(2025, 9, 25)
    row = do(
        "take_opinion", row, officer, consultation=asked.pk, on=day, opinion=Opinion.CONSENT,
        reason=f"{PARTY}同意", today=day,
    )  # fmt: skip
    row = do("end_consultation", row, officer, today=day)
    words: dict[str, Any] = {"kind": "provided", "user_id": officer.user_id, "today": day}
    row = do("decide", row, officer, contents={"ways": "寄往上海市虹口区示例路1号，示例申请人甲收"}, **words)
    chief = factories.holding(factories.person(), Role.SECTION_CHIEF)
    row = do("sign", factories.reviewed(row), chief, user_id=chief.user_id, today=date(2025, 9, 29))
    row = do("seal", row, officer, today=date(2025, 9, 29))
    proof = "示例申请人甲本人签收"
    row = do("deliver", row, officer, sent_on=date(2025, 9, 29), proof=proof, today=date(2025, 9, 29))
    if papers:
        services.letters.letter_file(row.letters.get(kind="provided"), "pdf")
        services.letters.letter_file(row.letters.get(kind="third_party_request"), "docx")
    return row


def everything() -> Iterator[str]:
    """Every value of every table, opened where it is encrypted."""
    for model in apps.get_models():
        for row in model._default_manager.all().values_list():
            yield from (f"{model._meta.label}: {value}" for value in row if value not in (None, ""))


def due(rows: Any = None, day: date = DUE) -> list[int]:
    return selectors.fallen(rows or Application.objects.all(), day).due


def holds(row: Application) -> str:
    found = selectors.fallen(Application.objects.all(), DUE)
    assert row.pk not in found.due
    return "；".join(hold.reason for hold in found.held.get(row.pk, []))


def listed(officer: Standing) -> Disposal:
    return services.propose_disposal(organ=factories.ORGAN, by=officer, user_id=officer.user_id, today=DUE)


def carried_out(row: Disposal, by: Standing) -> Disposal:
    return services.carry_out_disposal(
        pk=row.pk, by=by, version=row.version, key=f"carry-{row.pk:06}-sample", user_id=by.user_id, today=DUE
    )


@pytest.mark.parametrize(
    ("closed_on", "last"),
    [(date(2025, 1, 1), date(2035, 12, 31)), (date(2025, 12, 31), LAST), (date(2009, 3, 1), date(2019, 12, 31))],
)
def test_the_years_run_from_the_first_of_january_after_the_closing(closed_on: date, last: date) -> None:
    assert retention.kept_until(closed_on, LAST) == last


def test_a_text_is_told_without_the_people_and_keeps_its_days() -> None:
    clean = retention.cleaner(["示例申请人甲", "示例", "甲", ""], "×")
    told = {"said": "示例申请人甲，电话13900000000，示例", "on": "2025-09-15", "days": 20, "more": ["甲"]}
    assert retention.cleaned(told, clean) == {
        "said": "×，电话139****0000，×",
        "on": "2025-09-15",
        "days": 20,
        "more": ["甲"],
    }


def test_a_person_within_a_value_and_an_address_without_its_city_are_gone_too() -> None:
    clean = retention.cleaner(["联系人：张某某，021-00000000", "上海市虹口区示例路1号2室"], "×")
    assert clean("张 某某同意，寄虹口区示例路1号2室") == "×同意，寄×"
    assert clean("示例路的改造") == "示例路的改造"


def test_a_case_falls_due_the_day_after_its_years_and_not_before(officer: Standing) -> None:
    row = closed(officer)
    factories.registered(officer)
    assert (due(day=LAST), due(day=DUE)) == ([], [row.pk])


def test_what_keeps_a_case_is_told(officer: Standing, head: Standing) -> None:
    disputed, ended = answered(officer), answered(officer)
    reopened, owing, by_hand = (closed(officer) for _number in range(3))
    disputes.opened(application=disputed)
    dispute = disputes.accepted(disputes.opened(application=ended))
    type(dispute).objects.filter(pk=dispute.pk).update(state="concluded", result="upheld", result_on=date(2025, 12, 1))
    words: dict[str, Any] = {
        "on": date(2025, 12, 1),
        "working_days": None,
        "reason": "示例决定",
        "today": date(2025, 12, 1),
    }
    reopened = do("reopen", reopened, head, **words)
    term = {"noticed_on": date(2025, 9, 20), "due_on": date(2025, 10, 20)}
    Fee.objects.create(application=owing, scale="by_item", quantity=1, yuan=100, **term)
    assert owing.pk in due()  # who took the application back owes nothing
    Application.objects.filter(pk=owing.pk).update(code="G2")
    services.keep_case(application_id=by_hand.pk, by=officer, user_id=officer.user_id, reason="审计用", today=DUE)
    assert [holds(row) for row in (disputed, ended, reopened, owing, by_hand)] == [
        "行政复议或者行政诉讼尚未审结",
        "发生过行政复议或者行政诉讼，永久保存",
        "正在重新处理，尚未办结",
        "信息处理费尚未缴纳",
        "暂缓处置：审计用",
    ]
    services.let_case_go(application_id=by_hand.pk, by=head, user_id=head.user_id, today=DUE)
    assert due() == [by_hand.pk]


def test_a_case_that_was_decided_anew_counts_from_its_last_closing(officer: Standing, head: Standing) -> None:
    row = closed(officer)
    Application.objects.filter(pk=row.pk).update(closed_on=date(2027, 3, 1))
    assert (due(day=DUE), due(day=date(2038, 1, 1))) == ([], [row.pk])


def test_nothing_of_the_people_is_left_in_any_table_and_no_file_of_theirs(
    officer: Standing, django_capture_on_commit_callbacks: Any
) -> None:
    row = full_case(officer, papers=True)
    assert {name for name in PEOPLE if any(name in text for text in everything())} == set(PEOPLE)
    contents = set(Blob.objects.values_list("pk", flat=True))
    assert len(contents) == 4
    with django_capture_on_commit_callbacks(execute=True):
        assert services.forget(pk=row.pk, today=DUE)
    assert [text for text in everything() if any(name in text for name in PEOPLE)] == []
    assert (File.objects.count(), Blob.objects.count()) == (0, 0)
    assert [sha256 for sha256 in contents if stores.store().exists(storage_path(sha256))] == []
    assert not services.forget(pk=row.pk, today=DUE)
    assert audit.entries(act="applications.forget").count() == 1


def test_what_was_counted_and_when_it_happened_stays_true_and_the_chain_whole(officer: Standing) -> None:
    row = full_case(officer)
    organs = frozenset({factories.ORGAN})
    before = (selectors.table_three(organs, 2025), selectors.clocks(row, DUE), [(s.act, s.on) for s in row.steps.all()])
    services.forget(pk=row.pk, today=DUE)
    row = Application.objects.get(pk=row.pk)
    after = (selectors.table_three(organs, 2025), selectors.clocks(row, DUE), [(s.act, s.on) for s in row.steps.all()])
    assert before == after
    assert list(audit.verify()) == []
    assert (row.applicant_name, row.state, row.code, row.description) == (
        ERASED, "closed", "G2", f"{ERASED}（{ERASED}）要的补贴标准",
    )  # fmt: skip


def test_the_chain_never_held_who_it_was(officer: Standing) -> None:
    full_case(officer)
    chain = [f"{row.facts}{row.purpose}{row.actor}{row.object_id}" for row in Entry.objects.all()]
    assert len(chain) > 10
    assert [text for text in chain if any(name in text for name in PEOPLE)] == []


def test_a_forgotten_case_is_not_acted_on_and_its_papers_name_nobody(officer: Standing, head: Standing) -> None:
    row = full_case(officer)
    services.forget(pk=row.pk, today=DUE)
    row = Application.objects.select_related("organ__parent").get(pk=row.pk)
    with pytest.raises(Refused, match="到期处置，不能再办理"):
        do("reopen", row, head, on=date(2026, 1, 5), working_days=None, reason="示例", today=date(2026, 1, 5))
    with pytest.raises(Refused, match="证据包不能再导出"):
        services.export_evidence(application_id=row.pk, by=officer, purpose="示例")
    letter = selectors.reply_letter(row.pk)
    assert services.letter_file(letter, "pdf")[:4] == b"%PDF"
    assert ERASED in str(selectors.paper_of(letter))
    assert (File.objects.count(), services.keep_letters()) == (0, 0)
    asked = row.consultations.get()
    assert (selectors.by_code(row.number, ""), selectors.consultation_by_code(letter.number, "")) == (None, None)
    assert (asked.code, asked.opinion) == ("", Opinion.CONSENT.value)


def test_a_public_copy_and_a_content_that_others_have_stay(
    officer: Standing, django_capture_on_commit_callbacks: Any
) -> None:
    row = closed(officer)
    words: dict[str, Any] = {
        "stream": honest.pdf(),
        "name": "信息.pdf",
        "owner_id": row.pk,
        "actor": VISITOR,
        "organ": factories.ORGAN,
    }
    given = files.keep(owner_kind=selectors.GIVEN, **words)
    shared = files.keep(owner_kind=selectors.BROUGHT, **words)
    files.release(file=given, owner_kind="sample", actor=VISITOR)
    with django_capture_on_commit_callbacks(execute=True):
        services.forget(pk=row.pk, today=DUE)
    assert not File.objects.filter(pk=shared.pk).exists()
    with kept.content(File.objects.get(pk=given.pk)) as stream:
        assert stream.read() == honest.pdf()


def test_what_was_given_stays_only_where_it_was_looked_through_and_nothing_found(officer: Standing) -> None:
    row = factories.registered(officer)
    words: dict[str, Any] = {
        "owner_kind": selectors.GIVEN,
        "owner_id": row.pk,
        "actor": VISITOR,
        "organ": factories.ORGAN,
    }
    clear = files.keep(stream=b"nothing", name="a.txt", **words)
    found = files.keep(stream="电话 13900001111".encode(), name="b.txt", **words)
    services.screen_given(row)
    files.keep(stream=b"not looked through", name="c.txt", **words)
    services.forget(pk=row.pk, today=DUE)
    assert [file.pk for file in File.objects.all()] == [clear.pk]
    assert [one.file for one in row.screened.all()] == [clear.pk] != [found.pk]


def test_a_sealed_letter_goes_and_whoever_holds_it_still_has_it_verified(
    officer: Standing, django_capture_on_commit_callbacks: Any
) -> None:
    row = closed(officer)
    words: dict[str, Any] = {"organ": row.organ, "sealed_at": datetime(2025, 9, 29, tzinfo=UTC)}
    words |= {"size": 1, "signer": "file", "fingerprint": "0" * 64}
    owners = [(selectors.SEALED_REPLY, row.pk), (selectors.LETTER, row.letters.get(kind="receipt").pk)]
    for place, (kind, key) in enumerate(owners):
        code = f"GKAA-SAMPLE-{place}"
        paper = SealedPaper.objects.create(
            object_kind=kind, object_id=str(key), number=code, code=code, sha256=f"{place}" * 64, **words
        )
        files.keep_own(content=honest.pdf(pages=place + 1), name="a.pdf", owner_kind="seals.paper", owner_id=paper.pk)
    with django_capture_on_commit_callbacks(execute=True):
        services.forget(pk=row.pk, today=DUE)
    assert (File.objects.count(), Blob.objects.count(), SealedPaper.objects.count()) == (0, 0, 2)
    assert seals.answer(sha256="1" * 64).paper is not None


def test_one_proposes_and_another_has_it_carried_out(officer: Standing, head: Standing) -> None:
    row, other = closed(officer), closed(officer)
    both = factories.holding(factories.person(), Role.OFFICER, Role.DISCLOSURE_OFFICE)
    found = listed(both)
    with pytest.raises(Refused, match="另一位工作机构负责人"):
        carried_out(found, both)
    with pytest.raises(NotYours):
        carried_out(found, officer)
    assert Application.objects.filter(forgotten_on__isnull=True).count() == 2
    services.keep_case(application_id=other.pk, by=officer, user_id=officer.user_id, reason="示例", today=DUE)
    assert (carried_out(found, head).state, services.dispose(today=DUE)) == ("carrying", 1)
    found.refresh_from_db()
    assert (found.state, found.proposed_by_id, found.decided_by_id) == ("done", both.user_id, head.user_id)
    told = {item.application_id: (item.done_on, item.left_because[:7]) for item in Disposed.objects.all()}
    assert told == {row.pk: (DUE, ""), other.pk: (None, "暂缓处置：示例")}
    assert audit.entries(act="applications.forget").get().actor == str(head.user_id)


@pytest.mark.parametrize("role", [Role.SECTION_CHIEF, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_does_not_keep_the_files_of_the_organ_proposes_nothing(officer: Standing, role: Role) -> None:
    closed(officer)
    for by in (
        factories.holding(factories.person(), role),
        factories.holding(factories.person(), *Role, organ="health"),
    ):
        with pytest.raises(NotYours):
            listed(by)
    assert Disposal.objects.count() == 0


def test_a_list_is_refused_with_a_reason_and_its_cases_are_proposed_again(officer: Standing, head: Standing) -> None:
    closed(officer)
    found = listed(officer)
    with pytest.raises(Refused, match="已经有一份处置单"):
        listed(head)
    words: dict[str, Any] = {"pk": found.pk, "by": head, "version": 0, "user_id": head.user_id, "today": DUE}
    with pytest.raises(Refused, match="不同意的理由"):
        services.refuse_disposal(key="refuse-000001-sample", reason=" ", **words)
    services.refuse_disposal(key="refuse-000002-sample", reason="示例", **words)
    assert (listed(officer).cases.count(), Application.objects.filter(forgotten_on__isnull=True).count()) == (1, 1)


def test_nothing_due_is_no_list(officer: Standing) -> None:
    with pytest.raises(Refused, match="没有保存期满"):
        listed(officer)


def test_a_run_that_was_killed_goes_on_where_it_stood(
    officer: Standing, head: Standing, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [closed(officer) for _number in range(3)]
    found = listed(officer)
    Disposal.objects.filter(pk=found.pk).update(state=Disposing.CARRYING.value, decided_by=head.user_id, version=1)
    honestly, seen = forgetting.forget, []

    def dies(**words: Any) -> bool:
        seen.append(words["pk"])
        if len(seen) == 2:
            honestly(**words)
            raise KeyboardInterrupt
        return honestly(**words)

    monkeypatch.setattr(acts, "forget", dies)
    with pytest.raises(KeyboardInterrupt):
        services.dispose(today=DUE)
    done = Application.objects.filter(forgotten_on__isnull=False)
    assert ([row.pk for row in done], Disposed.objects.filter(done_on__isnull=False).count()) == ([rows[0].pk], 1)
    assert services.dispose(today=DUE) == 2
    found.refresh_from_db()
    assert (found.state, services.dispose(today=DUE), audit.entries(act="applications.forget").count()) == (
        "done",
        0,
        3,
    )
    assert list(audit.verify()) == []


def test_a_case_that_cannot_be_forgotten_now_holds_up_no_other(
    officer: Standing, head: Standing, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = closed(officer), closed(officer)
    carried_out(listed(officer), head)
    honestly = forgetting.forget

    def fails(**words: Any) -> bool:
        if words["pk"] == bad.pk:
            raise OSError
        return honestly(**words)

    with monkeypatch.context() as patch:
        patch.setattr(acts, "forget", fails)
        assert services.dispose(today=DUE) == 1
    assert [row.pk for row in Application.objects.filter(forgotten_on=DUE)] == [good.pk]
    assert (Disposal.objects.get().state, services.dispose(today=DUE), Disposal.objects.get().state) == (
        "carrying",
        1,
        "done",
    )


def test_contents_that_a_killed_process_left_are_swept(officer: Standing) -> None:
    row = full_case(
        officer
    )  # in a test nothing is ever committed: what is done after that is what a killed process misses
    Blob.objects.update(created_at=datetime(2025, 9, 29, tzinfo=UTC))
    services.forget(pk=row.pk, today=DUE)
    left = Blob.objects.count()
    assert (File.objects.count(), left > 0) == (0, True)
    assert (files.sweep()["contents"], Blob.objects.count()) == (left, 0)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_forget_each_case_once(officer: Standing, head: Standing) -> None:
    for _number in range(4):
        closed(officer)
    found = listed(officer)
    Disposal.objects.filter(pk=found.pk).update(state=Disposing.CARRYING.value, decided_by=head.user_id, version=1)
    done: list[int] = []

    def work() -> None:
        try:
            done.append(services.dispose(today=DUE))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(done), sum(done)) == (2, 4)
    assert audit.entries(act="applications.forget").count() == 4
    assert (Disposal.objects.get().state, list(audit.verify())) == ("done", [])


def test_the_notices_on_their_way_are_not_sent_any_more(officer: Standing) -> None:
    row, other = closed(officer), closed(officer)
    services.forget(pk=row.pk, today=DUE)
    gone = Outgoing.objects.filter(key__startswith=f"application:{row.pk}:")
    assert set(gone.values_list("state", flat=True)) == {"dropped"}
    stays = Outgoing.objects.filter(key__startswith=f"application:{other.pk}:")
    assert (set(stays.values_list("state", flat=True)), stays[0].address != ERASED) == ({"waiting"}, True)


def test_each_office_is_told_once_a_year(officer: Standing) -> None:
    closed(officer)
    user = factories.person()
    organ = Organ.objects.get(code=factories.ORGAN)
    role = Role.DISCLOSURE_OFFICE.value
    Duty.objects.create(user=user, organ=organ, role=role, valid_from=date(2020, 1, 1))
    day = date(2036, 1, 2)
    assert [services.tell_of_retention(today=found) for found in (LAST, day, day)] == [0, 1, 1]
    assert ["1 件" in message.body for message in Message.objects.filter(user=user)] == [True]


def test_the_command_says_what_falls_due_and_names_nobody(officer: Standing) -> None:
    row, disputed = closed(officer), answered(officer)
    disputes.opened(application=disputed)
    out = StringIO()
    call_command("applications", "retention", "--as-of", "2036-01-01", "--json", stdout=out)
    found = json.loads(out.getvalue())
    assert found["organs"] == [{"organ": factories.ORGAN, "due": [row.number], "held": {disputed.number: [
        "行政复议或者行政诉讼尚未审结（《中华人民共和国个人信息保护法》第四十七条第二款）"
    ]}}]  # fmt: skip
    call_command("applications", "retention", stdout=(plain := StringIO()))
    assert "没有" in plain.getvalue()
    assert [name for name in PEOPLE if name in out.getvalue()] == []


def test_forgetting_is_whole_or_not_at_all(officer: Standing, monkeypatch: pytest.MonkeyPatch) -> None:
    row = full_case(officer)
    before = File.objects.count()

    def fails(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(forgetting, "_case", fails)
    with pytest.raises(RuntimeError), transaction.atomic():
        services.forget(pk=row.pk, today=DUE)
    row.refresh_from_db()
    assert (row.letters.order_by("pk")[0].addressee, File.objects.count()) == ("示例申请人甲", before)


def test_a_request_to_put_a_record_right_is_forgotten_with_the_old_cases(officer: Standing, head: Standing) -> None:
    row, late = closed(officer), factories.rectification()
    young = factories.rectification(today=date(2026, 3, 2))
    proof = files.keep(
        stream=PEOPLE[0].encode(), name="证明.txt", owner_kind=selectors.RECTIFICATION, owner_id=late.pk, actor=VISITOR
    )
    for one, day in ((late, date(2025, 9, 20)), (young, date(2026, 3, 9))):
        who: dict[str, Any] = {"pk": one.pk, "by": head}
        services.take_up_rectification(**who, version=0, key=f"take-up-{one.pk:08}-sample")
        contents = {field.name: "示例更正内容" for field in notices.notices()["rectified"].fields}
        services.answer_rectification(
            **who, version=1, key=f"answer-{one.pk:08}-sample", act="rectify", contents=contents, today=day
        )
    assert list(selectors.fallen_rectifications(LAST)) == []
    assert list(selectors.fallen_rectifications(DUE)) == [late]
    made = listed(officer)
    assert [one.rectification for one in selectors.disposed_rectifications(made)] == [late]
    assert services.dispose(today=DUE) == 0  # nobody has agreed yet
    carried_out(made, factories.holding(factories.person(), Role.DISCLOSURE_OFFICE))
    assert (services.dispose(today=DUE), services.dispose(today=DUE)) == (2, 0)
    late.refresh_from_db()
    row.refresh_from_db()
    young.refresh_from_db()
    assert (late.name, late.wrong, late.identity_digest, late.forgotten_on) == (ERASED, ERASED, "", DUE)
    assert (row.forgotten_on, young.forgotten_on, young.name) == (DUE, None, PEOPLE[0])
    assert not File.objects.filter(pk=proof.pk).exists()
    again = zipfile.ZipFile(BytesIO(services.rectification_file(late, "docx"))).read("word/document.xml").decode()
    assert (PEOPLE[0] in again, "示例更正内容" in again, late.letter_number in again) == (False, False, True)
    assert audit.entries(act="rectifications.forget").count() == 1
    assert (Disposal.objects.get().state, list(audit.verify())) == ("done", [])


def test_a_request_alone_makes_a_list_and_is_told_of(officer: Standing) -> None:
    late = factories.rectification()
    Rectification.objects.filter(pk=late.pk).update(answered_on=date(2025, 9, 20))
    factories.person()
    assert services.tell_of_retention(today=date(2036, 1, 2)) == 1
    assert selectors.fallen_by_organ(DUE)["organs"] == [
        {"organ": factories.ORGAN, "due": [], "held": {}, "rectifications": [late.number]}
    ]
    assert listed(officer).rectifications.count() == 1
