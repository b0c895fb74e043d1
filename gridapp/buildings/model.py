"""The table of building records."""

from typing import NamedTuple

from peewee import BooleanField, CharField, DoubleField, ForeignKeyField, SmallIntegerField, TextField

from gridapp.areas.model import Area
from gridapp.store.record import Record


class Shape(NamedTuple):
    """What of a building's record tells which rooms it has; None where it does not say."""

    storeys: int | None = None
    entrances: int | None = None
    rooms_a_storey: int | None = None


class Building(Record):
    """A building of a grid, by the estate and the number or name that its households bear.

    ``building`` is written bare (see ``address.bare_building``), so that two spellings of one building share a record;
    ``rooms_a_storey`` counts the flats of one entrance; ``x`` and ``y`` tell where its middle is on the site plan, as
    shares of width and height from the top left. What is null nobody has said.
    """

    area = ForeignKeyField(Area, column_name="area", lazy_load=False, index=False)
    estate = CharField(default="")
    building = CharField(default="")
    storeys = SmallIntegerField(null=True)
    entrances = SmallIntegerField(null=True)
    rooms_a_storey = SmallIntegerField(null=True)
    lift = BooleanField(null=True)
    built_in = SmallIntegerField(null=True)
    property_company = CharField(default="")
    property_phone = CharField(default="")
    gas = BooleanField(null=True)
    note = TextField(default="")
    x = DoubleField(null=True)
    y = DoubleField(null=True)

    class Meta:
        table_name = "building"
        indexes = ((("area", "estate", "building"), True),)
