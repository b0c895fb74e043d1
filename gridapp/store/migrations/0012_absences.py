"""When members of teams are away and who stands in for them; their party branches and skills."""

from peewee import CharField, DateField, ForeignKeyField, Model, SqliteDatabase, TextField

from gridapp.store.record import UidField


def up(migrator, db):
    sqlite = isinstance(db, SqliteDatabase)

    class Member(Model):
        uid = UidField(primary_key=True)

        class Meta:
            database = db
            table_name = "member"

    class Absence(Model):
        uid = UidField(primary_key=True)
        member = ForeignKeyField(Member, column_name="member", index=False)
        since = DateField()
        until = DateField(null=True)
        reason = CharField(default="")
        note = TextField(default="")

        class Meta:
            database = db
            without_rowid = sqlite
            table_name = "absence"
            indexes = ((("member", "since"), False),)

    db.create_tables([Absence])
    for table, column, kind in (
        ("member", "party_branch", "VARCHAR(255) NOT NULL DEFAULT ''"),
        ("member", "skills", "VARCHAR(255) NOT NULL DEFAULT ''"),
        ("service", "absence", f"{'BLOB' if sqlite else 'BYTEA'} REFERENCES absence (uid)"),
    ):
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column}" {kind}')
    db.execute_sql("CREATE INDEX service_area_role_until_since_member ON service (area, role, until, since, member)")
    db.execute_sql("CREATE INDEX service_absence ON service (absence) WHERE absence IS NOT NULL")
