"""Uids that carry the time at which they were made."""

import datetime
import random

from gridapp.ids import SeededUids, made_at, new_uid


def test_a_uid_tells_when_it_was_made() -> None:
    made = made_at(new_uid())
    assert made is not None
    assert abs(made - datetime.datetime.now()) < datetime.timedelta(minutes=1)
    moment = datetime.datetime(2020, 8, 19, 10, 32)
    assert made_at(SeededUids(random.Random(1), round(moment.timestamp() * 1000))()) == moment


def test_a_uid_that_was_not_made_by_time_tells_none() -> None:
    assert made_at(bytes(16)) is None
    assert made_at(b"") is None
