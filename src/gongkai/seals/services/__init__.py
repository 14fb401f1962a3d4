"""Acts of this context: seal a paper; make, renew, register and revoke keys."""

from .forgetting import forget_contents
from .keys import (
    DAYS,
    NoSuchKey,
    Unusable,
    found_authority,
    make_key,
    register,
    renew,
    revoke,
    trust,
)
from .sealing import Sealed, check_of, new_code, seal, seal_paper

__all__ = [
    "DAYS",
    "NoSuchKey",
    "Sealed",
    "Unusable",
    "check_of",
    "forget_contents",
    "found_authority",
    "make_key",
    "new_code",
    "register",
    "renew",
    "revoke",
    "seal",
    "seal_paper",
    "trust",
]
