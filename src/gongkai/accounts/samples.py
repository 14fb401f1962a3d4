"""The people of the demo: one sample user for each role in each of three organs, none of them a real person."""

from __future__ import annotations

from dataclasses import dataclass

from .enums import Role


@dataclass(frozen=True)
class SamplePerson:
    """A sample user with one duty."""

    username: str
    name: str
    role: Role
    organ: str
    subtree: bool = False


# Organ code, short part of the sign-in name, and what tells the three apart in the name.
_ORGANS = (("district-office", "office", "甲"), ("development-reform", "reform", "乙"), ("ouyang-road", "ouyang", "丙"))
_NAMES = {
    Role.OFFICER: ("officer", "示例承办人"),
    Role.SECTION_CHIEF: ("chief", "示例科室负责人"),
    Role.DISCLOSURE_OFFICE: ("disclosure", "示例公开机构负责人"),
    Role.SECRECY_REVIEWER: ("secrecy", "示例保密审查员"),
    Role.LEGAL_REVIEWER: ("legal", "示例法制审核员"),
    Role.OBSERVER: ("observer", "示例观察员"),
    Role.AUDITOR: ("auditor", "示例审计员"),
    Role.ADMINISTRATOR: ("admin", "示例管理员"),
}


def sample_people() -> list[SamplePerson]:
    """Every sample user: each role in each organ, and two for the whole district."""
    people = [
        SamplePerson(f"{word}.{organ_word}", f"{name}{mark}", role, organ)
        for organ, organ_word, mark in _ORGANS
        for role, (word, name) in _NAMES.items()
    ]
    district = (
        SamplePerson("admin", "示例全区管理员", Role.ADMINISTRATOR, "hongkou", subtree=True),
        SamplePerson("competent", "示例主管部门人员", Role.COMPETENT_DEPARTMENT, "hongkou", subtree=True),
    )
    return [*district, *people]
