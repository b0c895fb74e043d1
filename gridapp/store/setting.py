"""Settings that belong to the register itself and travel with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peewee import CharField, TextField

from gridapp.store.record import Record

if TYPE_CHECKING:
    from gridapp.store.changes import Recording
    from gridapp.store.register import Register


class Setting(Record):
    """One named value, as JSON text."""

    key = CharField(unique=True)
    value = TextField()

    class Meta:
        table_name = "setting"


def stored(register: Register, key: str) -> str | None:
    """The text under a name; None where nobody has set it."""
    text: str | None = register.value(Setting.select(Setting.value).where(Setting.key == key))
    return text


def store(recording: Recording, key: str, value: str) -> bool:
    """Set the text under a name, and say whether it differs from what was there."""
    uid = recording.register.value(Setting.select(Setting.uid).where(Setting.key == key))
    if uid is not None:
        return recording.update(Setting, uid, {"value": value})
    recording.insert(Setting, key=key, value=value)
    return True


def remove(recording: Recording, key: str) -> bool:
    """Set nothing under a name any more, and say whether there was something."""
    uid = recording.register.value(Setting.select(Setting.uid).where(Setting.key == key))
    if uid is not None:
        recording.delete(Setting, uid)
    return uid is not None
