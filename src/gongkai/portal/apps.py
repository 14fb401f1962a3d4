"""Wiring of the portal: what it puts into the frame of every page."""

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from gongkai.ui.navigation import Link, register_footer, register_main


class PortalConfig(AppConfig):
    name = "gongkai.portal"
    label = "portal"
    verbose_name = _("门户")

    def ready(self) -> None:
        _check_the_law()
        _register_sources()
        self._frame()

    def _frame(self) -> None:
        """The links above and below every page."""
        sections = (
            Link(_("公开指南"), "portal:guide", 10),
            Link(_("公开制度"), "portal:rules", 20),
            Link(_("法定主动公开内容"), "portal:contents", 30),
            Link(_("年度报告"), "reports:shelf", 40),
            Link(_("依申请公开"), "portal:apply", 50),
        )
        gazette = Link(_("政府公报"), "gazette:shelf", 7)
        register_main(
            Link(_("公文库"), "library:list", 5), gazette, *sections, Link(_("部门与街道"), "portal:organs", 60)
        )
        standards = Link(_("标准目录"), "standards:overview", 58)
        register_footer(_("政府信息公开"), Link(_("公文库"), "library:list", 5), gazette, *sections, standards)
        register_footer(
            _("机关"),
            Link(_("区政府各部门"), "portal:organs", 10, "#departments"),
            Link(_("各街道办事处"), "portal:organs", 20, "#sub-districts"),
        )
        register_footer(
            _("申请与监督"),
            Link(_("网上申请"), "apply:new", 5),
            Link(_("查询我的申请"), "apply:status", 7),
            Link(_("怎样申请"), "portal:apply", 10, "#what"),
            Link(_("答复期限"), "portal:apply", 20, "#limits"),
            Link(_("收费"), "portal:apply", 30, "#fees"),
            Link(_("复议和诉讼"), "portal:apply", 40, "#remedies"),
            Link(_("征求意见答复"), "apply:opinion", 50),
            Link(_("更正本人信息"), "apply:rectify", 60),
        )
        register_footer(
            _("帮助"),
            Link(_("搜索"), "portal:search", 10),
            Link(_("核验文书"), "portal:verify", 15),
            Link(_("联系我们"), "portal:contact", 20),
            Link(_("我为政府网站找错"), "portal:contact", 30, "#errors"),
            Link(_("无障碍说明"), "portal:accessibility", 40),
            Link(_("网站地图"), "portal:sitemap", 50),
        )


def _register_sources() -> None:
    """What the search finds of the portal, and what is suggested from it."""
    from gongkai.portal.applications import sources  # noqa: PLC0415 - its tables are there once the apps are
    from gongkai.portal.gazette import resolving  # noqa: PLC0415 - as above
    from gongkai.portal.search import sources as searched  # noqa: PLC0415 - as above

    sources.registered()
    resolving.registered()
    searched.registered()


def _check_the_law() -> None:
    """Pages may only name what the law has; a wrong name is told before anyone opens the page."""
    from gongkai.portal import documents  # noqa: PLC0415 - its values are words of pages, which need the settings
    from gongkai.statutes import LawError  # noqa: PLC0415

    try:
        documents.check()
    except LawError as error:
        raise ImproperlyConfigured(str(error)) from error
