"""Speed of reading and checking annual reports, by format and in bulk, as ratios measured in one run.

`make bench` prints, for one report of the national form in each format, the time to read it, to check it, and how
that compares with only extracting the words by the library concerned; then the time to publish 1,000 reports.
"""

import io
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import docx
import pdfplumber
from bs4 import BeautifulSoup
from weasyprint import HTML

from gongkai.reports.reading.files import document_of, read_document
from gongkai.reports.reading.model import Reading
from gongkai.reports.rules.check import check_all
from gongkai.reports.tests.dirt import make_report, render

ROUNDS = 7
BULK = 1_000
RNG = random.Random  # seeded: the same reports every time


def report_html() -> str:
    """One report as a web page with merged cells."""
    made = render(make_report(RNG(1)), "html_table", [], RNG(1))
    text = made if isinstance(made, str) else made.decode()
    return f'<html lang="zh-CN"><head><style>body{{font-family:"Noto Sans CJK SC"}}td{{border:1px solid}}</style></head>{text}'


def report_docx(page: str) -> bytes:
    """The same as a Word file: paragraphs, and tables with merged cells."""
    soup = BeautifulSoup(page, "lxml")
    document = docx.Document()
    for element in soup.find_all(["h1", "h2", "p", "table"]):
        if element.name == "table":
            _docx_table(document, element)
        elif element.find_parent("table") is None:
            document.add_paragraph(element.get_text())
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _docx_table(document: docx.document.Document, table: object) -> None:
    rows = [[cell.get_text() for cell in row.find_all(["td", "th"])] for row in table.find_all("tr")]  # type: ignore[attr-defined]
    grid = document.add_table(rows=len(rows), cols=max(len(row) for row in rows))
    for place, row in enumerate(rows):
        cells = grid.rows[place].cells
        for cell, text in zip(cells[len(cells) - len(row) :], row, strict=True):
            cell.text = text


def words_only(media: str, data: bytes) -> None:
    """What the library alone takes to give up the words."""
    if media == "html":
        BeautifulSoup(data, "lxml").get_text()
    elif media == "docx":
        document = docx.Document(io.BytesIO(data))
        _ = [p.text for p in document.paragraphs]
        _ = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    elif media == "pdf":
        with pdfplumber.open(io.BytesIO(data)) as opened:
            _ = [page.extract_text() for page in opened.pages]
    else:
        data.decode()


def milliseconds(act: Callable[[], object]) -> float:
    """The median of several runs after one that does not count."""
    act()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def _read(media: str, data: bytes) -> list[Reading]:
    return read_document(document_of(f"report.{media}", data))


def formats() -> None:
    """One report in each format."""
    page = report_html()
    text = render(make_report(RNG(1)), "cells_by_line", [], RNG(1))
    files = {
        "text": text if isinstance(text, bytes) else text.encode(),
        "html": page.encode(),
        "docx": report_docx(page),
        "pdf": HTML(string=page).write_pdf(),
    }
    print(f"{'format':8} {'bytes':>9} {'read ms':>9} {'check ms':>9} {'words ms':>9} {'read/words':>11}")
    for media, data in files.items():
        document = document_of(f"report.{media}", data)
        readings = read_document(document)
        reading = milliseconds(partial(_read, media, data))
        checking = milliseconds(partial(check_all, readings))
        words = milliseconds(partial(words_only, media, data))
        ratio = "" if media == "text" else f"{reading / words:11.1f}"
        print(f"{media:8} {len(data):9,} {reading:9.1f} {checking:9.1f} {words:9.2f} {ratio:>11}")
    print("A PDF is read in a process of its own, with bounds on time and memory: its start is in the figure.")


def bulk() -> None:
    """1,000 reports published by one command into an empty database."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        files = []
        for n in range(BULK):
            made = render(make_report(RNG(n)), "cells_by_line", [], RNG(n))
            text = made.decode() if isinstance(made, bytes) else made
            path = Path(folder) / f"{n:04}.txt"
            path.write_text(
                f"示例市示例区第{n}街道办事处2023年政府信息公开工作年度报告\n{text.partition(chr(10))[2]}", "utf-8"
            )
            files.append(str(path))
        environment = os.environ | {"GONGKAI_ENV": "demo", "GONGKAI_DATA_DIR": f"{folder}/data", "DATABASE_URL": ""}
        command = [sys.executable, "-m", "gongkai"]
        subprocess.run([*command, "manage", "migrate", "-v0"], env=environment, check=True)
        for name, words in (("read and check", ["report", "audit"]), ("read, check, publish", ["report", "publish"])):
            start = time.perf_counter()
            done = subprocess.run([*command, *words, *files], env=environment, capture_output=True, check=False)
            seconds = time.perf_counter() - start
            print(f"{BULK:,} reports, {name}: {seconds:.1f} s, {BULK / seconds:.0f} a second (exit {done.returncode})")


def main() -> int:
    """Measure and print."""
    print(f"Machine: {os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}")
    print(f"Method: median of {ROUNDS} runs")
    formats()
    bulk()
    return 0


if __name__ == "__main__":
    sys.exit(main())
