"""Writing a large workbook, whole or not at all."""

import contextlib
import errno
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from lxml.etree import SerialisationError
from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from exports.files import atomically
from gridapp.progress import CancelToken


@contextlib.contextmanager
def writing(path: Path, cancel: CancelToken) -> Iterator[Workbook]:
    """A workbook in write-only mode that stands at ``path`` when the block ends well; else nothing of it is left.

    Rows go to a temporary file as they are appended, so memory does not grow with their number.

    Raises:
        UserError: it cannot be written.
        Cancelled: the token was set while it was being packed.
    """
    with atomically(path) as temporary:
        book = Workbook(write_only=True)
        try:
            yield book
            _save(book, temporary, cancel)
        except SerialisationError as error:
            raise _as_os_error(error) from error
        finally:
            _discard(book)


class _Watched(io.FileIO):
    """A file whose writing can be cancelled, since packing a district takes a while."""

    def __init__(self, path: Path, cancel: CancelToken) -> None:
        super().__init__(path, "w+")
        self._cancel = cancel

    def write(self, data: Any) -> int:
        self._cancel.check()
        return super().write(data)


def _save(book: Workbook, path: Path, cancel: CancelToken) -> None:
    book.properties.modified = datetime.now(UTC).replace(tzinfo=None)
    # Not Workbook.save, which leaves the file open behind it if it fails.
    with (
        contextlib.closing(_Watched(path, cancel)) as watched,
        io.BufferedRandom(watched) as file,
        ZipFile(file, "w", ZIP_DEFLATED) as archive,
    ):
        ExcelWriter(book, archive).save()


def _as_os_error(error: SerialisationError) -> OSError:
    """What lxml calls ``IO_ENOSPC``, as everybody else says it."""
    number = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
    return OSError(number, str(error))


def _discard(book: Workbook) -> None:
    """Remove the temporary files of sheets that were never packed; the others are gone."""
    for sheet in book.worksheets:
        writer = getattr(sheet, "_writer", None)
        if writer is not None and Path(writer.out).exists():
            with contextlib.suppress(SerialisationError, OSError):
                sheet.close()
            with contextlib.suppress(OSError):
                writer.cleanup()
