"""The uids of a long list in their order, in one piece of memory."""

from collections.abc import Iterable

from gridapp.ids import Uid

_SIZE = 16


class Order:
    """350,000 uids take 5.6 MB, where a list of them would take 23."""

    def __init__(self, uids: Iterable[Uid]) -> None:
        self._packed = b"".join(uids)

    def __len__(self) -> int:
        return len(self._packed) // _SIZE

    def is_like(self, other: "Order") -> bool:
        """Whether another holds the same uids in the same order."""
        return self._packed == other._packed

    def part(self, offset: int, limit: int) -> list[Uid]:
        """At most ``limit`` uids from a position on."""
        packed = self._packed[offset * _SIZE : (offset + limit) * _SIZE]
        return [packed[at : at + _SIZE] for at in range(0, len(packed), _SIZE)]

    def position_of(self, uid: Uid) -> int | None:
        """Where a uid stands, or None."""
        at = self._packed.find(uid)
        while at % _SIZE and at >= 0:  # bytes of two neighbours
            at = self._packed.find(uid, at + 1)
        return None if at < 0 else at // _SIZE
