"""The figures that a person enters, as many fields as the form of the year has cells for them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.reports.enums import Measure
from gongkai.reports.rules.draft import entries

WITH_PLACES = {Measure.AMOUNT_TEN_THOUSAND_YUAN.value, Measure.AMOUNT_YUAN.value}
SIGNED = {Measure.CHANGE.value}
MOST = 10**11


class FiguresForm(forms.Form):
    """Table two; a field left blank stays blank in the report."""

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = entries(year)
        for entry in self.entries:
            self.fields[entry.name] = forms.DecimalField(
                label=f"{entry.row_label}：{entry.column_label}",
                required=False,
                min_value=-MOST if entry.column in SIGNED else 0,
                max_value=MOST,
                decimal_places=4 if entry.column in WITH_PLACES else 0,
                max_digits=16,
                error_messages={
                    "invalid": _("请填写数字。"),
                    "min_value": _("不能是负数。"),
                    "max_decimal_places": _("这一栏是件数，请填写整数；金额最多四位小数。"),
                },
            )

    def figures(self) -> dict[tuple[str, str], Decimal | None]:
        """(table-row, column) -> value, None where the field was left blank; only after `is_valid`."""
        return {(f"{entry.table}-{entry.row}", entry.column): self.cleaned_data[entry.name] for entry in self.entries}
