"""Rotas hold their rules whoever is there, and whenever they are away."""

import datetime
from collections import Counter
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from gridapp.emergency.rota import Person, Span, draw, shifts

BEGIN = datetime.datetime(2026, 7, 20, 2, 0)


def hours(number: int) -> datetime.datetime:
    return BEGIN + datetime.timedelta(hours=number)


spans = st.tuples(st.integers(-10, 80), st.integers(1, 40)).map(lambda told: Span(hours(told[0]), hours(sum(told))))
people = st.lists(
    st.tuples(st.lists(spans, max_size=2).map(tuple), st.lists(spans, max_size=1).map(tuple)), max_size=7
).map(lambda told: [Person(bytes([number]), *both) for number, both in enumerate(told)])


@given(people, st.sampled_from((4, 6, 8, 12)), st.integers(1, 3), st.integers(1, 2), st.integers(1, 60))
def test_whoever_there_is_a_rota_keeps_its_rules(
    those: list[Person], length: int, places: int, seats: int, ahead: int
) -> None:
    turns = shifts(BEGIN, hours(ahead), length)
    where = list(range(places))
    rota = draw(those, turns, where, seats)
    by_key = {one.key: one for one in those}
    on: dict[Span, list[bytes]] = {}
    for one in rota.assignments:
        on.setdefault(one.shift, []).append(one.person)
        person = by_key[one.person]
        assert not any(one.shift.overlaps(other) for other in (*person.away, *person.busy))
    assert all(len(set(keys)) == len(keys) for keys in on.values()), "nobody is at two places at once"
    missing = sum(one.missing for one in rota.unfilled)
    assert len(rota.assignments) + missing == len(turns) * places * seats, "what is not filled is told"
    served = Counter(one.person for one in rota.assignments)
    for first, second in combinations(those, 2):
        if (first.away, first.busy) == (second.away, second.busy):
            assert abs(served[first.key] - served[second.key]) <= 1
    for before, after in pairwise(turns):
        twice = set(on.get(before, ())) & set(on.get(after, ()))
        for person in those if twice else ():
            is_free = not any(after.overlaps(other) for other in (*person.away, *person.busy))
            rested = person.key not in on.get(before, ()) and not any(after.touches(other) for other in person.busy)
            assert not (is_free and rested and person.key not in on[after]), "others could have served"
    assert draw(those, turns, where, seats) == rota


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from((4, 6, 8, 12, 24)), st.integers(1, 100))
def test_shifts_follow_each_other_and_change_at_the_same_hours(hour: int, minute: int, length: int, ahead: int) -> None:
    begin = datetime.datetime(2026, 7, 20, hour, minute)
    until = begin + datetime.timedelta(hours=ahead)
    found = shifts(begin, until, length)
    assert found[0].starts_at == begin and found[-1].ends_at >= until > found[-1].starts_at
    for before, after in pairwise(found):
        assert before.ends_at == after.starts_at
        assert (after.starts_at.hour - 8) % length == 0 and after.starts_at.minute == 0
    assert found[0].ends_at - begin >= datetime.timedelta(hours=1)


def test_a_rota_that_goes_on_minds_who_has_served() -> None:
    first, second = Person(b"a", served=1, busy=(Span(hours(-8), BEGIN),)), Person(b"b")
    rota = draw([first, second], [Span(BEGIN, hours(8)), Span(hours(8), hours(16))], ["grid"])
    assert [one.person for one in rota.assignments] == [b"b", b"a"]


def test_a_shift_says_on_which_day_it_ends() -> None:
    told = [Span(hours(begin), hours(end)).clock_text for begin, end in ((6, 14), (14, 22), (14, 30), (22, 46))]
    assert told == ["08:00–16:00", "16:00–24:00", "16:00–次日08:00", "00:00–24:00"]
