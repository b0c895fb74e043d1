"""One node of the tree of areas."""

from enum import IntEnum

from peewee import CharField, ForeignKeyField, SmallIntegerField

from gridapp.store.record import Record


class Level(IntEnum):
    """Levels of the tree. The value orders them from the top."""

    DISTRICT = 1
    STREET = 2
    COMMUNITY = 3
    GRID = 4


CODE_LENGTHS = {Level.DISTRICT: 6, Level.STREET: 9, Level.COMMUNITY: 12, Level.GRID: 15}
"""Digits of an area code: county level by GB/T 2260, street by GB/T 10114, the rest in the same manner."""

LEVEL_NAMES = {Level.DISTRICT: "区", Level.STREET: "街道", Level.COMMUNITY: "社区", Level.GRID: "网格"}


class Area(Record):
    """An area; everything below it has a code that begins with its own."""

    level = SmallIntegerField()
    parent = ForeignKeyField("self", column_name="parent", null=True, lazy_load=False)
    code = CharField(max_length=15, unique=True)
    name = CharField()

    class Meta:
        table_name = "area"
