"""A hybrid logical clock: wall time where clocks agree, and never backwards where they do not."""

import threading
import time

_COUNTER_BITS = 16


class HybridClock:
    """Timestamps as 64-bit integers: milliseconds since 1970 in the upper 48 bits, a counter in the lower 16.

    Args:
        last: the largest timestamp already used in the register, so that a workstation whose clock was set back
            still stamps its changes after those it has seen.
    """

    def __init__(self, last: int = 0) -> None:
        self._last = last
        self._lock = threading.Lock()

    def tick(self) -> int:
        """A timestamp later than every one given out or observed before."""
        with self._lock:
            self._last = max(time.time_ns() // 1_000_000 << _COUNTER_BITS, self._last + 1)
            return self._last

    def observe(self, timestamp: int) -> None:
        """Take note of a timestamp made elsewhere."""
        with self._lock:
            self._last = max(self._last, timestamp)


def wall_time(timestamp: int) -> float:
    """Seconds since 1970 of a timestamp, to the millisecond."""
    return (timestamp >> _COUNTER_BITS) / 1000
