"""The acts of this context. Each is one transaction."""

from .receiving import Fault, Received, receive
from .validity import sweep

__all__ = ["Fault", "Received", "receive", "sweep"]
