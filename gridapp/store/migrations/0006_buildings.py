"""Building records, one a building of a grid; site plans, and the contents that records refer to by their digest."""

from peewee import (
    BooleanField,
    CharField,
    DoubleField,
    ForeignKeyField,
    Model,
    SmallIntegerField,
    SqliteDatabase,
    TextField,
)

from gridapp.store.record import UidField


def up(migrator, db):
    sqlite = isinstance(db, SqliteDatabase)

    class Area(Model):
        uid = UidField(primary_key=True)

        class Meta:
            database = db
            table_name = "area"

    class Building(Model):
        uid = UidField(primary_key=True)
        area = ForeignKeyField(Area, column_name="area", index=False)
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
            database = db
            without_rowid = sqlite
            table_name = "building"
            indexes = ((("area", "estate", "building"), True),)

    class SitePlan(Model):
        uid = UidField(primary_key=True)
        area = ForeignKeyField(Area, column_name="area", unique=True)
        picture = UidField()
        width = SmallIntegerField()
        height = SmallIntegerField()

        class Meta:
            database = db
            without_rowid = sqlite
            legacy_table_names = False
            table_name = "site_plan"

    class Blob(Model):
        digest = UidField(primary_key=True)
        content = UidField()

        class Meta:
            database = db
            table_name = "blob"

    db.create_tables([Building, SitePlan, Blob])
