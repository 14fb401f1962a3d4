"""The portal with the organs of the district."""

import pytest

from gongkai.organisations import seeds, services
from gongkai.portal.tests.sample_data import load_public


@pytest.fixture
def hongkou(db: None) -> None:
    services.import_organs(organs=seeds.read_organs(seeds.HONGKOU))


@pytest.fixture
def demo(db: None) -> None:
    """The public part of what `seed_demo` loads: organs and annual reports."""
    load_public()
