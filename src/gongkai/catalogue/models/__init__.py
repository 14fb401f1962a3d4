"""Tables of this context. Private: come in by selectors and services."""

from .batches import Batch
from .courses import Course, Pass
from .items import Attachment, IndexCounter, Item, Relation, Tag
from .revisions import Change, Revision

__all__ = ["Attachment", "Batch", "Change", "Course", "IndexCounter", "Item", "Pass", "Relation", "Revision", "Tag"]
