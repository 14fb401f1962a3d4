"""What is not sealed, in a sentence for the person who tried."""

from __future__ import annotations


def marked(sentence: str) -> str:
    """Marks a sentence for the catalogue of translations; it is translated where it is shown."""
    return sentence


class Refused(Exception):
    """A paper that is not sealed. `sentence` tells what happened and what to do; `values` stand in it.

    `str()` is the sentence in Chinese; a page translates `sentence` and puts the values in.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence % values if values else sentence)
        self.sentence = sentence
        self.values = values


class AlreadySealed(Refused):
    """The object has a sealed paper; `code` is that of its latest version."""

    def __init__(self, sentence: str, *, code: str, **values: object) -> None:
        super().__init__(sentence, **values)
        self.code = code


class SignerFailed(Refused):
    """The signer did not sign, or not as it should; nothing was sealed. `again`: trying later may help."""

    def __init__(self, sentence: str, *, again: bool = False, **values: object) -> None:
        super().__init__(sentence, **values)
        self.again = again
