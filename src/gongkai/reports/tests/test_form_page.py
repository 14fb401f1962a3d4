"""The reference page names what the program names."""

from gongkai.reports.tests.form_page import PAGE, page


def test_the_page_holds_every_name() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m gongkai.reports.tests.form_page writes it again"
