"""What is shown of personal data where they need not be read."""

import pytest

from gongkai.privacy import masking


@pytest.mark.parametrize(
    ("mask", "text", "shown"),
    [
        (masking.mask_name, "示例", "示*"),
        (masking.mask_name, "张某某", "张**"),
        (masking.mask_name, "欧阳某某", "欧阳**"),
        (masking.mask_name, "欧阳某", "欧阳*"),
        (masking.mask_name, "欧阳", "欧*"),
        (masking.mask_name, "张", "张*"),
        (masking.mask_name, "", ""),
        (masking.mask_name, "John Smith", "J*** S****"),
        (masking.mask_name, "阿卜杜·某某某", "阿**·某**"),
        (masking.mask_phone, "13812341234", "138****1234"),
        (masking.mask_phone, "+86 138-1234-1234", "138****1234"),
        (masking.mask_phone, "１３８１２３４１２３４", "138****1234"),
        (masking.mask_phone, "021-65121234", "021-****1234"),
        (masking.mask_phone, "02165121234", "021-****1234"),
        (masking.mask_phone, "65121234", "****1234"),
        (masking.mask_phone, "12345", "*****"),
        (masking.mask_phone, "", ""),
        (masking.mask_identity, "310109199001011234", "310***********1234"),
        (masking.mask_identity, "31010919900101123X", "310***********123X"),
        (masking.mask_identity, "310109900101123", "310********1123"),
        (masking.mask_identity, "E12345678", "*******78"),
        (masking.mask_identity, "1234", "****"),
        (masking.mask_email, "someone@example.com", "s***@example.com"),
        (masking.mask_email, "no address", "**********"),
        (masking.mask_email, "@example.com", "************"),
        (masking.mask_address, "上海市虹口区四川北路街道示例路1号201室", "上海市虹口区四川北路街道****"),
        (masking.mask_address, "上海市虹口区示例路1号", "上海市虹口区****"),
        (masking.mask_address, "江苏省昆山市示例路1号", "江苏省昆山市****"),
        (masking.mask_address, "示例路1号", "****"),
        (masking.mask_address, "", ""),
        (masking.mask_card, "6222 0202 0011 2345 678", "***************5678"),
        (masking.mask_card, "1234", "****"),
    ],
)
def test_each_kind_is_masked_by_its_own_measure(mask: object, text: str, shown: str) -> None:
    assert mask(text) == shown  # type: ignore[operator]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13812341234。", "电话138****1234。"),
        ("call +86 138 1234 1234 now", "call 138****1234 now"),
        ("座机021-65121234", "座机021-****1234"),
        ("身份证号310109199001011234，", "身份证号310***********1234，"),
        ("尾号31010919900101123x", "尾号310***********123x"),
        ("老证310109900101123", "老证310********1123"),
        ("写信给a.b+c@mail.example.com", "写信给a***@mail.example.com"),
        ("卡6222020200112345678", "卡***************5678"),
        ("卡6222 0202 0011 2345", "卡************2345"),
        ("第 20250915 号，共 12345 件", "第 20250915 号，共 12345 件"),
        ("sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", None),
        ("2026-11-24T02:15:37+08:00 took 1732435200123 ns", None),
        ("550e8400-e29b-41d4-a716-446655440000", None),
    ],
)
def test_free_text_is_masked_and_the_rest_stays(text: str, shown: str | None) -> None:
    assert masking.mask_text(text) == (text if shown is None else shown)


def test_numbers_in_full_width_are_masked_and_other_signs_keep_theirs() -> None:
    assert masking.mask_text("电话１３８００００００００，第２件（Ａ）") == "电话138****0000，第２件（Ａ）"
    assert masking.mask_text("证件３１０１０９１９９００１０１１２３Ｘ。") == "证件310***********123X。"
    assert masking.mask_text("邮箱ab＠example．com") == "邮箱a***@example.com"


def test_masking_a_long_hostile_text_takes_no_time() -> None:
    assert masking.mask_text("1" * 100_000 + "a@" * 50_000)
    assert masking.mask_address("区" * 10_000)
