"""The table of attachments."""

from peewee import CharField, DateTimeField, IntegerField, TextField

from gridapp.store.record import Record, UidField


class Attachment(Record):
    """A file that belongs to a record: to the one with the uid ``owner`` in ``owner_table``.

    ``digest`` finds the file as it was handed over, ``thumbnail`` a small upright picture of it, if it is a picture
    (see ``store.contents``). ``kind`` is a media type, as the file's own bytes tell it; ``size`` counts bytes,
    ``width`` and ``height`` pixels of the picture as it is looked at. An owner's attachments go in the recording that
    it goes in (see ``attachments.changing.remove_with``), so that an undo brings back both.
    """

    CONTENTS = ("digest", "thumbnail")

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
        table_name = "attachment"
        indexes = ((("owner",), False),)
