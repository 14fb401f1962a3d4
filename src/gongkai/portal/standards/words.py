"""Labels that the pages show through a variable, listed so that the catalogue of translations holds them."""

from django.utils.translation import gettext_noop

LABELS = (
    gettext_noop("政府网站"),
    gettext_noop("政府公报"),
    gettext_noop("两微一端"),
    gettext_noop("发布会/听证会"),
    gettext_noop("广播电视"),
    gettext_noop("纸质媒体"),
    gettext_noop("公开查阅点"),
    gettext_noop("政务服务中心"),
    gettext_noop("便民服务站"),
    gettext_noop("入户/现场"),
    gettext_noop("社区/企事业单位公示栏（电子屏）"),
    gettext_noop("精准推送"),
    gettext_noop("全社会"),
    gettext_noop("特定群体"),
    gettext_noop("主动"),
    gettext_noop("依申请"),
    gettext_noop("区级"),
    gettext_noop("街镇级"),
    gettext_noop("已公开"),
    gettext_noop("待更新"),
    gettext_noop("未公开"),
    gettext_noop("依申请提供"),
)
