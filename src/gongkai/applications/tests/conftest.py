"""Whom most tests of applications act as."""

from __future__ import annotations

import pytest

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.applications.tests import factories


@pytest.fixture
def officer(db: None) -> Standing:
    """An officer of the sample organ, with the directory of organs."""
    factories.organs()
    return factories.holding(factories.person(), Role.OFFICER)


@pytest.fixture
def chief(officer: Standing) -> Standing:
    """The head of the officer's section."""
    return factories.holding(factories.person("示例科室负责人"), Role.SECTION_CHIEF)
