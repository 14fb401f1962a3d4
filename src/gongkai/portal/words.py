"""Labels that pages show through a variable, listed so that the catalogue of translations holds them."""

from django.utils.translation import gettext_noop, pgettext_lazy

LABELS = (
    gettext_noop("机关"),
    gettext_noop("公开栏目"),
    gettext_noop("法定主动公开内容"),
    gettext_noop("年度报告"),
)
KINDS_OF_ORGAN = (
    pgettext_lazy("kind", "区人民政府"),
    pgettext_lazy("kind", "区政府部门"),
    pgettext_lazy("kind", "街道办事处"),
    pgettext_lazy("kind", "其他机关"),
)
