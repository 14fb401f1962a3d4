"""Labels that pages show through a variable, listed so that the catalogue of translations holds them."""

from django.utils.translation import gettext_noop

LABELS = (
    gettext_noop("区人民政府"),
    gettext_noop("区政府部门"),
    gettext_noop("街道办事处"),
    gettext_noop("其他机关"),
    gettext_noop("机关"),
    gettext_noop("公开栏目"),
    gettext_noop("法定主动公开内容"),
    gettext_noop("年度报告"),
)
