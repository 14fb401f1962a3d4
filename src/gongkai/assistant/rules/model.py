"""The language model as the settings name it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class LanguageModel:
    """An OpenAI-compatible service: its base address, the model's name, its key, how long and how much at most."""

    url: str  # without a stroke at its end; /chat/completions is put behind it
    name: str
    key: str = field(default="", repr=False)
    seconds: int = 30  # that an officer waits, all tries together
    tokens: int = 2000  # of the answer
