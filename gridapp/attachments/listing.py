"""Reading what is attached to records."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from peewee import fn

from gridapp.attachments.model import Attachment
from gridapp.ids import Uid
from gridapp.store.register import Register


@dataclass(frozen=True)
class Attached:
    """An attachment, without its content (see ``store.contents``)."""

    uid: Uid
    name: str
    kind: str
    size: int
    width: int | None
    height: int | None
    digest: bytes
    thumbnail: bytes | None
    added_at: datetime.datetime
    note: str


def attached_to(register: Register, owner: Uid) -> list[Attached]:
    """What is attached to a record, in the order in which it was added."""
    columns = [Attachment.fields()[name] for name in Attached.__dataclass_fields__]
    query = Attachment.select(*columns).where(Attachment.owner == owner).order_by(Attachment.uid)
    return [Attached(*row) for row in register.all(query.tuples())]


def attached_to_each(register: Register, owners: Sequence[Uid]) -> dict[Uid, tuple[Attached, ...]]:
    """The same of some hundred records, in one query; those without any are left out."""
    columns = [Attachment.fields()[name] for name in Attached.__dataclass_fields__]
    query = Attachment.select(Attachment.owner, *columns).where(Attachment.owner.in_(list(owners)))
    found: dict[Uid, list[Attached]] = {}
    for owner, *row in register.all(query.order_by(Attachment.uid).tuples()):
        found.setdefault(bytes(owner), []).append(Attached(*row))
    return {owner: tuple(files) for owner, files in found.items()}


def counts(register: Register, owners: Sequence[Uid]) -> dict[Uid, int]:
    """How many attachments some hundred records have, in one query; those without any are left out."""
    query = Attachment.select(Attachment.owner, fn.COUNT(Attachment.uid)).where(Attachment.owner.in_(list(owners)))
    return dict(register.all(query.group_by(Attachment.owner).tuples()))
