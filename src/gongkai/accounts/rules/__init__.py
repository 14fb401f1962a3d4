"""The rules of this context, by noun: standing, delegation, tries, sessions, words. Pure."""

from .standing import NOBODY, Held, Standing, expand
from .words import clean_line, is_local_path, is_username

__all__ = ["NOBODY", "Held", "Standing", "clean_line", "expand", "is_local_path", "is_username"]
