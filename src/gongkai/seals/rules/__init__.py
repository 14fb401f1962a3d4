"""Which key may seal, what is said of a paper, where the seal goes, and how a code is written. Pure."""

from .refusals import AlreadySealed, Refused, SignerFailed

__all__ = ["AlreadySealed", "Refused", "SignerFailed"]
