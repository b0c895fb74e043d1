"""Work plans; roles, progress and recurrence of tasks; promises of pairings, and the contacts made in them."""

from peewee import CharField, DateField, ForeignKeyField, Model, SqliteDatabase, TextField

from gridapp.store.record import UidField


def up(migrator, db):
    sqlite = isinstance(db, SqliteDatabase)
    blob = "BLOB" if sqlite else "BYTEA"
    for table, column, kind in (
        ("pairing", "promises", "TEXT NOT NULL DEFAULT ''"),
        ("task", "role", "VARCHAR(32) NOT NULL DEFAULT ''"),
        ("task", "recurrence", "VARCHAR(16) NOT NULL DEFAULT ''"),
        ("task", "every", "SMALLINT NOT NULL DEFAULT 1"),
        ("task", "repeats_from", "DATE"),
        ("task", "series", blob),
        ("task", "progress", "SMALLINT NOT NULL DEFAULT 0"),
        ("task", "started_on", "DATE"),
        ("task", "cancelled_on", "DATE"),
        ("task", "note", "TEXT NOT NULL DEFAULT ''"),
    ):
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column}" {kind}')
    is_open = "done_on IS NULL AND cancelled_on IS NULL"
    db.execute_sql(f"CREATE INDEX task_open ON task (area, due_on) WHERE {is_open}")
    # Of what comes again, one occurrence at a time is to be done, whoever finishes the last at the same time.
    db.execute_sql(f"CREATE UNIQUE INDEX task_open_series ON task (series) WHERE series IS NOT NULL AND {is_open}")

    class Area(Model):
        uid = UidField(primary_key=True)

        class Meta:
            database = db
            table_name = "area"

    class WorkPlan(Model):
        uid = UidField(primary_key=True)
        area = ForeignKeyField(Area, column_name="area", unique=True)
        title = CharField()
        body = TextField(default="")
        since = DateField(null=True)
        note = TextField(default="")

        class Meta:
            database = db
            without_rowid = sqlite
            legacy_table_names = False
            table_name = "work_plan"

    class Pairing(Model):
        uid = UidField(primary_key=True)

        class Meta:
            database = db
            table_name = "pairing"

    class PairingContact(Model):
        uid = UidField(primary_key=True)
        pairing = ForeignKeyField(Pairing, column_name="pairing", index=False)
        contacted_on = DateField()
        how = CharField(default="")
        note = TextField(default="")

        class Meta:
            database = db
            without_rowid = sqlite
            legacy_table_names = False
            table_name = "pairing_contact"
            indexes = ((("pairing", "contacted_on"), False),)

    db.create_tables([WorkPlan, PairingContact])
