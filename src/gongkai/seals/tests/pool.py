"""RSA keys for tests, made once in a process: to make one takes longer than most tests.

Within a test every key given is another. What factories keep from test to test is made apart, and is no other's either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from gongkai.seals.signing import certificates


class Pool:
    """Takes the place of the function that makes a key."""

    def __init__(self, make: Callable[[], RSAPrivateKey]) -> None:
        self.make, self.made, self.given, self.lock = make, list[RSAPrivateKey](), 0, Lock()

    def give(self) -> RSAPrivateKey:
        """A key that the test running was not given yet."""
        with self.lock:
            if self.given == len(self.made):
                self.made.append(self.make())
            self.given += 1
            return self.made[self.given - 1]

    def begin(self) -> None:
        """Another test begins: all may be given again."""
        self.given = 0


POOL = Pool(certificates._new_rsa)


@contextmanager
def apart() -> Iterator[None]:
    """What is made meanwhile has keys of its own, for it is kept from test to test."""
    before, certificates._new_rsa = certificates._new_rsa, POOL.make
    try:
        yield
    finally:
        certificates._new_rsa = before
