"""Adding attachments to a record, renaming them, noting something about them, and taking them away."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gridapp.attachments.model import Attachment
from gridapp.attachments.preparing import Prepared, Source, cleaned_name, prepared, split_name
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store import contents
from gridapp.store.changes import Recording
from gridapp.store.register import Register

_CHUNK = 500


@dataclass(frozen=True)
class Added:
    """What came of adding files: what was done in words, what was added, and why others were refused."""

    label: str
    uids: tuple[Uid, ...]
    refused: tuple[str, ...]


def add(where: Register | Recording, owner_table: str, owner: Uid, source: Source | Prepared) -> Uid:
    """Attach a file to a record and return the uid of the attachment.

    Args:
        where: the recording that it is part of, or a register, in which it is a recording of its own.

    Raises:
        UserError: the file is refused (see ``preparing.prepared``), or there is no room for it; nothing is added.
    """
    file = source if isinstance(source, Prepared) else prepared(source)
    register = where.register if isinstance(where, Recording) else where
    with register.recording(f"添加{file.name}") as recording:
        return recording.insert(
            Attachment,
            owner_table=owner_table,
            owner=owner,
            name=file.name,
            kind=file.kind,
            size=len(file.content),
            width=file.width,
            height=file.height,
            digest=contents.keep(register, file.content),
            thumbnail=None if file.thumbnail is None else contents.keep(register, file.thumbnail),
            added_at=datetime.datetime.now().replace(microsecond=0),
            note=file.note,
        )


def add_files(recording: Recording, owner_table: str, owner: Uid, files: Sequence[Prepared]) -> None:
    """Attach files that were made ready to a record, in the recording that makes it.

    Raises:
        UserError: there is no room for them; nothing is added.
    """
    for file in files:
        add(recording, owner_table, owner, file)


def add_all(
    register: Register,
    owner_table: str,
    owner: Uid,
    sources: Sequence[Source],
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> Added:
    """Attach files to a record, all in one recording; one that is refused does not stop the others.

    Raises:
        Cancelled: the token was set; nothing is added.
        UserError: there is no room for them; nothing is added.
    """
    files, refused = prepare_all(sources, progress, cancel, lambda file: _keep_ahead(register, file))
    if not files:
        return Added("", (), refused)
    label = added_text(files)
    with register.recording(label) as recording:
        uids = tuple(add(recording, owner_table, owner, file) for file in files)
    return Added(label, uids, refused)


def prepare_all(
    sources: Sequence[Source],
    progress: Progress = silent,
    cancel: CancelToken | None = None,
    each: Callable[[Prepared], object] = lambda _file: None,
) -> tuple[list[Prepared], tuple[str, ...]]:
    """The files that can be attached, and why the others cannot.

    Args:
        each: called with each that can.
    """
    files: list[Prepared] = []
    refused: list[str] = []
    for position, source in enumerate(sources):
        if cancel is not None:
            cancel.check()
        name = cleaned_name(source.name if isinstance(source, Path) else source[0])
        progress(position, len(sources), f"添加 {name}")
        try:
            file = prepared(source)
        except UserError as error:
            refused.append(str(error))
            continue
        each(file)
        files.append(file)
    return files, tuple(refused)


def added_text(files: Sequence[Prepared]) -> str:
    """What was done, in words: the name of one, the number of several."""
    return f"添加{files[0].name}" if len(files) == 1 else f"添加{len(files)}个附件"


def rename(register: Register, uid: Uid, name: str) -> str:
    """Give an attachment another name, and return what was done, in words; its ending stays."""
    stored = _stored(register, uid)
    ending = split_name(stored.name)[1]
    cleaned = cleaned_name(name.strip().removesuffix(ending) + ending) if name.strip() else ""
    if not cleaned:
        raise UserError("请填写附件的名称。")
    label = f"附件改名为{cleaned}"
    with register.recording(label) as recording:
        recording.update(Attachment, uid, {"name": cleaned})
    return label


def describe(register: Register, uid: Uid, note: str) -> str:
    """Note something about an attachment, and return what was done, in words."""
    label = f"说明{_stored(register, uid).name}"
    with register.recording(label) as recording:
        recording.update(Attachment, uid, {"note": note.strip()})
    return label


def remove(register: Register, uids: Sequence[Uid]) -> str:
    """Take attachments away, and return what was done, in words. Their contents stay, for an undo."""
    names = register.all(Attachment.select(Attachment.name).where(Attachment.uid.in_(uids)).tuples())
    if not names:
        raise UserError("附件已被删除。")
    label = f"删除{names[0][0]}" if len(names) == 1 else f"删除{len(names)}个附件"
    with register.recording(label) as recording:
        for start in range(0, len(uids), _CHUNK):
            recording.delete_many(Attachment, uids[start : start + _CHUNK])
    return label


def remove_with(recording: Recording, owners: Sequence[Uid]) -> int:
    """Take away the attachments of records that are about to go, and return how many there were."""
    count = 0
    for start in range(0, len(owners), _CHUNK):
        query = Attachment.select(Attachment.uid).where(Attachment.owner.in_(owners[start : start + _CHUNK]))
        uids = [uid for (uid,) in recording.register.all(query.tuples())]
        for first in range(0, len(uids), _CHUNK):
            count += recording.delete_many(Attachment, uids[first : first + _CHUNK])
    return count


def _stored(register: Register, uid: Uid) -> Attachment:
    stored = register.first(Attachment.select().where(Attachment.uid == uid))
    if stored is None:
        raise UserError("附件已被删除。")
    return stored


def _keep_ahead(register: Register, file: Prepared) -> None:
    contents.keep_ahead(register, file.content)
    if file.thumbnail is not None:
        contents.keep_ahead(register, file.thumbnail)
