"""Who is paired with which household; the credit code of an enterprise; indexes of such codes and of open issues."""

from peewee import DateField, ForeignKeyField, Model, SqliteDatabase, TextField

from gridapp.store.record import UidField


def up(migrator, db):
    # In SQL, since the migrator would copy the table into one that has rowids.
    db.execute_sql("ALTER TABLE household ADD COLUMN credit_code VARCHAR(255) NOT NULL DEFAULT ''")
    db.execute_sql("CREATE INDEX household_credit_code ON household (credit_code) WHERE credit_code <> ''")

    db.execute_sql("CREATE INDEX issue_open ON issue (area, level, registered_on) WHERE resolved_on IS NULL")

    class Household(Model):
        uid = UidField(primary_key=True)

        class Meta:
            database = db
            table_name = "household"

    class Member(Model):
        uid = UidField(primary_key=True)

        class Meta:
            database = db
            table_name = "member"

    class Pairing(Model):
        uid = UidField(primary_key=True)
        member = ForeignKeyField(Member, column_name="member")
        household = ForeignKeyField(Household, column_name="household")
        since = DateField()
        until = DateField(null=True)
        note = TextField(default="")

        class Meta:
            database = db
            without_rowid = isinstance(db, SqliteDatabase)
            table_name = "pairing"

    db.create_tables([Pairing])
    # One and the same pair is not made twice, whoever tries at the same time.
    db.execute_sql("CREATE UNIQUE INDEX pairing_open ON pairing (household, member) WHERE until IS NULL")
