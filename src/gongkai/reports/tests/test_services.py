"""Publishing: once, again, corrected, refused, by two at once, and across a killed run."""

from __future__ import annotations

import dataclasses
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from gongkai.reports import services
from gongkai.reports.models import Report, ReportFinding, SourceText
from gongkai.reports.reading.files import document_of, read_document
from gongkai.reports.services import Refused
from gongkai.reports.shipped import shipped
from gongkai.reports.tests.factories import reading, text_of


def publish(text: str, *, replace: bool = False, name: str = "report.txt") -> list[services.Published]:
    document = document_of(name, text.encode())
    return services.publish_document(document=document, readings=read_document(document), replace=replace)


@pytest.mark.django_db
def test_a_published_report_keeps_its_text_its_figures_and_its_findings() -> None:
    (published,) = publish(text_of(said=9))
    report = Report.objects.get()
    assert published.outcome == "created"
    assert (report.new_received, report.carried_in, report.handled_total, report.carried_over) == (8, 2, 9, 1)
    assert report.source is not None
    wrong = ReportFinding.objects.get(holds=False, relation="R9")
    assert (wrong.left, wrong.right, wrong.severity) == ("9", "8", "error")
    assert "申请9件" in report.source.text[wrong.start : wrong.end]
    assert report.checked == ReportFinding.objects.count()


@pytest.mark.django_db
def test_publishing_the_same_document_again_changes_nothing() -> None:
    publish(text_of())
    before = list(Report.objects.values())
    assert [p.outcome for p in publish(text_of())] == ["unchanged"]
    assert list(Report.objects.values()) == before
    assert SourceText.objects.count() == 1


@pytest.mark.django_db
def test_other_figures_for_a_standing_report_are_refused_and_nothing_is_kept() -> None:
    publish(text_of(received=8))
    with pytest.raises(Refused, match="已经公布"):
        publish(text_of(received=18))
    assert SourceText.objects.count() == 1
    assert Report.objects.get().new_received == 8


@pytest.mark.django_db
def test_a_correction_counts_up_the_version_and_checks_again() -> None:
    publish(text_of(received=8, said=9))
    (published,) = publish(text_of(received=9), replace=True)
    report = Report.objects.get()
    assert (published.outcome, report.version, report.new_received) == ("replaced", 2, 9)
    assert not ReportFinding.objects.filter(relation="R9", holds=False).exists()


@pytest.mark.django_db
def test_a_text_with_the_same_figures_joins_a_report_that_was_only_figures() -> None:
    document = document_of("a.txt", text_of().encode())
    (found,) = read_document(document)
    services.publish_reading(reading=found, note="数据")
    (published,) = services.publish_document(document=document, readings=[found])
    report = Report.objects.get()
    assert published.outcome in {"unchanged", "text added"}
    assert report.version == 1


@pytest.mark.django_db
def test_next_years_report_is_checked_again_when_the_year_before_arrives() -> None:
    services.publish_reading(reading=reading(year=2023, carried_in=2))
    assert not ReportFinding.objects.filter(relation="R5").exists()
    services.publish_reading(reading=reading(year=2022, carried_in=0, received=12, granted=9, carried_over=3))
    wrong = ReportFinding.objects.get(relation="R5", holds=False, where__column="total")
    assert (wrong.report.year, wrong.left, wrong.right) == (2023, "3", "2")


@pytest.mark.django_db
@pytest.mark.parametrize(("organ", "year"), [("", 2023), ("示例局", None)])
def test_a_report_without_organ_or_year_is_refused(organ: str, year: int | None) -> None:
    with pytest.raises(Refused, match="没有认出"):
        services.publish_reading(reading=dataclasses.replace(reading(), organ=organ, year=year))


