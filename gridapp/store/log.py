"""The two tables of the change log: a batch is what one user did in one go, a change is one field of one row."""

from peewee import SQL, AutoField, BigIntegerField, CharField, ForeignKeyField, Index, Model, TextField

from gridapp.ids import new_uid
from gridapp.store.record import UidField

INSERTED = "i"
UPDATED = "u"
DELETED = "d"


class Batch(Model):
    """What one user did in one go. The label and the actor stand here once and not on each of its changes."""

    id = AutoField()
    uid = UidField(unique=True, default=new_uid)
    hlc = BigIntegerField()
    actor = CharField()
    label = TextField()
    undoes = ForeignKeyField("self", column_name="undoes", null=True, lazy_load=False)

    class Meta:
        legacy_table_names = False
        table_name = "batch"


class Change(Model):
    """One insert, update or delete.

    ``kind`` ``i``: the row itself holds the values, so ``field``, ``old`` and ``new`` are null; ``u``: one field, both
    values as JSON; ``d``: ``old`` is the whole row as a JSON object.
    """

    seq = AutoField()
    batch = ForeignKeyField(Batch, column_name="batch", lazy_load=False)
    hlc = BigIntegerField()
    kind = CharField(max_length=1)
    record_table = CharField()
    record = UidField()
    field = CharField(null=True)
    old = TextField(null=True)
    new = TextField(null=True)

    class Meta:
        legacy_table_names = False
        table_name = "change"
        indexes = ((("record",), False),)


# By the household that a record was taken out of.
Change.add_index(Index("change_of_moved", Change, [Change.old], where=SQL("kind = 'u' AND field = 'household'")))
# By the household in ``old``, of deletions alone. How that is written differs by engine and stands in the migration.
Change.add_index(Index("change_of_deleted", Change, [SQL("old")], where=SQL("kind = 'd'")))
