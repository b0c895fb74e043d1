"""Which row of a sheet names its columns, and which field each column holds."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from gridapp.intake.cells import halved, text_of
from gridapp.intake.words import load, meanings
from gridapp.intake.workbook import Cells, Sheet, Span

_HIGHEST = 40
"""Rows from the top within which a header is looked for."""
_DEEPEST = 3
_LONGEST_LABEL = 20
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_ENOUGH = 2
_DATUM = re.compile(r"\d{5}|^\s*\d[\d.-]*(?:号楼|栋|幢|门|单元|室|人|岁)?\s*$")
"""What stands in rows and never over a column; a relation or a category may be the same word as a header."""
_SEVERAL = ("phone", "categories", "conditions", "contact", "contact_phone", "note")
"""Fields that more than one column may hold."""


@dataclass(frozen=True)
class Kind:
    """What the rows of a table can be.

    Attributes:
        words: the words of its headings are those of ``resources/intake/<words>.json``.
        needs: fields; of each group, one has to have a column.
    """

    words: str
    needs: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Header:
    """The columns of a table.

    Attributes:
        first, last: the rows of the header, counted from 0.
        labels: what stands over each column.
        fields: field → its columns, counted from 0.
        flags: column → the category word for which a yes in it stands.
        unread: labels of columns that no field stands for.
        title: the texts above the header, from the top.
    """

    first: int
    last: int
    labels: tuple[str, ...]
    fields: Mapping[str, tuple[int, ...]]
    flags: Mapping[int, str]
    unread: tuple[str, ...]
    title: tuple[str, ...]

    def column(self, field: str) -> int | None:
        """The first column of a field, or None."""
        columns = self.fields.get(field)
        return columns[0] if columns else None


def find_header(sheet: Sheet, kind: Kind) -> Header | None:
    """The first header that has the columns which a kind of table needs, or None."""
    rows, words = _top(sheet), kind.words
    for first in range(len(rows)):
        if not _is_header(rows[first], words):
            continue
        for last in _extents(rows, first, words):
            header = _header(sheet, rows, first, last, words)
            if all(_has(header, group) for group in kind.needs):
                return header
    return None


def likely_labels(sheet: Sheet, kind: Kind) -> list[str]:
    """The texts of the row that comes nearest to a header, to tell the user what was found."""
    rows = [[text for text in map(text_of, row) if text] for row in _top(sheet)]
    known = [sum(_meaning(kind.words, normalized(text)) is not None for text in row) for row in rows]
    best = max(range(len(rows)), key=lambda at: (known[at], len(rows[at]) > 1, -at), default=None)
    return [] if best is None else [text[:_LONGEST_LABEL] for text in rows[best]]


def normalized(label: str) -> str:
    """A label as headers are compared: half-width, without blanks, brackets and what stands in them."""
    plain = "".join(halved(label).split()).strip(":*")
    return _BRACKETED.sub("", plain).strip(":*") or plain.strip("()[]【】")


def _top(sheet: Sheet) -> list[Cells]:
    return [list(row) for row, _ in zip(sheet.rows(), range(_HIGHEST), strict=False)]


def _extents(rows: Sequence[Cells], first: int, words: str) -> Iterator[int]:
    """The last rows that a header beginning at ``first`` may have, the furthest first."""
    last = first
    while last + 1 < len(rows) and last + 1 - first < _DEEPEST and _is_header(rows[last + 1], words):
        last += 1
    yield from range(last, first - 1, -1)


def _is_header(row: Cells, words: str) -> bool:
    texts = [value for value in row if value != ""]
    if not texts or not all(isinstance(value, str) and len(value) <= _LONGEST_LABEL * 2 for value in texts):
        return False
    if any(_DATUM.search(halved(value)) for value in texts):
        return False
    known = sum(_meaning(words, normalized(text_of(value))) is not None for value in texts)
    return known >= _ENOUGH or known * 3 >= len(texts)


def _header(sheet: Sheet, rows: Sequence[Cells], first: int, last: int, words: str) -> Header:
    above = _parents(rows, first)
    paths = _paths(sheet, rows, first - 1 if above else first, last)
    fields: dict[str, list[int]] = {}
    flags: dict[int, str] = {}
    unread: list[str] = []
    for column, path in enumerate(paths):
        meaning = _meaning_of_path(path, words)
        if meaning is None or (meaning in fields and meaning not in _SEVERAL):
            unread += [path[-1]] if path and normalized(path[-1]) not in load(words)["unimportant"] else []
        elif meaning.startswith("="):
            flags[column] = meaning[1:]
        else:
            fields.setdefault(meaning, []).append(column)
    return Header(
        first,
        last,
        tuple(_label(path, words) for path in paths),
        {field: tuple(columns) for field, columns in fields.items()},
        flags,
        tuple(unread),
        tuple(text for row in rows[:first] for text in map(text_of, row) if text),
    )


def _parents(rows: Sequence[Cells], first: int) -> bool:
    """Whether the row above holds headings over groups of columns, rather than one title."""
    return first > 0 and sum(value != "" for value in rows[first - 1]) > 1


def _paths(sheet: Sheet, rows: Sequence[Cells], first: int, last: int) -> list[list[str]]:
    """What stands over each column, from the top down, each text once."""
    grid = [[text_of(value) for value in row] for row in rows[first : last + 1]]
    if sheet.merged is None:
        for upper in grid[:-1]:  # blanks beside a heading belong to it
            for column in range(1, len(upper)):
                upper[column] = upper[column] or upper[column - 1]
    else:
        _spread(grid, first, sheet.merged)
    return [list(dict.fromkeys(text for text in column if text)) for column in zip(*grid, strict=True)]


def _spread(grid: list[list[str]], first: int, merged: Iterable[Span]) -> None:
    for top, left, bottom, right in merged:
        if not first <= top < first + len(grid) or left >= len(grid[0]):
            continue
        for row in range(top - first, min(bottom - first + 1, len(grid))):
            for column in range(left, min(right + 1, len(grid[0]))):
                grid[row][column] = grid[top - first][left]


def _label(path: Sequence[str], words: str) -> str:
    """A path as one label that says the same when it is read again."""
    whole = "".join(path)
    return whole if _meaning(words, "".join(map(normalized, path))) else "".join(path[-1:])


def _meaning_of_path(path: Sequence[str], words: str) -> str | None:
    if not path:
        return None
    labels = [normalized(text) for text in path]
    others = load(words)["other_people"]
    if any(label in others for label in labels[:-1]):
        return None
    return _meaning(words, "".join(labels)) or _meaning(words, "".join(labels[-2:])) or _meaning(words, labels[-1])


@cache
def _meaning(words: str, label: str) -> str | None:
    """The field that a normalised label stands for; of a yes-or-no column ``=`` with the category's word."""
    found = meanings(words, "fields").get(label)
    if found is None and label in load(words)["flags"]:
        found = "=" + load(words)["flags"][label]
    return found


def _has(header: Header, fields: Iterable[str]) -> bool:
    return any(field in header.fields for field in fields)
