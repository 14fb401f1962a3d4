"""Words of this context."""

from gongkai.kernel.labelled import Labelled


class Role(Labelled):
    """What a person does for an organ. A role is held through a duty, never by itself."""

    OFFICER = "officer", "承办人"
    SECTION_CHIEF = "section_chief", "科室负责人"
    DISCLOSURE_OFFICE = "disclosure_office", "政府信息公开工作机构负责人"
    SECRECY_REVIEWER = "secrecy_reviewer", "保密审查员"
    LEGAL_REVIEWER = "legal_reviewer", "法制审核员"
    COMPETENT_DEPARTMENT = "competent_department", "政府信息公开工作主管部门"
    OBSERVER = "observer", "政务公开观察员"
    AUDITOR = "auditor", "审计员"
    ADMINISTRATOR = "administrator", "系统管理员"


class Counted(Labelled):
    """What failures are counted at."""

    ACCOUNT = "account", "登录名"
    ADDRESS = "address", "网络地址"
    FACTOR = "factor", "第二验证因素"


class Change(Labelled):
    """What happened to the safety of an account; the person is told of each."""

    PASSWORD_CHANGED = "password_changed", "密码已修改"
    FIRST_PASSWORD_GIVEN = "first_password_given", "管理员重新发给了初始密码"
    FACTOR_ADDED = "factor_added", "设置了第二验证因素"
    FACTOR_REMOVED = "factor_removed", "停用了第二验证因素"
    FACTOR_RESET = "factor_reset", "管理员重置了第二验证因素"
    RECOVERY_CODES_MADE = "recovery_codes_made", "重新生成了恢复码"
    RECOVERY_CODE_USED = "recovery_code_used", "用一个恢复码登录"
