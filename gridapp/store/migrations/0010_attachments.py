"""Attachments: photographs and files that belong to a record, with their contents beside the register."""

from peewee import CharField, DateTimeField, IntegerField, Model, SqliteDatabase, TextField

from gridapp.store.record import UidField


def up(migrator, db):
    sqlite = isinstance(db, SqliteDatabase)

    class Attachment(Model):
        uid = UidField(primary_key=True)
        owner_table = CharField(max_length=40)
        owner = UidField()
        name = TextField()
        kind = CharField()
        size = IntegerField()
        width = IntegerField(null=True)
        height = IntegerField(null=True)
        digest = UidField()
        thumbnail = UidField(null=True)
        added_at = DateTimeField()
        note = TextField(default="")

        class Meta:
            database = db
            without_rowid = sqlite
            table_name = "attachment"
            indexes = ((("owner",), False),)

    db.create_tables([Attachment])
