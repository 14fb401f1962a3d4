"""Words of this context with their Chinese labels. No Django here."""

from __future__ import annotations

from gongkai.kernel.labelled import Labelled


class OrganKind(Labelled):
    """机关类别."""

    DISTRICT_GOVERNMENT = "district_government", "区人民政府"
    DEPARTMENT = "department", "区政府部门"
    SUB_DISTRICT_OFFICE = "sub_district_office", "街道办事处"
    OTHER = "other", "其他机关"


class NameKind(Labelled):
    """名称类别：an organ's further names."""

    FORMER = "former", "曾用名"
    ALIAS = "alias", "别称"


class ApplicantKind(Labelled):
    """申请人类别：the six columns of table three of the national annual-report form, in its order."""

    NATURAL_PERSON = "natural_person", "自然人"
    COMMERCIAL_ENTERPRISE = "commercial_enterprise", "商业企业"
    RESEARCH_INSTITUTION = "research_institution", "科研机构"
    PUBLIC_WELFARE_ORGANISATION = "public_welfare_organisation", "社会公益组织"
    LEGAL_SERVICE_ORGANISATION = "legal_service_organisation", "法律服务机构"
    OTHER = "other", "其他"

    @property
    def is_natural_person(self) -> bool:
        return self is ApplicantKind.NATURAL_PERSON
