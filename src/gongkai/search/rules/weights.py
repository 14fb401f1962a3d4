"""How much a word weighs where it stands: the same for every engine."""

TITLE, TITLE_PAIRS, BODY = 2.0, 1.0, 1.0  # how much a word weighs where it stands
NUMBER, EXACT = 30.0, 40.0  # the very number, the very title
WHOLE = 2.0  # what was typed, as it was typed
ALL = 8.0  # every word, where most of them would do
