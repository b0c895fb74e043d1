"""The words by which members of the service teams are found."""

from collections.abc import Iterator

from gridapp.households.search_terms import name_words, number_words
from gridapp.store.search import Searchable
from gridapp.teams.model import Member


def _member(name: str, phone: str) -> Iterator[str]:
    yield from name_words(name)
    yield from number_words(phone)


MEMBER = Searchable(Member, "m", ("name", "phone"), _member)
