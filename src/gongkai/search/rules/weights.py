"""How much a word weighs where it stands: the same for every engine."""

TITLE, BODY = 2.0, 1.0  # how much a word weighs where it stands
BOTH = 0.25  # of the lesser score, where a title has a word both as the dictionary cuts it and sign for sign
NUMBER, EXACT = 30.0, 40.0  # the very number, the very title
WHOLE = 1.0  # what was typed, as it was typed
ALL, LONE = 4.0, 8.0  # every word, where most of them would do; the only word, where a part of it would do
SOUND = 50.0  # a name that sounds like what was typed, before those that look like it


def of_phrase(weight: float, tokens: list[str]) -> float:
    """A phrase is worth one word. Engines add up the worth of its pairs, so that a long word would drown the others."""
    return weight / max(len(tokens), 1)
