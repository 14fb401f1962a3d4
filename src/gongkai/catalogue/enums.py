"""Words of this context with their Chinese labels. No Django here."""

from __future__ import annotations

from gongkai.kernel.labelled import Labelled


class State(Labelled):
    """条目的状态：the states of the flow in `data/flow.yaml`."""

    DRAFTING = "drafting", "起草中"
    SUBMITTED = "submitted", "待科室审核"
    IN_REVIEW = "in_review", "审查中"
    SCHEDULED = "scheduled", "待定时发布"
    PUBLISHED = "published", "已发布"
    FILED = "filed", "已登记（不主动公开）"
    WITHDRAWN = "withdrawn", "已撤回"
    ARCHIVED = "archived", "已归档"
    REMOVED = "removed", "已移除"
    CONSOLIDATED = "consolidated", "已合并"
    ABANDONED = "abandoned", "已放弃"


# What everybody may see; what was public once and now answers with its reason; what has legal effect on others.
PUBLIC = (State.PUBLISHED.value, State.WITHDRAWN.value, State.ARCHIVED.value)
GONE = (State.REMOVED.value, State.CONSOLIDATED.value)
EFFECTIVE = (*PUBLIC, State.CONSOLIDATED.value)
IN_THE_MAKING = (State.DRAFTING.value, State.SUBMITTED.value, State.IN_REVIEW.value, State.SCHEDULED.value)


class DisclosureClass(Labelled):
    """公开属性."""

    PROACTIVE = "proactive", "主动公开"
    ON_APPLICATION = "on_application", "依申请公开"
    WITHHELD = "withheld", "不予公开"


class Level(Labelled):
    """层级：whose document it is."""

    NATIONAL = "national", "国家"
    CITY = "city", "上海市"
    DISTRICT = "district", "虹口区"
    SUBDISTRICT = "subdistrict", "街道"


class Audience(Labelled):
    """面向对象."""

    ENTERPRISES = "enterprises", "企业"
    RESIDENTS = "residents", "居民"
    STUDENTS = "students", "学生和家长"
    ELDERLY = "elderly", "老年人"
    DISABLED = "disabled", "残疾人"
    VETERANS = "veterans", "退役军人"
    WORKERS = "workers", "劳动者"
    ORGANISATIONS = "organisations", "社会组织"
    ORGANS = "organs", "行政机关"


class Language(Labelled):
    """语种."""

    CHINESE = "zh-hans", "中文"
    ENGLISH = "en", "English"
    JAPANESE = "ja", "日本語"
    KOREAN = "ko", "한국어"


class Validity(Labelled):
    """效力：derived from dates and relations, never typed."""

    IN_FORCE = "in_force", "现行有效"
    AMENDED = "amended", "已修改"
    REPEALED = "repealed", "已废止"
    LAPSED = "lapsed", "已失效"
    NOT_YET_IN_FORCE = "not_yet_in_force", "尚未施行"
    NOT_APPLICABLE = "not_applicable", "不适用"


class RelationKind(Labelled):
    """关联：what this item does to another."""

    REPEALS = "repeals", "废止"
    AMENDS = "amends", "修改"
    REPLACES = "replaces", "代替"
    IMPLEMENTS = "implements", "实施"
    INTERPRETS = "interprets", "解读"
    LAPSES = "lapses", "宣布失效"

    @property
    def passive(self) -> str:
        """What was done to the other, seen from there."""
        return {"repeals": "废止于", "amends": "修改于", "replaces": "由其代替", "lapses": "宣布失效于"}.get(
            self.value, {"implements": "实施文件", "interprets": "政策解读"}.get(self.value, "")
        )


# What ends another, or makes it another.
DEEDS = (
    RelationKind.REPEALS.value,
    RelationKind.REPLACES.value,
    RelationKind.LAPSES.value,
    RelationKind.AMENDS.value,
)


class ChangeKind(Labelled):
    """公开的变更记录：what everybody is told of an item."""

    RELEASED = "released", "公开发布"
    CORRECTED = "corrected", "修订"
    WITHDRAWN = "withdrawn", "撤回"
    RESTORED = "restored", "恢复"
    ARCHIVED = "archived", "归档"
    REMOVED = "removed", "移除"
    CONSOLIDATED = "consolidated", "合并"
    RECLASSIFIED = "reclassified", "公开属性调整"
    REASSESSED = "reassessed", "定期评估审查"
    VALIDITY = "validity", "效力变更"


class Review(Labelled):
    """发布前的审查."""

    SECRECY = "secrecy", "保密审查"
    LEGALITY = "legality", "合法性审核"
    COORDINATION = "coordination", "公开规定协调性审核"


class BatchState(Labelled):
    """批量起草的状态：how far a table that somebody handed in has come."""

    WAITING = "waiting", "核对中"
    UNREADABLE = "unreadable", "读不了"
    CHECKED = "checked", "待确认"
    TAKING = "taking", "导入中"
    DONE = "done", "已导入"
    DISCARDED = "discarded", "已放弃"


class Size(Labelled):
    """修订的大小."""

    MINOR = "minor", "文字更正（不影响内容）"
    MAJOR = "major", "内容修改"
