"""Declared data: every label may be translated."""

from gongkai.catalogue import wording
from gongkai.catalogue.rules import declared


def test_every_declared_label_is_known_to_the_translators() -> None:
    labels = {kind.label for kind in declared.kinds().values()}
    labels |= {*declared.themes().values(), *declared.features().values()}
    assert labels - set(wording.LABELS) == set()
    assert set(declared.genres().values()) - set(wording.GENRES) == set()
