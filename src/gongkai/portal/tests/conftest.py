"""The portal with the organs of the district."""

import pytest
from django.conf import settings
from django.core.management import call_command

from gongkai.organisations import seeds, services


@pytest.fixture
def hongkou(db: None) -> None:
    services.import_organs(organs=seeds.read_organs(seeds.HONGKOU))


@pytest.fixture
def demo(db: None) -> None:
    """All that `seed_demo` loads: organs and annual reports."""
    for name, *words in settings.DEMO:
        call_command(name, *words, verbosity=0)
