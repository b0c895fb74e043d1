"""The text of a work plan: a small part of Markdown, as blocks that a window or a document can show."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

LEVELS = 3
"""How many levels of headings there are."""

_MARKED = re.compile(r"(#{1,6}|[-*+]|\d{1,9}[.)])(?:[ \t]+(.*))?")
_BEGINS = re.compile(r"(#|[-+]|\d{1,9}[.)])")
_FIELD = re.compile(r"\{([^{}\n]{1,12})\}")


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    TEXT = "text"
    BULLET = "bullet"
    NUMBER = "number"


@dataclass(frozen=True)
class Run:
    """A piece of text in one face."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, or one entry of a list.

    Attributes:
        level: of a heading, from 1 to ``LEVELS``; else 0.
    """

    kind: Kind
    runs: tuple[Run, ...]
    level: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def parse(markdown: str) -> list[Block]:
    """The blocks of a text, a line each; lines that hold nothing are left out, and whatever is no Markdown is text."""
    found = []
    for line in markdown.splitlines():
        block = _block(line.strip())
        if block is not None:
            found.append(block)
    return found


def write(blocks: Sequence[Block]) -> str:
    """The inverse of ``parse``, for blocks as it makes them."""
    lines: list[str] = []
    before: Kind | None = None
    number = 0
    for block in blocks:
        number = number + 1 if block.kind is Kind.NUMBER else 0
        if lines and not (block.kind is before and block.kind in (Kind.BULLET, Kind.NUMBER)):
            lines.append("")
        lines.append(_line(block, number))
        before = block.kind
    return "\n".join(lines)


def plain(markdown: str) -> str:
    """What a text says, without how it looks."""
    return "\n".join(block.text for block in parse(markdown))


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with its fields filled in; a field that nobody knows stays as it stands."""
    return _FIELD.sub(lambda match: values.get(match[1], match[0]), text)


def fill(blocks: Sequence[Block], values: Mapping[str, str]) -> list[Block]:
    """Blocks with their fields filled in."""
    return [
        Block(block.kind, tuple(Run(filled(run.text, values), run.bold) for run in block.runs), block.level)
        for block in blocks
    ]


def joined(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Runs of which no two neighbours look alike, and none is empty; blanks at both ends are gone."""
    found: list[Run] = []
    for run in runs:
        text = " ".join(re.split(r"[^\S ]+", run.text))
        if found and found[-1].bold == run.bold:
            text = found.pop().text + text
        if text:
            found.append(Run(text, run.bold))
    return _trimmed(found)


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    while runs and not runs[0].text.lstrip():
        runs = runs[1:]
    while runs and not runs[-1].text.rstrip():
        runs = runs[:-1]
    if runs:
        runs[0] = Run(runs[0].text.lstrip(), runs[0].bold)
        runs[-1] = Run(runs[-1].text.rstrip(), runs[-1].bold)
    return tuple(runs)


def _block(line: str) -> Block | None:
    kind, level, text = Kind.TEXT, 0, line
    if match := _MARKED.fullmatch(line):
        mark, text = match[1], match[2] or ""
        if mark[0] == "#":
            kind, level = Kind.HEADING, min(len(mark), LEVELS)
        else:
            kind = Kind.BULLET if mark in ("-", "*", "+") else Kind.NUMBER
    runs = joined(list(_runs(text)))
    return Block(kind, runs, level) if runs else None


def _runs(text: str) -> Iterator[Run]:
    """The runs of a line; two asterisks change the face, a backslash takes its meaning from what follows."""
    piece, bold, at = "", False, 0
    while at < len(text):
        if text[at] == "\\" and at + 1 < len(text) and not text[at + 1].isalnum():
            piece += text[at + 1]
            at += 2
        elif text.startswith("**", at) and (bold or "**" in text[at + 2 :]):
            yield Run(piece, bold)
            piece, bold = "", not bold
            at += 2
        else:
            piece += text[at]
            at += 1
    yield Run(piece, bold)


def _line(block: Block, number: int) -> str:
    text = "".join(f"**{_escaped(run.text)}**" if run.bold else _escaped(run.text) for run in block.runs)
    if block.kind is Kind.HEADING:
        return f"{'#' * block.level} {text}"
    if block.kind is Kind.BULLET:
        return f"- {text}"
    if block.kind is Kind.NUMBER:
        return f"{number}. {text}"
    match = _BEGINS.match(text)
    # The last character of what would be a mark: before a digit, a backslash means nothing.
    return f"{text[: match.end() - 1]}\\{text[match.end() - 1 :]}" if match else text


def _escaped(text: str) -> str:
    return re.sub(r"([\\*])", r"\\\1", text)
