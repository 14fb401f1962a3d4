"""Tables of this context, by noun. Private: come in by selectors and services. Who applies is encrypted at rest."""

from .alike import Band
from .applying import MailLink, SavedDraft, Suggestion, WrongTry
from .cases import REPLY_RUNS, Application, Imported, Serial, Step
from .course import Consultation, Fee, Letter, Reviewed
from .leaving import LetPass, Redaction, Screened
from .rectifying import Rectification
from .retention import Disposal, Disposed, DisposedRectification, Kept

__all__ = [
    "REPLY_RUNS",
    "Application",
    "Band",
    "Consultation",
    "Disposal",
    "Disposed",
    "DisposedRectification",
    "Fee",
    "Imported",
    "Kept",
    "LetPass",
    "Letter",
    "MailLink",
    "Rectification",
    "Redaction",
    "Reviewed",
    "SavedDraft",
    "Screened",
    "Serial",
    "Step",
    "Suggestion",
    "WrongTry",
]
