"""A year's cases are brought from a table: looked over first, then taken in. Templates to fill in."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gongkai.accounts.enums import Role
from gongkai.accounts.permissions import standing_of
from gongkai.applications import services
from gongkai.applications.rules.importing import COLUMNS
from gongkai.organisations import selectors as organisations
from gongkai.ui.http import read_only
from gongkai.workbench.rendering import desk_page
from gongkai.workflow.rules import Refused

LOOK, ALL, GOOD = "look", "all", "good"
SHOWN = 200  # faults on a page
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportForm(forms.Form):
    """Which organ's cases, which file, and what to do with it."""

    organ = forms.ChoiceField(label=gettext_lazy("机关"), error_messages={"required": gettext_lazy("请选择机关。")})
    file = forms.FileField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy("按模板填写的 CSV（UTF-8 或者 GB18030）或者 xlsx，最多两万行。"),
        error_messages={
            "required": gettext_lazy("请选择文件。重新提交时须再选一次。"),
            "empty": gettext_lazy("文件是空的。"),
        },
    )
    how = forms.ChoiceField(
        label=gettext_lazy("怎样办"),
        choices=[
            (LOOK, gettext_lazy("只核对，不导入")),
            (ALL, gettext_lazy("全部正确才导入")),
            (GOOD, gettext_lazy("导入正确的行，有错的行不导入")),
        ],
        initial=LOOK,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, organs: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["organ"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - declared above
        chosen.choices = [(one.code, one.name) for one in organisations.by_codes(sorted(organs)).values()]


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """The form; below it what came of the file, row by row where something is wrong."""
    by = standing_of(request)
    organs = by.organs_where(Role.DISCLOSURE_OFFICE)
    posted = request.method == "POST"
    form = ImportForm(request.POST if posted else None, request.FILES if posted else None, organs=organs)
    found: services.Outcome | None = None
    if posted and form.is_valid():
        how = form.cleaned_data["how"]
        try:
            found = services.bring_cases(
                organ=form.cleaned_data["organ"],
                data=form.cleaned_data["file"].read(),
                by=by,
                today=timezone.localdate(),
                dry=how == LOOK,
                good_rows_only=how == GOOD,
            )
        except Refused as error:
            form.add_error("file", str(error))
    return desk_page(
        request,
        "workbench/applications/import.html",
        title=_("导入历年申请"),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK,
        form=form,
        found=found,
        faults=found.faults[:SHOWN] if found else (),
        more=max(0, len(found.faults) - SHOWN) if found else 0,
        columns=COLUMNS,
    )


@read_only
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The headings with one row as a sample, as CSV or as a workbook."""
    made = TEMPLATES.get(kind)
    if made is None:
        raise Http404(_("模板有 csv 和 xlsx 两种。"))
    make, media_type = made
    response = HttpResponse(make(), content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="import-template.{kind}"'
    return response


def _csv() -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([[column.heading for column in COLUMNS], [column.sample for column in COLUMNS]])
    return out.getvalue().encode("utf-8-sig")


def _xlsx() -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - loading it takes a tenth of a second, which every start would pay
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has a sheet
    sheet.title = "申请"
    sheet.append([column.heading for column in COLUMNS])
    sheet.append([column.sample for column in COLUMNS])
    for place, column in enumerate(COLUMNS, 1):
        head, sample = sheet.cell(1, place), sheet.cell(2, place)
        head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True)
        sample.number_format = "@"
        sheet.column_dimensions[get_column_letter(place)].width = 40 if column.longest > 1000 else 20
    told = book.create_sheet("填写说明")
    for column in COLUMNS:
        told.append([column.heading, "必填" if column.required else "可空", column.how])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


TEMPLATES: dict[str, tuple[Callable[[], bytes], str]] = {
    "csv": (_csv, "text/csv; charset=utf-8"),
    "xlsx": (_xlsx, XLSX),
}
