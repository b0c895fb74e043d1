"""The words by which issues are found, and those who raised them."""

from collections.abc import Iterator

from gridapp.households.search_terms import name_words, number_words, of_text
from gridapp.issues.model import Issue, Reporter
from gridapp.store.grams import asked, asked_tail, tail, words
from gridapp.store.search import Alternatives, Searchable

_READ = 200
"""How much of a description is indexed, in characters."""


def _issue(number: str, description: str) -> Iterator[str]:
    yield from words(number)
    yield tail(number)
    yield from words(description[:_READ])


def _reporter(name: str, phone: str) -> Iterator[str]:
    yield from name_words(name)
    yield from number_words(phone)


ISSUE = Searchable(Issue, "i", ("number", "description"), _issue)
REPORTER = Searchable(Reporter, "p", ("name", "phone"), _reporter)


def of_issue(word: str) -> Alternatives:
    """What a typed word may be of an issue: part of its text, or the end of its number."""
    by_text = asked(word)
    return [by_text, [asked_tail(word)]] if by_text and word.isascii() and len(word) > 1 else [by_text]


def of_reporter(word: str) -> Alternatives:
    """What a typed word may be of somebody who raised an issue: the name, its sound, or a phone number."""
    return of_text(word)
