"""Words of this context."""

from gongkai.kernel.labelled import Labelled


class ActorKind(Labelled):
    """Who did it."""

    USER = "user", "工作人员"
    APPLICANT = "applicant", "申请人"
    VISITOR = "visitor", "访问者"
    SYSTEM = "system", "系统"
