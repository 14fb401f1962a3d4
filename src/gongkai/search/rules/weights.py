"""How much a word weighs where it stands: the same for every engine."""

TITLE, TITLE_PAIRS, BODY = 3.0, 1.0, 0.3
NUMBER, EXACT = 30.0, 40.0  # the very number, the very title
WHOLE = 2.0  # what was typed, as it was typed
