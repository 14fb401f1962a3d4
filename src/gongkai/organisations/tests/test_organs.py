"""Adding, renaming, importing and finding organs."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from gongkai.organisations import seeds, selectors, services
from gongkai.organisations.enums import OrganKind
from gongkai.organisations.models import FurtherName, Organ
from gongkai.organisations.services import NewOrgan

from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def hongkou() -> None:
    factories.hongkou()


def new(code: str = "sample", **changes: object) -> NewOrgan:
    values: dict[str, object] = {"code": code, "name": f"机关{code}", "short_name": code, "kind": OrganKind.OTHER}
    return NewOrgan(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.usefixtures("hongkou")
def test_the_district_has_29_departments_and_8_sub_districts() -> None:
    assert len(selectors.of_kind(OrganKind.DEPARTMENT, below="hongkou")) == 29
    assert [organ.short_name for organ in selectors.of_kind(OrganKind.SUB_DISTRICT_OFFICE, below="hongkou")] == [
        "欧阳路街道",
        "曲阳路街道",
        "广中路街道",
        "嘉兴路街道",
        "凉城新村街道",
        "四川北路街道",
        "北外滩街道",
        "江湾镇街道",
    ]


def test_the_directory_of_the_tests_is_what_an_import_leaves() -> None:
    def written() -> list[list[Any]]:
        names = FurtherName.objects.values("organ__code", "name", "kind", "valid_until")
        organs = Organ.objects.values(
            "parent__code", *(field.name for field in Organ._meta.fields if field.name not in {"id", "parent"})
        )
        return [list(organs.order_by("code")), list(names.order_by("organ__code", "name"))]

    factories.hongkou()
    found = written()
    Organ.objects.update(parent=None)
    Organ.objects.all().delete()
    services.import_organs(organs=seeds.read_organs(seeds.HONGKOU))
    assert found == written()
    assert len(found[0]) == 41


@pytest.mark.usefixtures("hongkou")
def test_importing_twice_changes_nothing() -> None:
    again = services.import_organs(organs=seeds.read_organs(seeds.HONGKOU))
    assert (again.added, again.changed, len(again.unchanged)) == ([], [], 41)


@pytest.mark.usefixtures("hongkou")
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("上海市虹口区人民政府", "hongkou"),
        ("虹口区人民政府", "hongkou"),
        ("上海市虹口区 环境保护局", "environment"),
        ("区财政局", "finance"),
        ("提篮桥街道", "north-bund"),
        ("上海市宝山区行政服务中心", "baoshan-service-centre"),
        ("上海市", "shanghai"),
    ],
)
def test_an_organ_is_found_by_full_short_and_former_name(name: str, code: str) -> None:
    organ = selectors.find_by_name(name)
    assert organ is not None
    assert organ.code == code


@pytest.mark.usefixtures("hongkou")
@pytest.mark.parametrize("name", ["", "  ", "不存在的机关"])
def test_an_unknown_name_finds_nothing(name: str) -> None:
    assert selectors.find_by_name(name) is None


@pytest.mark.usefixtures("hongkou")
def test_the_tree_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        (root,) = selectors.tree()
    assert root.organ.code == "shanghai"
    assert [node.organ.code for node in root.children] == ["hongkou", "baoshan"]
    assert len(root.children[0].children) == 37


def test_the_present_holder_of_a_name_comes_before_a_former_one() -> None:
    services.add_organ(organ=new("old", name="甲局", short_name="甲"))
    services.rename_organ(code="old", name="乙局", short_name="乙")
    services.add_organ(organ=new("heir", name="甲局", short_name="新甲"))
    found = selectors.find_by_name("甲局")
    assert found is not None
    assert found.code == "heir"


def test_a_renamed_organ_is_found_under_both_names() -> None:
    services.add_organ(organ=new("environment", name="环境保护局", short_name="环保局"))
    services.rename_organ(code="environment", name="生态环境局", short_name="生态环境局", until=date(2019, 1, 31))
    organ = selectors.by_code("environment")
    assert organ is not None
    assert selectors.former_names(organ) == ["环境保护局"]
    assert selectors.find_by_name("环境保护局") == organ == selectors.find_by_name("生态环境局")


def test_an_import_that_renames_keeps_the_former_name() -> None:
    services.import_organs(organs=[new(name="甲局")])
    report = services.import_organs(organs=[new(name="乙局")])
    assert report.changed == ["sample"]
    assert selectors.find_by_name("甲局") == selectors.find_by_name("乙局")


def test_an_abolished_organ_leaves_the_list_but_keeps_its_address() -> None:
    services.add_organ(organ=new("gone", valid_until=date(2020, 1, 1)))
    assert not selectors.organs(on=date(2020, 1, 2)).exists()
    assert selectors.by_code("gone") is not None


@pytest.mark.parametrize(
    ("organ", "complaint"),
    [
        (new("大写"), "不合规则"),
        (new(parent="nobody"), "上级机关"),
        (new(valid_from=date(2020, 1, 2), valid_until=date(2020, 1, 1)), "organ_days_in_order"),
    ],
)
def test_what_cannot_be_an_organ_is_refused_with_its_reason(organ: NewOrgan, complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        services.add_organ(organ=organ)


def test_a_code_in_use_is_refused() -> None:
    services.add_organ(organ=new())
    with pytest.raises(ValidationError, match="已被使用"):
        services.add_organ(organ=new())


def test_an_organ_cannot_stand_above_itself() -> None:
    services.import_organs(organs=[new("a"), new("b", parent="a")])
    with pytest.raises(ValidationError, match="循环"):
        services.import_organs(organs=[new("a", parent="b")])


def test_the_command_adds_an_organ_without_a_deploy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "more.yaml"
    file.write_text("organs:\n  - {code: x, name: 某局, short_name: 某局, kind: other}\n", encoding="utf-8")
    call_command("organs", "import", str(file))
    call_command("organs", "import", str(file))
    call_command("organs", "list")
    assert capsys.readouterr().out.splitlines() == [
        "新增 1，更新 0，未变 0",
        "新增 0，更新 0，未变 1",
        "x  某局",
    ]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[]", "organs"),
        ("organs:\n  - {code: x}", "缺少"),
        ("organs:\n  - {code: x, name: 某局, short_name: 某, kind: ministry}", "类别"),
        ("organs:\n  - {code: x, name: 某局, short_name: 某, kind: other, color: red}", "不认识"),
    ],
)
def test_a_wrong_file_is_refused_and_nothing_is_written(tmp_path: Path, content: str, complaint: str) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=complaint):
        call_command("organs", "import", str(file))
    assert not selectors.organs().exists()
