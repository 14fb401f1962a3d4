"""Fixtures of the library."""

import pytest

from gongkai.catalogue.tests.desk import Desk


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()
