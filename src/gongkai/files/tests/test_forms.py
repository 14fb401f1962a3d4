"""The field for uploads in a form: nothing good is ever chosen twice, nothing foreign comes in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from gongkai.audit.enums import ActorKind
from gongkai.audit.rules import Actor
from gongkai.files import services
from gongkai.files.forms import UploadField, token_of
from gongkai.files.models import File

from . import honest

pytestmark = pytest.mark.django_db


class Letter(forms.Form):
    """A form with another field that can be wrong."""

    name = forms.CharField()
    papers = UploadField(label="附件", most_files=3)


def sent(*uploads: tuple[str, bytes], **data: Any) -> Letter:
    values = MultiValueDict({key: value if isinstance(value, list) else [value] for key, value in data.items()})
    files: list[UploadedFile[Any]] = [SimpleUploadedFile(name, content) for name, content in uploads]
    return Letter(values, MultiValueDict({"papers": files}))


def token(form: Letter) -> str:
    found = re.search(r'name="papers-kept" value="([^"]+)"', str(form["papers"]))
    return found[1] if found else ""


def test_uploads_are_kept_as_drafts_and_given_away() -> None:
    form = sent(("甲.pdf", honest.pdf()), ("乙.png", honest.picture()), name="示例")
    assert form.is_multipart()
    assert form.is_valid()
    assert [(file.name, file.owner_kind) for file in form.cleaned_data["papers"]] == [
        ("甲.pdf", "draft"),
        ("乙.png", "draft"),
    ]


def test_what_was_uploaded_stays_when_another_field_is_wrong() -> None:
    first = sent(("甲.pdf", honest.pdf()), name="")
    assert not first.is_valid()
    page = str(first["papers"])
    assert "甲.pdf" in page
    assert 'type="file"' in page
    again = sent(name="示例", **{"papers-kept": token(first)})
    assert again.is_valid()
    assert [file.name for file in again.cleaned_data["papers"]] == ["甲.pdf"]
    assert File.objects.count() == 1


def test_a_bad_file_does_not_cost_the_good_ones() -> None:
    form = sent(("甲.pdf", honest.pdf()), ("乙.exe", b"MZ"), ("丙.pdf", b""), name="示例")
    assert not form.is_valid()
    first, second = map(str, form.errors["papers"])
    assert first.startswith("不接受扩展名为“.exe”的文件。")
    assert "空" in second
    assert "甲.pdf" in str(form["papers"])
    assert sent(name="示例", **{"papers-kept": token(form)}).is_valid()


def test_a_kept_upload_can_be_taken_away() -> None:
    form = sent(("甲.pdf", honest.pdf()), name="")
    form.is_valid()
    file = File.objects.get()
    again = sent(name="示例", **{"papers-kept": token(form), "papers-remove": [str(file.pk)]})
    assert not again.is_valid()
    assert again.errors["papers"] == ["请选择要上传的文件。"]


@pytest.mark.parametrize("forged", ["", "x", "WyJhIl0:1abc:def"])
def test_a_token_that_is_not_ours_names_nothing(forged: str) -> None:
    assert not sent(name="示例", **{"papers-kept": forged}).is_valid()


def test_a_token_never_names_what_is_no_draft() -> None:
    officer = Actor(ActorKind.USER, "7")
    file = services.keep(stream=honest.pdf(), name="甲.pdf", owner_kind="case", actor=officer)
    assert not sent(name="示例", **{"papers-kept": token_of([file])}).is_valid()


def test_too_many_are_refused_before_any_is_kept() -> None:
    form = sent(*[(f"{number}.pdf", honest.pdf()) for number in range(4)], name="示例")
    assert not form.is_valid()
    assert form.errors["papers"] == ["最多上传 3 个文件，请减少后再传。"]
    assert not File.objects.exists()


def test_a_name_cannot_break_the_page() -> None:
    form = sent(('"><script>alert(1)</script>.pdf', honest.pdf()), name="")
    form.is_valid()
    assert "<script>" not in str(form["papers"])


def test_a_form_without_the_field_is_told_in_the_readers_language() -> None:
    with translation.override("zh-hans"):
        form = Letter({"name": "示例"})
        assert not form.is_valid()
        assert form.errors["papers"] == ["请选择要上传的文件。"]
