"""Copies of attachments for other programs: private ones to be looked at, and those that somebody wants to have."""

import contextlib
import tempfile
from functools import cache
from pathlib import Path

from exports.files import atomically, safe_name
from gridapp.attachments.preparing import name_to_open, split_name
from gridapp.errors import UserError
from gridapp.register import Register
from ui.attachments.items import Item, missing_text

_READ_ONLY = 0o400


def copy_to_open(item: Item, register: Register | None) -> Path:
    """Write a copy that lasts as long as the program runs, under a name by which the system knows the kind.

    It can only be read: what is changed in a copy would not be on record.

    Raises:
        UserError: the content is missing, or there is no room for a copy.
    """
    path = Path(tempfile.mkdtemp(dir=_folder().name)) / file_name(item)
    write_copy(item, register, path)
    with contextlib.suppress(OSError):
        path.chmod(_READ_ONLY)
    return path


def write_copy(item: Item, register: Register | None, path: Path) -> None:
    """Write a copy to where somebody wants to have it.

    Raises:
        UserError: the content is missing, or it cannot be written there.
    """
    content = item.content(register)
    if content is None:
        raise UserError(missing_text(item.name))
    with atomically(path) as temporary:
        temporary.write_bytes(content)


def file_name(item: Item) -> str:
    """What a copy is called."""
    stem, ending = split_name(name_to_open(item.name, item.kind))
    return safe_name(stem) + ending


@cache
def _folder() -> tempfile.TemporaryDirectory:
    # Readable by nobody else, and gone when the program is; what another program still holds stays.
    return tempfile.TemporaryDirectory(prefix="gridapp-", ignore_cleanup_errors=True)
