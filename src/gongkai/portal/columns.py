"""栏目：the columns of the portal as the META tags name them, and the trail of crumbs to each page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongkai.ui.meta import Column, ColumnType
from gongkai.ui.navigation import Text, address_of

Crumbs = list[tuple[Text, str]]

HOME = Column(
    _("首页"), _("查找虹口区政府信息、年度报告和申请公开的办法。"), _("虹口区,政务公开,政府信息公开"), ColumnType.HOME
)
DISCLOSURE = Column(
    _("政府信息公开"),
    _("虹口区政府信息公开的五个固定栏目。"),
    _("政府信息公开,指南,制度,法定主动公开内容,年报,依申请公开"),
    ColumnType.DISCLOSURE,
)
GUIDE = Column(_("政府信息公开指南"), _("怎样查找和获取虹口区政府信息。"), _("公开指南"), ColumnType.DISCLOSURE)
RULES = Column(_("政府信息公开制度"), _("政府信息公开的依据和工作制度。"), _("公开制度"), ColumnType.DISCLOSURE)
CONTENTS = Column(_("法定主动公开内容"), _("依法应当主动公开的各项内容。"), _("主动公开"), ColumnType.DISCLOSURE)
APPLY = Column(_("依申请公开"), _("怎样申请公开政府信息。"), _("依申请公开"), ColumnType.DISCLOSURE)
PROMOTED = Column(
    _("依申请公开转主动公开"), _("依申请提供后转为主动公开的信息。"), _("转主动公开"), ColumnType.DISCLOSURE
)
COMPILATIONS = Column(_("依申请公开典型案例"), _("各年度依申请公开的典型案例。"), _("典型案例"), ColumnType.DISCLOSURE)
LIBRARY = Column(
    _("公文库"),
    _("各机关主动公开的文件和信息，按效力、类别、机关、主题和年度查找。"),
    _("公文,规范性文件,政策文件,主动公开"),
    ColumnType.DOCUMENTS,
)
GAZETTE = Column(
    _("政府公报"), _("虹口区人民政府公报：先行登载的文件和历年各期。"), _("政府公报,文件,出版"), ColumnType.DOCUMENTS
)
STANDARDS = Column(
    _("标准目录"), _("各领域应当公开的事项和公开情况。"), _("标准目录,基层政务公开"), ColumnType.DISCLOSURE
)
INDEX = Column(
    _("信息公开索引"),
    _("已公开信息的索引号、名称、内容概述和生成日期。"),
    _("信息公开索引,目录"),
    ColumnType.DISCLOSURE,
)
CLASS_CHANGES = Column(
    _("公文公开属性动态调整"), _("公开属性调整的文件和理由。"), _("公开属性,动态调整"), ColumnType.DISCLOSURE
)
DEADLINE = Column(
    _("期限怎么算"), _("按工作日历逐日计算答复等期限。"), _("答复期限,工作日,计算"), ColumnType.DISCLOSURE
)
VERIFY = Column(_("核验文书"), _("核验盖章文书的真伪。"), _("核验,电子印章,文书真伪"), ColumnType.DISCLOSURE)
SCREENS = Column(_("信息屏"), _("公共场所信息屏：最新公开的信息。"), _("信息屏,最新公开"), ColumnType.DOCUMENTS)
ORGANS = Column(_("部门与街道"), _("区政府各部门和各街道办事处的信息公开。"), _("部门,街道"), ColumnType.OVERVIEW)
SEARCH = Column(_("搜索"), _("搜索文件、机关、公开栏目和年度报告。"), _("搜索"), ColumnType.SEARCH)
SITEMAP = Column(_("网站地图"), _("本站全部页面。"), _("网站地图"), ColumnType.HELP)
ACCESSIBILITY = Column(_("无障碍说明"), _("显示方式、键盘操作和已知不足。"), _("无障碍,长者版"), ColumnType.HELP)
CONTACT = Column(_("联系我们"), _("联系方式和网站找错。"), _("联系,找错"), ColumnType.HELP)


def trail(*steps: tuple[Text, str]) -> Crumbs:
    """Crumbs from home down; a step's address is a URL name, the last has none."""
    return [(_("首页"), "/"), *((label, address_of(name) or "" if name else "") for label, name in steps)]
