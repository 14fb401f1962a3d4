"""The portal with the organs of the district."""

import pytest

from gongkai.organisations.tests import factories as directory
from gongkai.portal.tests.sample_data import load_public


@pytest.fixture
def hongkou(db: None) -> None:
    directory.hongkou()


@pytest.fixture
def demo(db: None) -> None:
    """The public part of what `seed_demo` loads: organs and annual reports."""
    load_public()
