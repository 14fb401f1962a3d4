"""The portal with the organs of the district."""

import pytest

from gongkai.organisations import seeds, services


@pytest.fixture
def hongkou(db: None) -> None:
    services.import_organs(organs=seeds.read_organs(seeds.HONGKOU))
