"""Settings that belong to the register itself and travel with it."""

from peewee import CharField, TextField

from gridapp.store.record import Record


class Setting(Record):
    """One named value, as JSON text."""

    key = CharField(unique=True)
    value = TextField()

    class Meta:
        table_name = "setting"
