"""Reading that is given up: in time, without harm, and only where it was asked for."""

import pytest
from peewee import SQL, Select, fn

from gridapp.areas.model import Area
from gridapp.progress import CancelToken
from gridapp.register import Register
from gridapp.store.patience import GivenUp
from tests import factories as make

COUNTING = (
    "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {}) SELECT n FROM numbers"
)


def numbers(up_to: int) -> Select:
    """A question that takes as long as one likes."""
    return Select([SQL(f"({COUNTING.format(up_to)}) AS counted")], [fn.MAX(SQL("n"))])


def test_what_takes_too_long_is_given_up(engine_register: Register) -> None:
    with pytest.raises(GivenUp), engine_register.within(20):
        engine_register.value(numbers(30_000_000))


def test_what_is_answered_in_time_is_answered(engine_register: Register) -> None:
    with engine_register.within(60_000):
        assert engine_register.value(numbers(1_000)) == 1_000


def test_rows_that_are_fetched_one_by_one_are_given_up_too(engine_register: Register) -> None:
    with pytest.raises(GivenUp), engine_register.within(20):
        assert len(list(engine_register.column(Select([SQL(f"({COUNTING.format(30_000_000)}) AS c")], [SQL("n")]))))


def test_afterwards_one_waits_as_long_as_it_takes(engine_register: Register) -> None:
    make.make_grid(engine_register)
    with pytest.raises(GivenUp), engine_register.within(1):
        engine_register.value(numbers(30_000_000))
    assert engine_register.value(numbers(100_000)) == 100_000
    with engine_register.recording("改名") as recording:
        (uid,) = (uid for (uid,) in engine_register.all(Area.select(Area.uid).where(Area.code == make.GRID).tuples()))
        recording.update(Area, uid, {"name": "第九网格"})
    assert engine_register.value(Area.select(Area.name).where(Area.code == make.GRID)) == "第九网格"


def test_a_mistake_in_between_stays_a_mistake(engine_register: Register) -> None:
    with pytest.raises(ZeroDivisionError), engine_register.within(1_000):
        1 / 0  # noqa: B018


def test_what_nobody_waits_for_is_given_up(engine_register: Register) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(GivenUp), engine_register.unless(token):
        engine_register.value(numbers(1_000_000))


def test_what_somebody_waits_for_is_answered(engine_register: Register) -> None:
    with engine_register.unless(CancelToken()):
        assert engine_register.value(numbers(1_000)) == 1_000
