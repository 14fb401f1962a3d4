"""Words of this context."""

from gongkai.kernel.labelled import Labelled


class Carrier(Labelled):
    """公开渠道和载体：the twelve boxes of the national form, in its order."""

    WEBSITE = "website", "政府网站"
    GAZETTE = "gazette", "政府公报"
    SOCIAL_MEDIA = "social_media", "两微一端"
    CONFERENCE = "conference", "发布会/听证会"
    BROADCAST = "broadcast", "广播电视"
    PRESS = "press", "纸质媒体"
    READING_POINT = "reading_point", "公开查阅点"
    SERVICE_CENTRE = "service_centre", "政务服务中心"
    SERVICE_STATION = "service_station", "便民服务站"
    ON_SITE = "on_site", "入户/现场"
    NOTICE_BOARD = "notice_board", "社区/企事业单位公示栏（电子屏）"
    PUSH = "push", "精准推送"


class Audience(Labelled):
    """公开对象。"""

    SOCIETY = "society", "全社会"
    GROUPS = "groups", "特定群体"


class Way(Labelled):
    """公开方式。"""

    PROACTIVE = "proactive", "主动"
    ON_APPLICATION = "on_application", "依申请"


class Tier(Labelled):
    """公开层级。"""

    DISTRICT = "district", "区级"
    SUBDISTRICT = "subdistrict", "街镇级"


class Proof(Labelled):
    """What a row shows for itself: from what is really published, never from what somebody says."""

    GREEN = "green", "已公开"
    AMBER = "amber", "待更新"
    RED = "red", "未公开"
    ON_REQUEST = "on_request", "依申请提供"
