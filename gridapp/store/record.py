"""What every table of the register has in common."""

import datetime
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from peewee import DateField, DateTimeField, Field, ForeignKeyField, Model

from gridapp.ids import new_uid

if TYPE_CHECKING:
    from gridapp.store.changes import Recording


class UidField(Field):
    """16 bytes: BLOB on SQLite, BYTEA on PostgreSQL."""

    field_type = "BLOB"

    def python_value(self, value: Any) -> Any:
        return bytes(value) if value is not None else None


@dataclass(frozen=True)
class Derived:
    """A column that follows from others of the same row, so the change log leaves it out."""

    source: tuple[str, ...]
    compute: Callable[..., Any]


class Record(Model):
    """A row with an identity of its own. Models are never bound: a query names the register it runs on."""

    DERIVED: ClassVar[Mapping[str, Derived]] = {}
    BLOBS: ClassVar[Sequence[str]] = ()
    """Fields that hold the digest of a content (see ``store.blobs``)."""
    CONTENTS: ClassVar[Sequence[str]] = ()
    """Fields that hold the digest of a content beside the register, or nothing (see ``store.contents``)."""
    SEQUENCE: ClassVar[str | None] = None
    """The field that tells to what rows belong which build on each other, so that only the last is ever taken back."""
    GIVEN_ONCE: ClassVar[str | None] = None
    """A field like a number: a row that was taken back stays so once another has been given the same."""

    uid = UidField(primary_key=True, default=new_uid)

    class Meta:
        legacy_table_names = False

    @classmethod
    def table(cls) -> str:
        return cls._meta.table_name

    @classmethod
    def fields(cls) -> dict[str, Field]:
        return cls._meta.fields

    @classmethod
    def logged_fields(cls) -> list[str]:
        """Names of the fields whose values the change log keeps."""
        return [name for name in cls._meta.sorted_field_names if name != "uid" and name not in cls.DERIVED]

    @classmethod
    def derive(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """The derived columns of a row whose other columns are ``values``."""
        return {
            name: rule.compute(*(values.get(source) for source in rule.source)) for name, rule in cls.DERIVED.items()
        }

    @classmethod
    def refuse_contradictions(cls, recording: "Recording") -> None:
        """Refuse an undo after which rows contradict each other, though nobody has touched the same row since.

        Raises:
            UserError: they do; nothing is undone.
        """

    @classmethod
    def encode(cls, name: str, value: Any) -> Any:
        """A field's value as JSON can hold it."""
        if isinstance(value, bytes):
            return value.hex()
        if isinstance(value, datetime.date):  # datetime is one too
            return value.isoformat()
        return value

    @classmethod
    def decode(cls, name: str, value: Any) -> Any:
        """The inverse of ``encode``."""
        if value is None:
            return None
        field = cls._meta.fields[name]
        if isinstance(field, UidField | ForeignKeyField):
            return bytes.fromhex(value)
        if isinstance(field, DateTimeField):
            return datetime.datetime.fromisoformat(value)
        if isinstance(field, DateField):
            return datetime.date.fromisoformat(value)
        return value

    @classmethod
    def dump(cls, values: Mapping[str, Any]) -> str:
        """The logged fields of a row as one JSON object."""
        return json.dumps(
            {name: cls.encode(name, values[name]) for name in cls.logged_fields()}, ensure_ascii=False, sort_keys=True
        )

    @classmethod
    def load(cls, text: str) -> dict[str, Any]:
        """The inverse of ``dump``."""
        return {name: cls.decode(name, value) for name, value in json.loads(text).items()}
