"""The files that were given with a reply go along to the library, unless they tell of somebody in the case."""

from __future__ import annotations

from gongkai.applications import selectors as applications
from gongkai.catalogue import services as catalogue
from gongkai.files.rules import Refused as Unreadable
from gongkai.files.selectors import File
from gongkai.promotions.models import Promotion
from gongkai.promotions.rules.fit import MOST_WORDS, keeps_back
from gongkai.screening import services as screening
from gongkai.workflow.rules import Refused

UNREADABLE = "不能读取，没有转入。请换一份后在公文库草稿中上传。"


def files_of(application: applications.Application) -> list[dict[str, str]]:
    """What is kept of each file that was given: its key, its digest, why it stays back. Reading them takes seconds each.

    A redacted file is given in its redacted copy; what it took the place of is none of these.
    """
    return [
        {"file": str(file.pk), "sha256": file.sha256, "stays": _stays(application, file)}
        for file in applications.given_files(application)
    ]


def going_along(row: Promotion) -> list[catalogue.Looked]:
    """The files that were shown to the reviewer as going along and still may, with what the library keeps of them."""
    shown = {(one["file"], one["sha256"]) for one in row.files if not one["stays"]}
    found = []
    for file in applications.given_files(row.application):
        if (str(file.pk), file.sha256) not in shown:
            continue
        if stays := _stays(row.application, file):
            raise Refused(f"随答复提供的文件在提出以后有了变化：{stays}请以“审查不通过”退回，由承办人重新提出。")
        found.append((file, catalogue.look_through(file)))
    return found


def _stays(application: applications.Application, file: File) -> str:
    try:
        words = screening.words_of(source=file, most=MOST_WORDS)
    except Unreadable:
        return UNREADABLE
    named = applications.names_in(application)
    return keeps_back(file.name, words, allowed=applications.published_of(application), named=named)
