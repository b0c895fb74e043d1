"""The words by which issues are found."""

from collections.abc import Iterator

from gridapp.issues.model import Issue
from gridapp.store.grams import asked, asked_tail, tail, words
from gridapp.store.search import Alternatives, Searchable


def _issue(number: str, reporter: str) -> Iterator[str]:
    yield from words(number)
    yield tail(number)
    if reporter:
        yield from words(reporter)


ISSUE = Searchable(Issue, "i", ("number", "reporter"), _issue)


def of_issue(word: str) -> Alternatives:
    """What a typed word may be of an issue: its reporter, or the end of its number."""
    by_text = asked(word)
    return [by_text, [asked_tail(word)]] if by_text and word.isascii() and len(word) > 1 else [by_text]
