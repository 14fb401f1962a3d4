"""The embedded engine: tantivy, an index in a folder, one program that writes and any number that read."""

from gongkai.search.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
