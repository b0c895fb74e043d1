"""Invented building records: what a grid worker would have noted of the buildings that were put up."""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from gridapp.demo.buildings import Standing
from gridapp.demo.words import load, pick
from gridapp.ids import Uid

COLUMNS = (
    *("uid", "area", "estate", "building", "storeys", "entrances", "rooms_a_storey", "lift", "built_in"),
    *("property_company", "property_phone", "gas", "note"),
)
_BUILT = {True: (2002, 2018), False: (1982, 2003)}
"""From when towers with lifts are, and the walk-ups before them."""
_NEEDS_LIFT = 6


def draw(
    seed: int, area: Uid, estate: str, standing: Sequence[Standing], new_uid: Callable[[], Uid]
) -> Iterator[Sequence[Any]]:
    """The records of buildings of one estate. Chance of its own, so that nothing else is drawn otherwise."""
    words = load("buildings")
    rng = Random(f"{seed}/{estate}/buildings")
    company = pick(rng, words["brands"].split()) + pick(rng, words["companies"].split())
    phone = f"022-2{rng.randrange(10**7):07}"
    tall = any(one.floors > _NEEDS_LIFT for one in standing)
    built = rng.randint(*_BUILT[tall])
    for one in standing:
        of_it = Random(f"{seed}/{estate}/{one.building}")
        lift = one.floors > _NEEDS_LIFT
        note = pick(of_it, words["notes"]) if of_it.random() < words["note_share"] else ""
        yield (
            *(new_uid(), area, estate, one.building, one.floors, one.entrances, one.a_landing, lift),
            *(built + of_it.randint(0, 2), company, phone, lift or of_it.random() < words["gas_share"], note),
        )
