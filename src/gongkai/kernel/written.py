"""What is written in YAML: read by the parser in C where there is one, and safely either way.

Every program reads about a hundred such files when it starts, which takes the parser in Python seconds.
"""

from typing import Any

import yaml

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # PyYAML was built without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]

__all__ = ["SafeLoader", "from_yaml"]


def from_yaml(text: str) -> Any:
    """What a text in YAML says; `yaml.YAMLError` where it is none."""
    return yaml.load(text, Loader=SafeLoader)
