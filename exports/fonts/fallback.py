"""Which fonts of this computer have a character that the packaged typeface lacks."""

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exports.files import atomically
from gridapp.errors import UserError
from gridapp.places import cache_folder

_ENDINGS = {".ttf", ".ttc", ".otf", ".otc"}
_FOR_RARE_CHARACTERS = (
    "simsunb",
    "simsun-extb",
    "simsunextg",
    "hanamin",
    "plangothic",
    "jigmo",
    "babelstone",
    "mingliub",
)
"""Beginnings of the file names of fonts made for rare Chinese characters, which are looked at first."""


_LICENCES = 0x000E
_RESTRICTED = 0x0002
_NO_SUBSET_OR_OUTLINES = 0x0300
"""Bits of fsType (OpenType specification, OS/2)."""


@dataclass(frozen=True, order=True)
class Candidate:
    """A face in a font file: ``index`` is its place in a collection."""

    path: Path
    index: int = 0


def candidates(character: str) -> list[Candidate]:
    """The faces with TrueType outlines that have a character, best first; what was found is kept for next time."""
    files = font_list()
    fingerprint = [[str(path), stat.st_mtime_ns, stat.st_size] for path, stat in files]
    store = cache_folder() / "fonts" / "other-fonts.json"
    known = _known(store, fingerprint)
    if character not in known:
        known[character] = [
            [str(found.path), found.index] for path, _stat in files for found in _having(path, character)
        ]
        with contextlib.suppress(UserError), atomically(store) as temporary:  # a cache that cannot be kept is no harm
            temporary.write_text(json.dumps({"fonts": fingerprint, "found": known}), "utf-8")
    return [Candidate(Path(path), index) for path, index in known[character]]


def font_list() -> list[tuple[Path, os.stat_result]]:
    """Every font file of this computer, those for rare characters first."""
    found = []
    for folder in _folders():
        for path in folder.rglob("*"):
            if path.suffix.lower() in _ENDINGS:
                with contextlib.suppress(OSError):
                    found.append((path, path.stat()))
    return sorted(found, key=lambda item: (not item[0].name.lower().startswith(_FOR_RARE_CHARACTERS), item[0]))


def _folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        return [windows / "Fonts", home / "AppData/Local/Microsoft/Windows/Fonts"]
    if sys.platform == "darwin":
        return [Path("/Library/Fonts"), Path("/System/Library/Fonts"), home / "Library/Fonts"]
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts"]


def _known(store: Path, fingerprint: list) -> dict[str, list]:
    try:
        kept = json.loads(store.read_text("utf-8"))
        return kept["found"] if kept["fonts"] == fingerprint else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _having(path: Path, character: str) -> Iterator[Candidate]:
    from fontTools.ttLib import TTCollection, TTFont, TTLibError

    try:
        with path.open("rb") as file:  # fontTools leaves open the file of a font that it cannot read
            if path.suffix.lower() in (".ttc", ".otc"):
                for index, face in enumerate(TTCollection(file, lazy=True)):
                    if _has(face, character):
                        yield Candidate(path, index)
            elif _has(TTFont(file, lazy=True), character):
                yield Candidate(path)
    except (TTLibError, OSError, ValueError, AssertionError, KeyError):
        return  # a broken font has no character


def _has(face: Any, character: str) -> bool:
    return "glyf" in face and ord(character) in (face.getBestCmap() or {}) and _may_be_embedded(face)


def _may_be_embedded(face: Any) -> bool:
    """Whether a font's licence lets a part of it be put into a document; reportlab does not look."""
    rights = face["OS/2"].fsType if "OS/2" in face else 0
    return rights & _LICENCES != _RESTRICTED and not rights & _NO_SUBSET_OR_OUTLINES
