"""Every household of an area with the people in it, one after the other in walking order, however many there are."""

import datetime
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import peewee
from peewee import JOIN

from gridapp.areas import tree
from gridapp.areas.model import Area, Level
from gridapp.households.model import Household, Resident
from gridapp.ids import Uid
from gridapp.store.register import Register


class Person(NamedTuple):
    """A resident of a household."""

    name: str
    relation: str
    sex: str
    birth_date: datetime.date | None
    id_number: str
    phone: str
    party_member: bool
    conditions: str


class Home(NamedTuple):
    """A household: ``area_code`` is its grid's, ``categories`` the mask of ``households.categories``."""

    uid: Uid
    area_code: str
    kind: str
    estate: str
    building: str
    entrance: str
    floor: str
    room: str
    head: str
    people: int | None
    phone: str
    categories: int
    emergency_contact: str
    credit_code: str
    note: str
    residents: tuple[Person, ...]


_OF_HOME = Home._fields[2:-1]
_FIRST_OF_PERSON = len(Home._fields) - 1
# Rows of NamedTuples, since at 900,000 of them the making of anything heavier is felt.


def homes(register: Register, code: str) -> Iterator[Home]:
    """The households of an area and below it, each read when it is asked for.

    All come from one statement, so they are what the register held at one moment, whatever is written meanwhile.
    """
    rows = register.each(household_rows(code))
    for _uid, group in groupby(rows, key=itemgetter(0)):
        lines = list(group)
        # Without residents there is still one line, with nothing in their columns.
        people = tuple(Person._make(line[_FIRST_OF_PERSON + 1 :]) for line in lines if line[_FIRST_OF_PERSON])
        yield Home._make((*lines[0][:_FIRST_OF_PERSON], people))


def household_rows(code: str) -> peewee.Select:
    """One row for each resident, and one for each household without any; who has left is not among them.

    Areas by code outside, addresses and residents inside: their indexes are in order, so only the people who
    share a household, and those at one address, are left to be sorted.
    """
    columns = [getattr(Household, name) for name in _OF_HOME]
    people = [getattr(Resident, name) for name in Person._fields]
    return (
        Area.select(Household.uid, Area.code, *columns, Resident.uid, *people)
        .join(Household, JOIN.CROSS)
        .join(Resident, JOIN.LEFT_OUTER, on=(Resident.household == Household.uid) & Resident.is_here())
        .where((Household.area == Area.uid) & tree.within(code) & (Area.level == int(Level.GRID)) & Household.is_here())
        .order_by(Area.code, Household.address_key, Household.uid, Resident.position, Resident.uid)
    )
