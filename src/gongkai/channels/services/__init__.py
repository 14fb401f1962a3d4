"""The acts of this context. Each is one transaction."""

from .delivering import deliver
from .receiving import add_receiver, end_receiver, pause, renew_secret, resume, retry
from .stocking import push_stock, queue_stock
from .telling import changed, released

__all__ = [
    "add_receiver",
    "changed",
    "deliver",
    "end_receiver",
    "pause",
    "push_stock",
    "queue_stock",
    "released",
    "renew_secret",
    "resume",
    "retry",
]
