"""Applicants who send until they are answered, officers at the desk, cases that the worker handles, and disputes."""

from django.utils import timezone

from gongkai.applications import services
from gongkai.applications.models import Application
from gongkai.applications.selectors import BROUGHT
from gongkai.audit.rules import VISITOR
from gongkai.disputes.models import Dispute
from gongkai.files import services as files
from gongkai.workflow.models import Performed

from .tasks import handle
from .workload import BACKLOG, ORGAN, Work, send, waiting

CASES, WITHDRAWN, DISPUTES = "applications", "applications withdrawn", "disputes"
KIND = "provided"  # of the replies
NAME, PHONE = "示例申请人", "13800000000"
IN_COURT = ("accept", "answer", "conclude")
AT_THE_DESK = ("register", "decide", "pass_secrecy", "sign")
BY_WHOM = {"pass_secrecy": "reviewer", "sign": "chief"}


def see_through(work: Work, number: int) -> None:
    """One application, from its submission to its signature at the desk, or further by a task."""
    key = f"fault-run-submission-{number:05}"
    words, came_in = _application(number, key), Application.objects.filter(key=key)
    if number % 4 == 2:
        _withdrawn(work, number, key)
        return
    by_task = number % 3 == 0 and waiting(handle.module_path) < BACKLOG
    work.want(CASES, key)
    send(work, "/apply/", words, came_in)
    if number % 5 == 0:
        send(work, "/apply/", words, came_in)  # somebody presses the button twice
    if not by_task:
        work.want(CASES, key, *AT_THE_DESK)
        for act in AT_THE_DESK:
            _at_the_desk(work, key, act)
        if number % 4 == 1:
            _disputed(work, key, "upheld")
        return
    deliver = number % 24 == 0
    work.want(CASES, key, *AT_THE_DESK, *(("seal", "deliver") if deliver else ()))
    work.tasks.append(str(handle.enqueue(key, deliver=deliver).id))


def _withdrawn(work: Work, number: int, key: str) -> None:
    """Registered with what was brought, and taken back; some are handled anew because a decision says so."""
    work.want(CASES, key, "register", "withdraw")
    send(work, "/apply/", _application(number, key), Application.objects.filter(key=key))
    row = Application.objects.get(key=key)
    scan = f"{NAME} {PHONE} {number}".encode()
    files.keep(stream=scan, name="身份证明.txt", owner_kind=BROUGHT, owner_id=row.pk, actor=VISITOR, organ=ORGAN)
    _at_the_desk(work, key, "register")
    row.refresh_from_db()
    services.withdraw(application=row, key=f"{key}-withdraw", today=timezone.localdate())
    if number % 8 == 2:
        work.want(CASES, key, "reopen")
        _disputed(work, key, "corrected")
    else:
        work.want(WITHDRAWN, key)  # and will be old


def _disputed(work: Work, key: str, result: str) -> None:
    """A reply is attacked, and it ends one way or the other."""
    acts = (*IN_COURT, *(("redo",) if result == "corrected" else ()))
    name, number = f"{key}-dispute", Application.objects.values_list("number", flat=True).get(key=key)
    today = timezone.localdate().isoformat()
    days = dict.fromkeys(("filed_on", "accepted_on", "copy_on", "on", "result_on", "told_on"), today)
    words = {**days, "kind": "administrative_reconsideration", "authority": "示例复议机关", "cause": "content"}
    words |= {"procedure": "ordinary", "representative": "示例代理人", "result": result, "claim": f"{NAME}不服"}
    work.want(DISPUTES, name, *acts)
    found = Dispute.objects.filter(key=name)
    send(work, f"/workbench/disputes/of/{number}/open/", {**words, "key": name}, found, who="officer")
    for act in acts:
        row = found.get()
        done = Performed.objects.filter(flow="disputes", key=f"{name}-{act}")
        told = {**words, "key": f"{name}-{act}", "version": row.version}
        who = "office" if act == "redo" else "officer"
        send(work, f"/workbench/disputes/{row.pk}/do/{act}/", told, done, who=who)


def _application(number: int, key: str) -> dict[str, str]:
    return {
        "stage": "submit",
        "key": key,
        "organ": ORGAN,
        "description": f"示例事项{number}",
        "applicant_kind": "natural_person",
        "applicant_name": NAME,
        "identity_kind": "other",
        "identity_number": f"SAMPLE-{number:06}",
        "phone": PHONE,
        "email": "sample@example.com",
        "form": "electronic",
        "delivery": "online",
    }


def _at_the_desk(work: Work, key: str, act: str) -> None:
    row = Application.objects.get(key=key)
    today = timezone.localdate().isoformat()
    words = {"version": str(row.version), "key": f"{key}-{act}", "day": today, "kind": KIND, "ways": "随答复提供"}
    done = Application.objects.filter(key=key, version=row.version + 1)
    send(work, f"/workbench/applications/{row.number}/do/{act}/", words, done, who=BY_WHOM.get(act, "officer"))
