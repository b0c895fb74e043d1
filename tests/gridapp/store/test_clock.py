"""The hybrid clock never goes backwards, whatever the workstation's clock does."""

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from gridapp.store.clock import HybridClock, wall_time

nanoseconds = st.integers(0, 2**47 * 1_000_000)


@given(st.integers(0, 2**60), st.lists(st.one_of(nanoseconds, st.tuples(st.integers(0, 2**62))), max_size=40))
def test_every_stamp_is_later_than_all_before_it(last: int, events: list) -> None:
    clock = HybridClock(last)
    latest = last
    for event in events:
        if isinstance(event, tuple):  # a timestamp from another office
            clock.observe(event[0])
            latest = max(latest, event[0])
            continue
        with patch("time.time_ns", return_value=event):
            stamp = clock.tick()
        assert stamp > latest
        assert stamp >= event // 1_000_000 << 16
        latest = stamp


def test_a_stamp_tells_the_wall_time_to_the_millisecond() -> None:
    with patch("time.time_ns", return_value=1_598_781_600_123_456_789):
        assert wall_time(HybridClock().tick()) == 1_598_781_600.123
