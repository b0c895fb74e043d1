"""The table of site plans."""

from peewee import ForeignKeyField, SmallIntegerField

from gridapp.areas.model import Area
from gridapp.store.record import Record, UidField


class SitePlan(Record):
    """The picture of a grid or community, by its digest (see ``store.blobs``), with its size in pixels.

    Where the buildings stand on it, their records tell (see ``buildings.model``).
    """

    BLOBS = ("picture",)

    area = ForeignKeyField(Area, column_name="area", lazy_load=False, unique=True)
    picture = UidField()
    width = SmallIntegerField()
    height = SmallIntegerField()

    class Meta:
        table_name = "site_plan"
