"""Catalogues brought, edited, proved; who may, and what the library's changes do to a row."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Held, Standing
from gongkai.accounts.tests.factories import an_officer, an_organ
from gongkai.audit.models import Entry
from gongkai.audit.rules import SYSTEM
from gongkai.catalogue.models import Item
from gongkai.catalogue.services import archive, withdraw
from gongkai.catalogue.tests import factories as library
from gongkai.standards import samples, selectors, services
from gongkai.standards.enums import Proof
from gongkai.standards.models import Evidence, Row
from gongkai.standards.rules.sheet import table
from gongkai.workflow.rules import NotYours, Refused, Stale

from .factories import AREA, TODAY, a_line, a_row

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ORGAN = "civil-affairs"
OFFICER = Standing(1, "示例承办人", frozenset({Held(Role.OFFICER, ORGAN)}))
HEAD = Standing(2, "示例工作机构负责人", frozenset({Held(Role.DISCLOSURE_OFFICE, ORGAN)}))
STRANGER = Standing(3, "示例他人", frozenset({Held(Role.DISCLOSURE_OFFICE, "health"), Held(Role.AUDITOR, ORGAN)}))


def proof(row: Row) -> str:
    return Row.objects.get(pk=row.pk).proof


def bring(*lines: Any, by: Standing = HEAD, dry: bool = False, today: date = TODAY) -> services.Brought:
    an_organ(ORGAN)
    rows = list(enumerate(table(lines), 1))
    return services.bring(organ=ORGAN, area=AREA, rows=rows, by=by, today=today, dry=dry)


def test_a_sheet_is_brought_once_changed_rows_are_written_and_missing_ones_kept_aside() -> None:
    first, second = a_line(), a_line(sub_matter="办事指南", time_limit="每年")
    assert bring(first, second, dry=True) == services.Brought(made=2)
    assert Row.objects.count() == 0
    assert bring(first, second) == services.Brought(made=2)
    assert bring(first, second) == services.Brought(same=2)
    assert bring(a_line(contents="户数、人数"), second) == services.Brought(changed=1, same=1)
    assert bring(second) == services.Brought(changed=1, ended=1)  # it moved up
    assert set(Row.objects.values_list("sub_matter", "ended_on")) == {("审批信息", TODAY), ("办事指南", None)}
    assert bring(first, second) == services.Brought(changed=2)
    assert Row.objects.filter(ended_on=None).count() == 2
    assert Entry.objects.filter(act="standards.bring").count() == 4  # what changes nothing is no act


def test_with_a_fault_nothing_is_kept_and_only_the_head_of_the_office_brings() -> None:
    found = bring(a_line(), a_line(sub_matter="乙", contents=""))
    assert [fault.row for fault in found.faults] == [4]
    assert Row.objects.count() == 0
    for by in (OFFICER, STRANGER):
        with pytest.raises(NotYours):
            bring(a_line(), by=by)
    with pytest.raises(Refused, match="没有这个机关或者领域"):
        services.bring_lines(organ=ORGAN, area="nowhere", lines=[a_line()], actor=SYSTEM, today=TODAY)


def test_a_row_turns_green_with_what_is_published_and_red_in_the_transaction_that_repeals_it() -> None:
    row = a_row(time_limit="信息形成之日起20个工作日内")
    old = library.published(document_number="虹民规〔2023〕91号")
    assert proof(row) == Proof.RED
    services.link(pk=row.pk, item=old.pk, by=OFFICER, today=TODAY)
    services.link(pk=row.pk, item=old.pk, by=OFFICER, today=TODAY)
    assert proof(row) == Proof.GREEN
    assert Entry.objects.filter(act="standards.link").count() == 1
    library.received(library.a_row(relations=[{"kind": "repeals", "target": old.document_number}]))
    assert Item.objects.get(pk=old.pk).validity == "repealed"
    assert proof(row) == Proof.RED
    assert "已经废止或者失效" in Row.objects.get(pk=row.pk).why
    services.unlink(pk=row.pk, item=old.pk, by=OFFICER, today=TODAY)
    assert Row.objects.get(pk=row.pk).why == "还没有挂接公开的信息"


@pytest.mark.parametrize("act", [withdraw, archive])
def test_what_was_withdrawn_or_archived_proves_nothing_though_its_page_stays(act: Any) -> None:
    row, made = a_row(time_limit="信息形成之日起20个工作日内"), library.published(organ=ORGAN)
    services.link(pk=row.pk, item=made.pk, by=OFFICER, today=TODAY)
    assert proof(row) == Proof.GREEN
    head = library.standing(an_officer(Role.DISCLOSURE_OFFICE, ORGAN))
    act(pk=made.pk, by=head, version=made.version, key=library.new_key(), reason="内容有误。", today=TODAY)
    assert Item.objects.get(pk=made.pk).public
    assert (proof(row), Row.objects.get(pk=row.pk).why) == (
        Proof.RED,
        f"挂接的《{made.title}》没有公开或者已经退出公开",
    )


def test_time_alone_turns_a_row_amber_and_red_and_the_sweep_may_run_again() -> None:
    row = a_row(time_limit="每季度")
    made = library.published(published_on="2026-11-02")
    services.link(pk=row.pk, item=made.pk, by=OFFICER, today=TODAY)
    colours = []
    for day in (TODAY, date(2027, 1, 4), date(2027, 2, 3)):
        services.sweep(today=day)
        assert services.sweep(today=day) == 0
        colours.append(proof(row))
    assert colours == [Proof.GREEN, Proof.AMBER, Proof.RED]


def test_a_row_is_edited_by_its_organ_against_its_version() -> None:
    row = a_row()
    for by in (STRANGER, Standing(4, "示例", frozenset({Held(Role.SECTION_CHIEF, ORGAN)}))):
        with pytest.raises(NotYours):
            services.edit(pk=row.pk, line=a_line(), version=row.version, by=by, today=TODAY)
    done = services.edit(pk=row.pk, line=a_line(time_limit="每年"), version=row.version, by=OFFICER, today=TODAY)
    assert (done.months, done.version) == (12, row.version + 1)
    with pytest.raises(Stale):
        services.edit(pk=row.pk, line=a_line(), version=row.version, by=OFFICER, today=TODAY)
    bring(a_line(), a_line(sub_matter="乙"))
    other = Row.objects.get(sub_matter="乙")
    with pytest.raises(Refused, match="同样的一级事项"):
        services.edit(pk=other.pk, line=a_line(), version=other.version, by=OFFICER, today=TODAY)


def test_only_what_is_public_is_put_forward_and_only_by_the_organ() -> None:
    row, draft = a_row(), library.a_row(state="drafting", published_on=None)
    library.received(draft)
    hidden = Item.objects.get(key=draft["key"])
    with pytest.raises(Refused, match="已经公开的条目"):
        services.link(pk=row.pk, item=hidden.pk, by=OFFICER, today=TODAY)
    with pytest.raises(NotYours):
        services.link(pk=row.pk, item=library.published().pk, by=STRANGER, today=TODAY)
    assert Evidence.objects.count() == 0


def test_rows_are_found_by_area_organ_channel_state_and_words_and_cost_the_same_queries(
    django_assert_num_queries: Any,
) -> None:
    bring(a_line(), *(a_line(sub_matter=f"示例{n}", carriers=("push",)) for n in range(30)))
    a_row(organ="health", area="health", sub_matter="预防接种")
    counts = {
        "area": selectors.rows(selectors.Asked(area=AREA)).count(),
        "organ": selectors.rows(selectors.Asked(organ="health")).count(),
        "carrier": selectors.rows(selectors.Asked(carrier="push")).count(),
        "strange": selectors.rows(selectors.Asked(carrier="nowhere", proof="nowhere")).count(),
        "red": selectors.rows(selectors.Asked(area=AREA, proof="red")).count(),
        "words": selectors.rows(selectors.Asked(words="预防接种")).count(),
    }
    assert counts == {"area": 31, "organ": 1, "carrier": 30, "strange": 32, "red": 31, "words": 1}
    with django_assert_num_queries(2):
        list(selectors.rows(selectors.Asked()))
    tallies = {one.area.code: (one.organs, one.rows) for one in selectors.overview()}
    assert (tallies[AREA], tallies["health"], tallies["farm_subsidies"]) == ((1, 31), (1, 1), (0, 0))


def test_sample_catalogues_are_brought_once_and_proved_by_the_library() -> None:
    for organ in (ORGAN, "education"):
        an_organ(organ)
    library.published(kind="social_aid", facts={}, published_on="2026-11-10")
    made, linked = samples.load(today=TODAY)
    assert made > 20
    assert linked > 3
    assert samples.load(today=TODAY) == (0, 0)
    colours = Counter(Row.objects.exclude(proof=Proof.ON_REQUEST.value).values_list("proof", flat=True))
    assert colours[Proof.GREEN.value] > colours.total() / 2
    assert colours[Proof.RED.value] > 0
    later = TODAY + timedelta(days=100)
    services.sweep(today=later)
    assert samples.load(today=later)[1] > 0
    assert Row.objects.filter(proof=Proof.GREEN.value).count() > colours.total() / 2
