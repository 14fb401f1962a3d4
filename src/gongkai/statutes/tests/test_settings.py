"""What a house may set, and what it may not."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gongkai.statutes import (
    MalformedLaw,
    NotASetting,
    UnknownParameter,
    adopt,
    in_force,
    law,
    override,
    read_overrides,
)

DAY = date(2024, 1, 1)

# Everything not verified in a text of the law, or left open by it. Each is a setting with a default.
UNCONFIRMED = {
    "search_terms_least",
    "standard_catalogue_amber",
    "administrative_court",
    "annual_report_page_formats",
    "application_retention",
    "closed_site_label",
    "column_types",
    "counting_rule_of_receipt_letter",
    "decision_x5",
    "deduction_groups",
    "disputed_retention",
    "document_genres",
    "document_number_format",
    "explanation_term",
    "extension_once_a_case",
    "external_link_notice",
    "fee_decision_separately_reviewable",
    "fee_page_conversion",
    "fee_paid_into_treasury",
    "fee_payment_limit",
    "fee_restarts_reply_limit",
    "fee_rules_first_day",
    "interpretation_limit",
    "litigation_answer_limit",
    "message_complex_limit",
    "message_general_limit",
    "message_simple_limit",
    "meta_tags_required",
    "normative_commencement_interval",
    "normative_consultation",
    "normative_consultation_urgent",
    "normative_document_prefixes",
    "normative_evaluation_lead",
    "normative_filing_limit",
    "normative_review_lead",
    "normative_submission_lead",
    "normative_validity",
    "normative_validity_notice",
    "normative_validity_trial",
    "online_reconsideration_channel",
    "page_number_format",
    "reconsideration_ordinary_reply_limit",
    "rectification_limit",
    "shanghai_provisions_article_numbers",
    "site_footer_items",
    "subject_classes",
    "supplement_term",
    "typo_deduction",
    "veto_message_window",
    "veto_security_incidents",
    "website_report_day",
    "withheld_review_interval",
}


@pytest.fixture(autouse=True)
def _shipped_law_again() -> Iterator[None]:
    yield
    adopt()


def test_all_that_nobody_has_verified_is_marked_and_can_be_set() -> None:
    assert {parameter.name for parameter in law().unconfirmed} == UNCONFIRMED
    assert all(parameter.settable for parameter in law().unconfirmed)


@pytest.mark.parametrize("name", sorted(UNCONFIRMED))
def test_what_nobody_has_verified_says_so_in_its_citation(name: str) -> None:
    for value in law().parameter(name).values:
        assert not value.confirmed
        assert "未经核实(unconfirmed)" in value.basis


def test_a_setting_replaces_the_default_and_gives_its_reason() -> None:
    found = in_force("fee_payment_limit", DAY, override("fee_payment_limit", 30, "区府办2024年第3号决定"))
    assert found.integer == 30
    assert found.basis.endswith("本单位设定:区府办2024年第3号决定")
    assert in_force("fee_payment_limit", DAY).integer == 20


def test_a_setting_may_begin_on_a_day_of_its_own() -> None:
    own = override("offline_entry_limit", 1, "自本年起改为一日", since=date(2024, 1, 1))
    assert in_force("offline_entry_limit", date(2023, 12, 31), own).integer == 2
    assert in_force("offline_entry_limit", date(2024, 1, 1), own).integer == 1


def test_the_law_itself_cannot_be_set() -> None:
    with pytest.raises(NotASetting, match="第三十三条第二款"):
        in_force("reply_limit", DAY, override("reply_limit", 30, "太忙"))


def test_a_setting_needs_a_reason_a_known_name_and_a_value_of_its_kind() -> None:
    with pytest.raises(NotASetting, match="without a reason"):
        adopt(override("fee_payment_limit", 30, " "))
    with pytest.raises(UnknownParameter, match="fee_payment_limit"):
        adopt(override("fee_payment_limits", 30, "理由"))
    with pytest.raises(NotASetting, match="working_days"):
        adopt(override("fee_payment_limit", "三十", "理由"))


def test_adopted_settings_hold_for_the_whole_process() -> None:
    adopt(override("message_simple_limit", 3, "便民服务承诺"))
    assert in_force("message_simple_limit", DAY).integer == 3
    adopt()
    assert in_force("message_simple_limit", DAY).integer == 5


def test_settings_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "law.yaml"
    path.write_text("message_simple_limit: {value: 3, reason: 承诺, since: 2024-01-01}\n", encoding="utf-8")
    adopt(read_overrides(path))
    assert in_force("message_simple_limit", date(2023, 12, 31)).integer == 5
    assert in_force("message_simple_limit", DAY).integer == 3


def test_a_settings_file_that_lacks_a_reason_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "law.yaml"
    path.write_text("message_simple_limit: {value: 3}\n", encoding="utf-8")
    with pytest.raises(MalformedLaw, match="message_simple_limit needs `value` and `reason`"):
        read_overrides(path)
