"""Wiring of the workbench context."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from gongkai.workbench.navigation import Item, register_desk

HANDLERS = frozenset(
    [
        "officer",
        "section_chief",
        "disclosure_office",
        "secrecy_reviewer",
        "legal_reviewer",
        "competent_department",
        "auditor",
    ]
)
COMPILERS = frozenset(["officer", "disclosure_office", "competent_department"])
EDITORS = frozenset(["officer", "disclosure_office"])
ADMINISTRATORS = frozenset(["administrator"])
WATCHERS = HANDLERS | ADMINISTRATORS
KEEPERS = frozenset(["officer", "disclosure_office", "auditor"])
DRAFTERS = frozenset(["officer", "section_chief", "disclosure_office", "competent_department", "auditor"])
COUNTERS = DRAFTERS | {"observer"}
COMPILERS = frozenset(["officer", "disclosure_office", "competent_department"])


class WorkbenchConfig(AppConfig):
    name = "gongkai.workbench"
    label = "workbench"
    verbose_name = _("工作台")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_desk(
            Item(_("我的任务"), "workbench:home", 0),
            Item(_("依申请公开"), "cases:queue", 10, HANDLERS),
            Item(_("公文库"), "desk-library:list", 8, HANDLERS),
            Item(_("复议与诉讼"), "disputes:list", 12, HANDLERS),
            Item(_("转主动公开"), "promotions:list", 14, HANDLERS),
            Item(_("案例选编"), "compilations:list", 16, COMPILERS),
            Item(_("发布渠道"), "channels:overview", 9, WATCHERS),
            Item(_("政府公报"), "desk-gazette:list", 17, COMPILERS),
            Item(_("标准目录"), "catalogues:list", 17, EDITORS),
            Item(_("案卷保存与处置"), "retention:list", 24, KEEPERS),
            Item(_("统计分析"), "analysis:page", 22, COUNTERS),
            Item(_("阅读与搜索统计"), "readership:overview", 23, DRAFTERS),
            Item(_("人员与职责"), "people:list", 80, ADMINISTRATORS),
            Item(_("年度报告"), "filings:shelf", 18, DRAFTERS),
            Item(_("年度报告草稿"), "drafts:choose", 20, DRAFTERS),
            Item(_("工作日历"), "calendar:year", 70),
            Item(_("站内信"), "inbox:list", 5),
            Item(_("投递记录"), "inbox:deliveries", 85, ADMINISTRATORS),
            Item(_("接口客户端"), "clients:list", 83, ADMINISTRATORS),
            Item(_("机关名录"), "administration:organs", 82, ADMINISTRATORS),
            Item(_("通知用语"), "administration:wordings", 84, frozenset(["administrator", "competent_department"])),
            Item(
                _("设置一览"),
                "administration:settings",
                86,
                frozenset(["administrator", "competent_department", "auditor"]),
            ),
            Item(_("留痕记录"), "trail:entries", 87, frozenset(["auditor", "administrator"])),
            Item(_("查找"), "workbench:search", 90),
            Item(_("快捷键"), "workbench:keys", 95),
        )
