"""Pinyin of names, for sorting and for finding them by their initials."""

import os
from functools import cache


@cache
def _syllable(character: str) -> str:
    # Imported on first use: its tables take long to load, those of phrases the longest, which no character needs.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, lazy_pinyin

    return lazy_pinyin(character, style=Style.NORMAL)[0].lower()


def full(text: str | None) -> str:
    """Syllables with spaces between: ``马大爷`` → ``ma da ye``; other characters stand for themselves."""
    return " ".join(_syllable(character) for character in text or "" if not character.isspace())


def initials(text: str | None) -> str:
    """First letters: ``马大爷`` → ``mdy``."""
    return "".join(_syllable(character)[:1] for character in text or "" if not character.isspace())
