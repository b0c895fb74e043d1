"""A folder of contents, each in a file named by its digest; a file is there whole or not at all, and never changes.

It lies beside the register, and beside each of its backups: since files never change, a backup takes hard links of them
where the file system knows these.
"""

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
import stat
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from gridapp.errors import UserError
from gridapp.progress import Progress, silent

PRIVATE = 0o600
"""Permissions of a file: nobody but its owner has to see what lies on record."""
_OURS = ".gridapp-"
_NO_SPACE = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_HEX_DIGITS = 2 * hashlib.sha256().digest_size


def beside(register: Path) -> Path:
    """Where the contents of a register, or of a copy of it, lie."""
    return register.with_name(register.name + ".files")


def place(folder: Path, digest: bytes) -> Path:
    """The file of a content, whether it is there or not."""
    name = digest.hex()
    return folder / name[:2] / name


def put(folder: Path, digest: bytes, content: bytes, mode: int = PRIVATE) -> None:
    """Write a content, unless it is there whole; when this returns, it outlives a power cut.

    Args:
        mode: permissions of the file; its folders may be entered by whom it lets read.

    Raises:
        OSError: it could not be written; nothing of it is left.
    """
    path = place(folder, digest)
    if _holds(path, content):
        with contextlib.suppress(OSError):
            os.utime(path)  # wanted anew: it is not to be taken for something left behind
    else:
        _make(path.parent, mode)
        with _aside(path, mode) as file:
            file.write(content)
    _sync(path.parent)  # also of what another process has only just put there


def read(folder: Path, digest: bytes) -> bytes | None:
    """A content, or None where it is not there."""
    try:
        return place(folder, digest).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def digests(folder: Path) -> Iterator[bytes]:
    """The digests of what is there, without a look at the files themselves."""
    for path in _files(folder):
        if len(path.name) == _HEX_DIGITS and path.name.startswith(path.parent.name):
            with contextlib.suppress(ValueError):
                yield bytes.fromhex(path.name)


def broken_off(folder: Path) -> Iterator[Path]:
    """Files of writers that died, or are still writing."""
    return (path for path in _files(folder) if path.name.startswith(_OURS))


def fill(target: Path, sources: Sequence[Path], wanted: Collection[bytes], progress: Progress = silent) -> list[Path]:
    """Bring contents into a folder, by hard links where that goes, and return the files that are new there.

    Args:
        sources: folders that may have them, the first that does is asked; what none has is left out.

    Raises:
        OSError: one could not be written; what had been brought is gone again.
    """
    there = set(digests(target))
    added: list[Path] = []
    try:
        missing = [digest for digest in wanted if digest not in there]
        for done, digest in enumerate(missing):
            progress(done, len(missing), "备份照片和文件")
            source = next((path for one in sources if (path := place(one, digest)).is_file()), None)
            if source is not None:
                path = place(target, digest)
                _make(path.parent, PRIVATE)
                _link_or_copy(source, path)
                added.append(path)
        for parent in {path.parent for path in added}:
            _sync(parent)
    except BaseException:
        drop(added)
        raise
    return added


def link(target: Path, source: Path, wanted: Collection[bytes]) -> list[Path]:
    """Bring contents into a folder by hard links, as far as that goes, and return the files that are new there."""
    added: list[Path] = []
    with contextlib.suppress(OSError):
        for digest in wanted:
            _make(place(target, digest).parent, PRIVATE)
            os.link(place(source, digest), place(target, digest))
            added.append(place(target, digest))
    return added


def drop(paths: Collection[Path]) -> None:
    """Remove files, and the folders that they leave empty; what is held by another program stays."""
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
    parents = {path.parent for path in paths}
    for folder in (*parents, *(parent.parent for parent in parents)):
        with contextlib.suppress(OSError):
            folder.rmdir()


def access(register: Path) -> int:
    """The permissions that contents get: a register that a group works with has its contents for the group."""
    try:
        return stat.S_IMODE(register.stat().st_mode) & 0o666
    except OSError:
        return PRIVATE


def refusal(error: OSError, folder: Path, what: str) -> UserError:
    """Why contents could not be written or read, and what to do about it.

    Args:
        what: what has not been done, as ``没有存下``.
    """
    if error.errno in _NO_SPACE:
        return UserError(f"磁盘空间不足，照片和文件{what}。请清理磁盘后重试。")
    if error.errno in _REFUSED:
        return UserError(f"照片和文件{what}：没有权限使用文件夹 {folder}。请检查它的权限后重试。")
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return UserError(f"照片和文件{what}：{folder} 这个位置被别的文件占用了。请移走它后重试。")
    return UserError(f"照片和文件{what}：{error.strerror or error}。请检查文件夹 {folder} 所在的磁盘后重试。")


def _files(folder: Path) -> Iterator[Path]:
    for below in sorted(folder.iterdir()) if folder.is_dir() else ():
        if below.is_dir():
            yield from sorted(below.iterdir())


def _holds(path: Path, content: bytes) -> bool:
    with contextlib.suppress(OSError):
        return path.stat().st_size == len(content) and path.read_bytes() == content
    return False


@contextlib.contextmanager
def _aside(path: Path, mode: int) -> Iterator:
    """A file under another name, which takes its place when all of it is on the disk."""
    temporary = path.with_name(f"{_OURS}{secrets.token_hex(6)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(temporary, flags, mode), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _link_or_copy(source: Path, path: Path) -> None:
    with contextlib.suppress(OSError):  # another disk, or a file system that has no links
        os.link(source, path)
        return
    with source.open("rb") as file, _aside(path, PRIVATE) as copy:
        shutil.copyfileobj(file, copy)


def _make(folder: Path, mode: int) -> None:
    """Make a folder of contents and the one within it; both have to be there after a power cut as well."""
    for one in (folder.parent, folder):
        if one.is_dir():
            continue
        entered = mode | (mode & 0o444) >> 2
        one.mkdir(entered, parents=True, exist_ok=True)
        with contextlib.suppress(OSError):  # the system may have taken permissions away, or know none
            one.chmod(entered)
        _sync(one.parent)


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return  # folders cannot be opened there, and the file system keeps its own journal
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
