"""What can go wrong when the law is asked, each said so that the asker can put it right."""

from collections.abc import Sequence


class LawError(Exception):
    """Any mistake in asking for, overriding or writing down a legal number."""


class UnknownParameter(LawError):
    """A name that no parameter has."""

    def __init__(self, name: str, near: Sequence[str]) -> None:
        self.name, self.near = name, tuple(near)
        hint = f" Near it: {', '.join(near)}." if near else " docs/law lists every name."
        super().__init__(f"No parameter of the law is called {name!r}.{hint}")


class BeforeTheLaw(LawError):
    """A day before the first value of a parameter."""


class WrongKind(LawError):
    """A value read as something it is not."""


class NotASetting(LawError):
    """An attempt to override what the law settles."""


class MalformedLaw(LawError):
    """The files of the law do not hold together; every problem found is listed."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  - {problem}" for problem in problems)
        super().__init__(f"The law cannot be read; put right:\n{lines}")
