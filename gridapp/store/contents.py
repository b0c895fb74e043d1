"""Contents of attachments, kept once each and found by their digest, wherever the register has its place for them.

A register in a file has them in a folder beside it, so that it stays small and is quickly backed up; one on a server,
where nothing lies beside, in the table of blobs. A content is kept before the record that names it is committed: what a
crash leaves is at worst a content that nobody refers to, never a record without its content.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gridapp.store import blobs, content_folder
from gridapp.store.blobs import Blob, digest_of

if TYPE_CHECKING:
    from gridapp.store.register import Register

_NOT_KEPT = "没有存下"


def keep(register: "Register", content: bytes) -> bytes:
    """Keep a content and return its digest.

    Call it in the recording that writes the record, so that nobody clears it away before that is committed. What is
    large may be kept a first time before (see ``keep_ahead``), so that others do not wait for the disk meanwhile.

    Raises:
        UserError: it could not be written; nothing of it is left.
    """
    if register.path is None:
        digest, query = blobs.keeping(content)
        register.run(query)
        return digest
    digest, folder = digest_of(content), content_folder.beside(register.path)
    try:
        content_folder.put(folder, digest, content, content_folder.access(register.path))
    except OSError as error:
        raise content_folder.refusal(error, folder, _NOT_KEPT) from error
    return digest


def keep_ahead(register: "Register", content: bytes) -> None:
    """Bring a content to the disk before the recording that keeps it; on a server, that does all of it.

    Raises:
        UserError: it could not be written; nothing of it is left.
    """
    if register.path is not None:
        keep(register, content)


def read(register: "Register", digest: bytes) -> bytes | None:
    """The content with a digest, or None where it is missing.

    Raises:
        UserError: it is there and cannot be read.
    """
    if register.path is None:
        return blobs.read(register, digest)
    folder = content_folder.beside(register.path)
    try:
        return content_folder.read(folder, digest)
    except OSError as error:
        raise content_folder.refusal(error, folder, "读不出来") from error


def exists(register: "Register", digest: bytes) -> bool:
    """Whether a content is there, whole or not."""
    if register.path is None:
        return register.first(Blob.select(Blob.digest).where(Blob.digest == digest)) is not None
    return content_folder.place(content_folder.beside(register.path), digest).is_file()


def each(register: "Register") -> Iterator[bytes]:
    """The digests of all that is kept."""
    if register.path is None:
        return (digest for (digest,) in register.each(Blob.select(Blob.digest)))
    return content_folder.digests(content_folder.beside(register.path))
