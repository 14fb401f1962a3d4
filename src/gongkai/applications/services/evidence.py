"""The evidence of one case is exported: a reading of personal data, recorded with its purpose, and proving itself."""

from __future__ import annotations

from django.db import transaction

from gongkai.applications import selectors
from gongkai.applications.flow import binding
from gongkai.applications.models import Application
from gongkai.applications.rules import evidence
from gongkai.audit import selectors as chain
from gongkai.audit import services as audit
from gongkai.seals.rules import Refused as NotSealed
from gongkai.workflow.rules import Doer, NotYours, Refused

from .letters import LETTER_TYPES, letter_file

EXPORTERS = frozenset({"officer", "disclosure_office", "legal_reviewer", "auditor"})


def export_evidence(*, application_id: int, by: Doer, purpose: str) -> bytes:
    """One ZIP with all of a case. Raises `Refused` without a purpose. Whether the doer may see the case is asked of
    `selectors.visible_to`.

    The letters are made before the transaction, for that takes a while; what they say cannot change meanwhile.
    """
    application = Application.objects.select_related("organ__parent").get(pk=application_id)
    organ = application.organ.code
    if not EXPORTERS & set(by.roles_in(organ)):
        raise NotYours("导出证据包须由承办人、工作机构负责人、法制审核员或者审计员办理。请转交有此职责的人员。")
    if application.forgotten_on:
        raise Refused(
            f"这一案卷的个人信息已经在 {application.forgotten_on} 到期处置，文书和附件不在了，证据包不能再导出。"
        )
    if not purpose.strip():
        raise Refused("请写明导出的目的，例如“提交行政复议答复”。导出会留痕。")
    letters = _letters(application)
    with transaction.atomic():
        files = {**selectors.evidence_files(application), **letters}
        digest = evidence.contents_digest(application.number, evidence.listed(files))
        audit.record(
            act=evidence.EXPORT,
            actor=by.actor_as(EXPORTERS, organ),
            organ=organ,
            object_kind=binding().kind,
            object_id=application.pk,
            purpose=purpose.strip()[:200],
            facts={"contents": digest, "files": len(files)},
        )
        links = list(chain.links_about(selectors.evidence_objects(application)))
        beside = chain.links_after(links)
        return evidence.pack(application.number, files, links=links, beside=beside, heads=chain.heads())


def _letters(application: Application) -> dict[str, evidence.Held]:
    found: dict[str, evidence.Held] = {}
    for letter in selectors.letters_of(application):
        try:
            made = {kind: letter_file(letter, kind) for kind in LETTER_TYPES}
        except NotSealed as error:
            raise Refused(str(error)) from error
        found.update(selectors.letter_files(letter, made))
    return found
