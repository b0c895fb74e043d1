"""Contents too large for the change log, such as pictures: written once, never changed, found by their digest.

A record holds the digest, and so does the log: to undo, or to do again, is to write another digest. What no record
refers to any more stays, since an undo may bring it back.
"""

import hashlib
from typing import TYPE_CHECKING

import peewee
from peewee import Model

from gridapp.store.record import UidField

if TYPE_CHECKING:
    from gridapp.store.register import Register


class Blob(Model):
    """A content under its SHA-256."""

    digest = UidField(primary_key=True)
    content = UidField()

    class Meta:
        legacy_table_names = False
        table_name = "blob"


def keeping(content: bytes) -> tuple[bytes, peewee.Query]:
    """The digest of a content, and the statement that keeps it, once however often it is kept."""
    digest = digest_of(content)
    return digest, Blob.insert(digest=digest, content=content).on_conflict_ignore()


def read(register: "Register", digest: bytes) -> bytes | None:
    """The content with a digest."""
    return register.value(Blob.select(Blob.content).where(Blob.digest == digest))


def digest_of(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