@pytest.mark.django_db(transaction=True)
def test_two_readers_of_the_same_file_at_once_publish_it_once() -> None:
    outcomes: list[str] = []
    failures: list[BaseException] = []

    def read_in() -> None:
        try:
            outcomes.extend(p.outcome for p in publish(text_of()))
        except BaseException as error:  # noqa: BLE001 - whatever the other reader makes of it
            failures.append(error)
        finally:
            connection.close()

    readers = [threading.Thread(target=read_in) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert failures == []
    assert sorted(outcomes) == ["created", "unchanged", "unchanged", "unchanged"]
    assert (Report.objects.count(), SourceText.objects.count()) == (1, 1)
    assert ReportFinding.objects.count() == Report.objects.get().checked


@pytest.mark.django_db
def test_the_carried_figures_load_and_their_findings_are_the_known_ones() -> None:
    for found, note in shipped():
        services.publish_reading(reading=found, note=note)
    counts = {r.slug: (r.errors, r.warnings) for r in Report.objects.all()}
    assert len(counts) == 7
    assert sorted(counts.values()) == [(0, 0), (0, 3), (1, 0), (1, 1), (3, 0), (4, 0), (4, 6)]


def _environment(folder: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI_", "DJANGO_", "DATABASE_URL"))}
    return {**kept, "GONGKAI_DATA_DIR": str(folder), "GONGKAI_ENV": "demo"}


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gongkai", *words],
        env=_environment(folder),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_killed_bulk_read_leaves_nothing_half_done_and_a_second_run_completes_it(
    tmp_path: Path, put_database: Callable[[Path], None]
) -> None:
    files = []
    for n in range(30):
        file = tmp_path / f"{n:03}.txt"
        file.write_text(text_of(organ=f"示例市示例区第{n}街道办事处"), "utf-8")
        files.append(str(file))
    data = tmp_path / "data"
    put_database(data)
    killed = subprocess.Popen(
        [sys.executable, "-u", "-m", "gongkai", "report", "publish", *files],
        env=_environment(data),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert killed.stdout is not None
    for _ in range(10):
        assert "已公布" in killed.stdout.readline()
    killed.send_signal(signal.SIGKILL)
    killed.wait(timeout=30)
    time.sleep(0.1)
    second = _run(data, "report", "publish", *files)
    assert second.returncode == 0, second.stderr
    assert 10 <= second.stdout.count("已经公布过") < 30
    assert "共 30 个文件，30 个完成，0 个未能公布" in second.stdout
    third = _run(data, "report", "publish", *files)
    assert third.stdout.count("已经公布过") == 30
    counted = _run(
        data,
        "manage",
        "shell",
        "-c",
        "from gongkai.reports.models import *; print('n', Report.objects.count(), SourceText.objects.count(),"
        " Report.objects.filter(checked=0).count())",
    )
    assert "n 30 30 0" in counted.stdout


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"year": 1949}, {"organ": "示例" * 60 + "局"}])
def test_an_implausible_year_or_name_is_refused_in_a_sentence(changes: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="不合理"):
        services.publish_reading(reading=dataclasses.replace(reading(), **changes))


@pytest.mark.django_db
def test_organs_outside_the_directory_each_have_an_address_of_their_own() -> None:
    names = [f"示例市示例区{word}街道办事处" for word in ("东", "西", "南", "北")]
    slugs = {services.publish_reading(reading=reading(organ=name)).report.slug for name in names}
    assert len(slugs) == 4
    assert all(re.fullmatch(r"organ-[0-9a-f]{10}-2023", slug) for slug in slugs)


@pytest.mark.django_db
def test_one_organ_is_one_on_the_shelf_however_its_name_is_printed() -> None:
    call_command("organs", "import", verbosity=0)
    for year, name in ((2021, "上海市虹口区财政局"), (2022, "虹口区财政局"), (2023, "上海市虹口区财政局")):
        services.publish_reading(reading=reading(organ=name, year=year))
    assert Report.objects.values("organ_key").distinct().count() == 1
    assert ReportFinding.objects.filter(relation="R5", where__column="total").count() == 2


@pytest.mark.django_db
def test_another_text_with_the_same_figures_does_not_take_the_place_of_a_published_one() -> None:
    publish(text_of())
    with pytest.raises(Refused, match="已经公布"):
        publish(text_of().replace("本机关", "本单位"))
    source = Report.objects.get().source
    assert source is not None
    assert "本机关" in source.text


@pytest.mark.django_db
def test_a_figure_larger_than_the_database_counts_stays_in_the_reading() -> None:
    huge = 3_000_000_000
    publish(text_of().replace("\n8\n", f"\n{huge}\n"))
    report = Report.objects.get()
    assert report.new_received is None
    assert any(f.value == huge for cells in report.figures.three.values() for f in cells.values())


def test_publishing_without_a_database_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(text_of(), "utf-8")
    done = _run(tmp_path / "data", "report", "publish", str(file))
    assert done.returncode == 2
    assert "gongkai manage migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_name_that_is_no_text_is_printed_and_published(tmp_path: Path, put_database: Callable[[Path], None]) -> None:
    data = tmp_path / "data"
    put_database(data)
    file = os.fsencode(tmp_path) + b"/\xc4\xea\xb1\xa8\x1b[31m.txt"
    Path(os.fsdecode(file)).write_text(text_of(), "utf-8")
    done = _run(data, "report", "publish", os.fsdecode(file))
    assert done.returncode == 0, done.stderr
    assert "已公布" in done.stdout
    assert "\x1b" not in done.stdout
