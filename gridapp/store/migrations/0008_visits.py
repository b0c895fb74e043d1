"""What a visit brought to light and what is to be followed up; sheets that were printed to go from door to door."""

from peewee import CharField, DateField, Model, SqliteDatabase

from gridapp.store.record import UidField


def up(migrator, db):
    for column, kind in (
        ("needs", "TEXT NOT NULL DEFAULT ''"),
        ("follow_up", "TEXT NOT NULL DEFAULT ''"),
        ("follow_up_on", "DATE"),
        ("followed_up_on", "DATE"),
    ):
        db.execute_sql(f'ALTER TABLE "visit" ADD COLUMN "{column}" {kind}')
    db.execute_sql('CREATE INDEX "visit_visited_on" ON "visit" ("visited_on")')
    # Of the few alone that are still to be followed up.
    db.execute_sql(
        'CREATE INDEX "visit_to_follow_up" ON "visit" ("household", "follow_up_on") '
        "WHERE follow_up_on IS NOT NULL AND followed_up_on IS NULL"
    )

    class VisitSheet(Model):
        uid = UidField(primary_key=True)
        number = CharField()
        area_code = CharField(max_length=15)
        place = CharField(default="")
        made_on = DateField()
        due_by = DateField(null=True)
        households = UidField()

        class Meta:
            database = db
            without_rowid = isinstance(db, SqliteDatabase)
            legacy_table_names = False
            table_name = "visit_sheet"
            indexes = ((("number",), False),)

    db.create_tables([VisitSheet])
