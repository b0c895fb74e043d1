"""Identities of records: UUID version 7 (RFC 9562) as 16 bytes, made by the client, sorting by time of creation."""

import datetime
import random

import uuid_utils

Uid = bytes


def new_uid() -> Uid:
    """A uid that no other office can make."""
    return uuid_utils.uuid7().bytes


def uid_text(uid: Uid) -> str:
    """How a uid is written in JSON and on the command line: 32 hexadecimal digits."""
    return uid.hex()


def made_at(uid: Uid) -> datetime.datetime | None:
    """When a uid was made, in local time; None if it was not made by time."""
    if len(uid) != 16 or uid[6] >> 4 != 7:
        return None
    return datetime.datetime.fromtimestamp(int.from_bytes(uid[:6], "big") / 1000)


class SeededUids:
    """Uids that are the same for the same seed, for data that has to be reproducible.

    Args:
        rng: where the random bits come from.
        start_ms: the creation time of the first uid, in milliseconds since 1970.
    """

    def __init__(self, rng: random.Random, start_ms: int) -> None:
        self._rng = rng
        self._next = start_ms << 12

    def __call__(self) -> Uid:
        # The twelve bits behind the version serve as a counter, so uids of one source sort in the order they were made.
        ticks = self._next
        self._next += 1
        high = (ticks >> 12) << 16 | 0x7000 | (ticks & 0xFFF)
        low = 0b10 << 62 | self._rng.getrandbits(62)
        return (high << 64 | low).to_bytes(16, "big")
