"""How a text is cut into the words of the search index, and a question into what is asked of it.

Chinese has no blanks between words, so each character and each pair of neighbours is a word. A run of digits or Latin
letters is one word, and one more together with the character behind it, so that ``3号`` does not find ``13号``.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 8
"""Characters that are kept of a run of digits or letters; the rest is compared where the record itself is read."""

_RUN = re.compile(r"[0-9a-z]+|[^\x00-\x7f\s]+")
_SHORTEST_BEGINNING = {True: 3, False: 2}
_NO_PART_OF_A_WORD = re.compile(r"[^0-9A-Za-z\x80-\U0010ffff]|\s")
_BACKWARDS = "←"  # not in ASCII, so that both engines keep it as part of a word


class Term(NamedTuple):
    """A word that is asked for; ``begins``: any word that begins with it will do."""

    word: str
    begins: bool = False


def folded(text: str) -> str:
    """A text as it is compared: lower case, full-width characters as ordinary ones."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).lower()


def bare(word: str) -> str:
    """A word without the characters at which an engine would split it, or which mean something in its questions."""
    return word if word.isalnum() else _NO_PART_OF_A_WORD.sub("", word)


def words(text: str) -> Iterator[str]:
    """The words of a text as they stand in the index; some come more than once."""
    before = ""
    end = -1
    for run in _RUN.finditer(folded(text)):
        found = run[0]
        if found[0].isascii():
            before, end = found[:LONGEST], run.end()
            yield before
            continue
        if run.start() == end:
            yield before + found[0]
        yield from found
        for position in range(len(found) - 1):
            yield found[position : position + 2]


def tail(number: str) -> str:
    """The word by which a number is found from its end."""
    return _BACKWARDS + bare(number)[: -LONGEST - 1 : -1].lower()


def asked(text: str) -> list[Term]:
    """The words that a record has if it contains a text; empty where the text has none."""
    found: list[Term] = []
    runs = list(_RUN.finditer(folded(text)))
    starts = {run.start(): run[0][0] for run in runs}
    for run in runs:
        part = run[0]
        if part[0].isascii():
            behind = starts.get(run.end())
            found.append(Term(part[:LONGEST] + behind) if behind else beginning(part))
        elif len(part) == 1:
            found.append(Term(part))
        else:
            found += [Term(part[position : position + 2]) for position in range(len(part) - 1)]
    return found


def beginning(part: str) -> Term:
    """A run as the beginning of a word, or as a whole word where too many words would begin with it."""
    return Term(part[:LONGEST], _SHORTEST_BEGINNING[part.isdigit()] <= len(part) < LONGEST)


def asked_tail(number: str) -> Term:
    """The word of a number that ends like this."""
    return Term(tail(number), len(bare(number)) < LONGEST)
