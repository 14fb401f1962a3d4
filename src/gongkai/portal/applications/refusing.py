"""Refusals of acts, for who applied and for third parties, in the language of the page."""

from __future__ import annotations

from django.utils.translation import get_language, gettext, gettext_noop

from gongkai.workflow.rules import KeyReused, NotNow, NotYours, Refused, Stale

# What a refusal of a kind comes to, where the page is not in Chinese: its own sentence names states and roles.
KINDS: tuple[tuple[type[Refused], str], ...] = (
    (NotNow, gettext_noop("申请现在的状态不能办理这一事项，例如已经办结。请重新查询，按现在的状态办理。")),
    (Stale, gettext_noop("您打开页面之后，申请的情况有了变化。请重新查询，核对后再办理。")),
    (KeyReused, gettext_noop("这一次提交已经用过。请重新打开页面后再提交。")),
    (NotYours, gettext_noop("这一事项不由您办理。请用申请编号和查询码，或者征求意见书上的答复码重新进入。")),
)
# Sentences of the services that such a person may meet.
SENTENCES = (
    gettext_noop("您选择的机关已经不在名录中。请返回重新选择。"),
    gettext_noop("您的意见已经收到，不能再次提出。"),
    gettext_noop("本机关已经作出决定，不能再提出意见。认为公开侵犯您合法权益的，可以依法申请行政复议或者提起诉讼。"),
)
OTHER = gettext_noop("没有办理。机关的答复是：%(said)s")


def in_words(error: Refused) -> str:
    """A refusal as the person reads it: in Chinese its own sentence, else that of its kind."""
    said = str(error)
    if (get_language() or "").startswith("zh"):
        return said
    for kind, sentence in KINDS:
        if isinstance(error, kind):
            return gettext(sentence)
    return gettext(said) if said in SENTENCES else gettext(OTHER) % {"said": said}
