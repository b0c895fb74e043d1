"""The categories of issues, two levels of them: those that come with the program, or as the district edited them."""

import dataclasses
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from gridapp.areas.model import Level
from gridapp.households import pinyin
from gridapp.store import setting
from gridapp.store.register import Register

SETTING = "issues/categories"
"""Under which a register keeps its own."""
KIND_NAMES = {"text": "文字", "number": "数字", "date": "日期", "choice": "选项"}
"""What a field of one's own may hold."""


@dataclass(frozen=True)
class ExtraField:
    """Something that one wants to know of issues of a category.

    Attributes:
        key: by which issues keep what was told; it stays the same whatever the name becomes.
        kind: see ``KIND_NAMES``.
        choices: what may be told, where it is one of a few.
    """

    key: str
    name: str
    kind: str = "text"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Category:
    """A category, or one within another.

    Attributes:
        key: by which issues refer to it; it stays the same whatever the name becomes. One within another has a dot.
        synonyms: other words under which it is found.
        department: who usually handles it.
        level: which level handles it unless told; of one within another, that of the one above unless told.
        working_days: how many it takes at most, whatever the level; ``hours`` the same where it cannot wait for days.
        fields: what else one wants to know.
    """

    key: str
    name: str
    synonyms: tuple[str, ...] = ()
    department: str = ""
    level: Level | None = None
    working_days: int | None = None
    hours: int | None = None
    fields: tuple[ExtraField, ...] = ()
    children: tuple["Category", ...] = field(default=())


class Categories:
    """A set of categories, to be looked things up in."""

    def __init__(self, tops: Sequence[Category]) -> None:
        self.tops = tuple(tops)
        self._parents = {child.key: top for top in tops for child in top.children}
        self._by_key = {one.key: one for one in self}
        self._by_word: dict[str, Category] = {}
        # In full first, since two may have some of one name within them; a name counts for more than a synonym.
        for words in (lambda one: (self.name_of(one.key),), lambda one: (one.key, one.name), lambda one: one.synonyms):
            for one in self:
                for word in words(one):
                    self._by_word.setdefault("".join(word.split()), one)

    def __iter__(self) -> Iterator[Category]:
        for top in self.tops:
            yield top
            yield from top.children

    def get(self, key: str) -> Category | None:
        """The category with a key, what it does not say itself taken from the one above it."""
        one, parent = self._by_key.get(key), self._parents.get(key)
        if one is None or parent is None:
            return one
        return dataclasses.replace(
            one,
            department=one.department or parent.department,
            level=one.level or parent.level,
            working_days=one.working_days or (None if one.hours else parent.working_days),
            hours=one.hours or (None if one.working_days else parent.hours),
            fields=(*parent.fields, *one.fields),
        )

    def get_own(self, key: str) -> Category | None:
        """The category with a key, as it was written."""
        return self._by_key.get(key)

    def top_of(self, key: str) -> str:
        """The key of the first level for a key of either; what no category has stays as it is."""
        return self._parents[key].key if key in self._parents else key

    def within(self, key: str) -> list[str]:
        """The key of a category and of those within it."""
        one = self._by_key.get(key)
        return [key, *(child.key for child in one.children)] if one is not None else [key]

    def name_of(self, key: str) -> str:
        """A category in words, ``供水·停水`` for one within another; what no category has stays as it is."""
        one, parent = self._by_key.get(key), self._parents.get(key)
        if one is None:
            return key
        return f"{parent.name}·{one.name}" if parent is not None else one.name

    def field_name(self, key: str) -> str:
        """A field in words, whichever category asks for it; nothing if none does any more."""
        return next((extra.name for one in self for extra in one.fields if extra.key == key), "")

    def key_of(self, word: str) -> str:
        """The key of the category that a word names; a word that names none is kept as it is."""
        plain = "".join(word.split())
        found = self._by_word.get(plain) or self._by_word.get(plain.rpartition("·")[2])
        return found.key if found is not None else plain

    def matching(self, text: str) -> list[Category]:
        """Categories for what somebody types: by name, synonym or pinyin initials, the best first; all for nothing."""
        asked = "".join(text.split()).lower()
        if not asked:
            return list(self)
        ranked = [(rank, place, one) for place, one in enumerate(self) if (rank := _rank(one, asked)) is not None]
        return [one for _rank_, _place, one in sorted(ranked, key=lambda found: found[:2])]

    def suggested(self, description: str) -> Category | None:
        """The category whose words a description holds; of several the one with the longest."""
        best: tuple[int, Category] | None = None
        for one in self:
            for word in (one.name, *one.synonyms):
                if len(word) > (best[0] if best else 1) and word in description:
                    best = (len(word), one)
        return best[1] if best else None


@cache
def built_in() -> Categories:
    """Those that come with the program."""
    text = (files("resources.issues") / "categories.json").read_text(encoding="utf-8")
    return Categories([_load(one) for one in json.loads(text)])


def of(register: Register) -> Categories:
    """The categories of a register."""
    text = setting.stored(register, SETTING)
    return _read(text) if text else built_in()


@cache
def _read(text: str) -> Categories:
    return Categories([_load(one) for one in json.loads(text)])


def _rank(one: Category, asked: str) -> int | None:
    words = (one.name, *one.synonyms)
    initials = [pinyin.initials(word) for word in words]
    if asked in words:
        return 0
    if any(word.startswith(asked) for word in (*words, *initials)):
        return 1
    return 2 if any(asked in word for word in (*words, *initials)) else None


def _load(told: dict[str, Any]) -> Category:
    return Category(
        key=told["key"],
        name=told["name"],
        synonyms=tuple(told.get("synonyms", ())),
        department=told.get("department", ""),
        level=Level[told["level"].upper()] if told.get("level") else None,
        working_days=told.get("working_days"),
        hours=told.get("hours"),
        fields=tuple(_load_field(one) for one in told.get("fields", ())),
        children=tuple(_load(one) for one in told.get("children", ())),
    )


def _load_field(told: dict[str, Any]) -> ExtraField:
    return ExtraField(told["key"], told["name"], told.get("kind", "text"), tuple(told.get("choices", ())))


def as_text(tops: Sequence[Category]) -> str:
    """Categories as a register keeps them."""
    return json.dumps([_dump(one) for one in tops], ensure_ascii=False)


def _dump(one: Category) -> dict[str, Any]:
    told = {
        "key": one.key,
        "name": one.name,
        "synonyms": list(one.synonyms),
        "department": one.department,
        "level": one.level.name.lower() if one.level else None,
        "working_days": one.working_days,
        "hours": one.hours,
        "fields": [dataclasses.asdict(extra) for extra in one.fields],
        "children": [_dump(child) for child in one.children],
    }
    return {name: value for name, value in told.items() if value}
