"""Writing a file so that it is there whole or not at all."""

import contextlib
import errno
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from gridapp.errors import UserError

_NO_SPACE = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_OURS = ".gridapp-"
_ILLEGAL = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[1-9]|lpt[1-9])(\..*)?")
_LONGEST_NAME = 80
"""Characters of a file name without its ending: three bytes each in Chinese, and systems allow 255 bytes."""


@contextlib.contextmanager
def atomically(path: Path) -> Iterator[Path]:
    """A temporary file beside ``path`` that takes its place when the block ends well.

    If the block fails, the temporary file is removed and what was at ``path`` before is still there.

    Raises:
        UserError: the file cannot be written, because there is no space, no permission, or it is open elsewhere.
    """
    temporary = path.with_name(f"{_OURS}{secrets.token_hex(6)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))  # a folder, or a device that would be lost
        yield temporary
        temporary.replace(path)
    except OSError as error:
        raise refusal(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def together(folder: Path) -> Iterator[Path]:
    """A staging folder inside ``folder`` whose files take their places there when the block ends well.

    If the block fails, none of them does.

    Raises:
        UserError: a file cannot be written.
    """
    staging = folder / f"{_OURS}{secrets.token_hex(6)}"
    try:
        try:
            staging.mkdir(parents=True)
        except OSError as error:
            raise refusal(folder, error) from error
        yield staging
        _put_in_place(staging, folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _put_in_place(staging: Path, folder: Path) -> None:
    """Move every file into the folder; where one cannot be moved, those before it are taken back."""
    kept = staging / _OURS
    names = sorted(path.name for path in staging.iterdir())
    moved: list[str] = []
    for name in names:
        target = folder / name
        try:
            if target.is_file():
                kept.mkdir(exist_ok=True)
                shutil.copy2(target, kept / name)
            (staging / name).replace(target)
        except OSError as error:
            for earlier in moved:
                _take_back(folder / earlier, kept / earlier)
            raise refusal(target, error) from error
        moved.append(name)


def _take_back(target: Path, kept: Path) -> None:
    with contextlib.suppress(OSError):
        if kept.exists():
            kept.replace(target)
        else:
            target.unlink()


def refusal(path: Path, error: OSError) -> UserError:
    """Why a file could not be written and what to do about it."""
    if path.parent.name.startswith(_OURS):
        path = path.parent.parent / path.name  # people are told where it was to go
    kept = "原来的文件没有改动。" if path.exists() else ""
    if error.errno in _NO_SPACE:
        return UserError(f"磁盘空间不足，没有写成 {path}。请清理磁盘或换一个位置后重试。{kept}")
    if error.errno == errno.EFBIG:
        return UserError(f"没有写成 {path}：文件超过了这个磁盘允许的大小。请换一个位置，或分成较小的区域导出。{kept}")
    if error.errno in _REFUSED:
        if path.exists():
            return UserError(
                f"没有写成 {path}：文件可能正被其他程序打开，或没有写入权限。请关闭它或换一个位置后重试。{kept}"
            )
        return UserError(f"没有写成 {path}：没有写入权限。请换一个文件夹后重试。")
    if error.errno in (errno.ENOTDIR, errno.EEXIST, errno.EISDIR):
        return UserError(f"没有写成 {path}：同名的文件或文件夹占用了这个位置。请换一个位置后重试。")
    return UserError(f"没有写成 {path}：{error.strerror or error}。请换一个位置后重试。{kept}")


def safe_name(text: str) -> str:
    """A text as the name of a file, without its ending, that every system takes."""
    name = _ILLEGAL.sub("_", text).strip(" .")[:_LONGEST_NAME].rstrip(" .") or "_"
    return f"_{name}" if _RESERVED.fullmatch(name) else name
