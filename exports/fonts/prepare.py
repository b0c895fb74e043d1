"""Regular and Bold of the packaged Noto Sans SC, made once for each user from the variable typeface."""

import multiprocessing
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import metadata, util
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from exports.files import atomically
from gridapp.errors import UserError
from gridapp.places import cache_folder
from gridapp.progress import CancelToken, Progress, silent

FAMILY = "Noto Sans SC"
_PACKAGE = "justmytype-intl-cjk"
_VARIABLE = "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
_RECIPE = 1
"""Counts up when what is made of the typeface changes, so that files of an older recipe are not taken."""

_WEIGHTS = {"Regular": 400, "Bold": 700}
_LOOK_EVERY = 0.2


@dataclass(frozen=True)
class FontFiles:
    """The two faces as TrueType files; both belong to the family ``FAMILY``."""

    regular: Path
    bold: Path


def font_files(progress: Progress = silent, cancel: CancelToken | None = None) -> FontFiles:
    """The prepared faces, made now if that was never done (about 20 s on two processors, else at once).

    Raises:
        UserError: the typeface is not installed, or the cache folder cannot be written.
        Cancelled: the token was set.
    """
    folder = cache_folder() / "fonts" / f"noto-sans-sc-{metadata.version(_PACKAGE)}-{_RECIPE}"
    paths = {style: folder / f"NotoSansSC-{style}.ttf" for style in _WEIGHTS}
    missing = {style: path for style, path in paths.items() if not path.exists()}
    if missing:
        _make(missing, progress, cancel or CancelToken())
    return FontFiles(paths["Regular"], paths["Bold"])


def variable_font() -> Path:
    """The variable typeface inside the installed package.

    Raises:
        UserError: it is not there.
    """
    package = util.find_spec(_PACKAGE.replace("-", "_"))
    path = Path(package.origin).parent / _VARIABLE if package and package.origin else None
    if path is None or not path.exists():
        raise UserError(f"没有找到字体包 {_PACKAGE}。请重新安装程序。")
    return path


def _make(targets: dict[str, Path], progress: Progress, cancel: CancelToken) -> None:
    source = variable_font()
    with ExitStack() as stack:
        temporary = {style: stack.enter_context(atomically(path)) for style, path in targets.items()}
        context = multiprocessing.get_context("spawn")  # a window's threads must not be forked
        workers = {
            style: context.Process(target=make_static, args=(source, style, path), daemon=True)
            for style, path in temporary.items()
        }
        try:
            for worker in workers.values():
                worker.start()
            _wait(list(workers.values()), progress, cancel)
        finally:
            for worker in workers.values():
                worker.terminate()
                worker.join()
        for done, (style, path) in enumerate(temporary.items()):
            if workers[style].exitcode:
                # Where no second process can be had, or to learn in this one what went wrong.
                progress(done, len(temporary), "准备字体")
                make_static(source, style, path)
        progress(len(temporary), len(temporary), "字体已备好")


def _wait(workers: list[BaseProcess], progress: Progress, cancel: CancelToken) -> None:
    while True:
        running = [worker for worker in workers if worker.is_alive()]
        progress(len(workers) - len(running), len(workers), "首次使用，正在准备字体")
        cancel.check()
        if not running:
            return
        running[0].join(_LOOK_EVERY)


def make_static(source: Path, style: str, target: Path) -> None:
    """Write one face of the variable typeface; takes about 17 s."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    with TTFont(source) as variable:
        face = instancer.instantiateVariableFont(variable, {"wght": _WEIGHTS[style]}, inplace=True)
        _name(face, style)
        face.save(target)


def _name(face: Any, style: str) -> None:
    """Name a face so that systems, which group by these entries, find two weights of one family."""
    bold = style == "Bold"
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    names = face["name"]
    for identifier in (16, 17, 21, 22, 25):
        names.removeNames(nameID=identifier)
    entries = {1: FAMILY, 2: style, 3: f"GridApp {_RECIPE}; {postscript}", 4: f"{FAMILY} {style}", 6: postscript}
    for identifier, text in entries.items():
        names.setName(text, identifier, 3, 1, 0x409)
    face["OS/2"].usWeightClass = _WEIGHTS[style]
    # fsSelection: bit 5 bold, bit 6 regular; macStyle: bit 0 bold (OpenType specification, OS/2 and head).
    face["OS/2"].fsSelection = face["OS/2"].fsSelection & ~0b1100000 | (0b100000 if bold else 0b1000000)
    face["head"].macStyle = int(bold)
    if "STAT" in face:
        del face["STAT"]
