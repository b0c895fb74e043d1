"""What can be done to the categories of a register: tried on plain tuples first, then kept as one change."""

import dataclasses
from collections.abc import Mapping, Sequence

from peewee import fn

from gridapp.errors import UserError
from gridapp.ids import new_uid
from gridapp.issues.categories import SETTING, Categories, Category, as_text, built_in, of
from gridapp.issues.category_rules import LONGEST, UnfitCategory, plain, refuse
from gridapp.issues.model import Issue
from gridapp.store import setting
from gridapp.store.register import Register

_LABEL = "修改民意分类"
_NEW = "新分类"

Tops = tuple[Category, ...]


def used(register: Register) -> dict[str, int]:
    """How many issues each category has, by key; those of one within another do not count for the one above."""
    query = Issue.select(Issue.category, fn.COUNT(Issue.uid)).group_by(Issue.category)
    return dict(register.all(query.tuples()))


def save(register: Register, tops: Sequence[Category], read: Categories | None = None) -> bool:
    """Replace the categories of a register, and say whether they differ from those before.

    Args:
        read: those that were there when somebody began to edit them.

    Raises:
        UnfitCategory: something of a category cannot be so, or one is gone that issues have.
        UserError: somebody else has changed them since they were read.
    """
    wanted = Categories([plain(one) for one in tops])
    refuse(wanted)
    with register.recording(_LABEL) as recording:
        before = of(register)
        if read is not None and before.tops != read.tops:
            raise UserError("别人刚刚改过分类，这里没有保存。填写的内容都还在：请记下要改的，关闭后重新打开再改。")
        if wanted.tops == before.tops:
            return False
        _refuse_unnamed(register, before, wanted)
        if wanted.tops == built_in().tops:
            return setting.remove(recording, SETTING)
        return setting.store(recording, SETTING, as_text(wanted.tops))


def in_use(name: str, count: int) -> str:
    """Why a category has to stay."""
    return f"“{name}”还有{count:,}件民意在用，不能删除。请先把它们改到别的分类。"


def new_key() -> str:
    """A key that no category or field has, here or in another office."""
    return f"own-{new_uid().hex()[-12:]}"


def add(tops: Tops, beside: str | None, within: bool = False) -> tuple[Tops, Category]:
    """Add a category, and return it as well.

    Args:
        beside: the key of the one that it stands behind; at the end where there is none.
        within: whether it stands within that one, or beside it where that one is within another itself.
    """
    top, place = _find(tops, beside)
    if top is None or (place is None and not within):
        made = Category(new_key(), free_name(_NEW, tops))
        at = len(tops) if top is None else top + 1
        return (*tops[:at], made, *tops[at:]), made
    parent = tops[top]
    made = Category(new_key(), free_name(_NEW, parent.children))
    at = len(parent.children) if place is None else place + 1
    children = (*parent.children[:at], made, *parent.children[at:])
    return _with(tops, top, dataclasses.replace(parent, children=children)), made


def replace(tops: Tops, one: Category) -> Tops:
    """Put another category in the place of that with the same key."""
    top, place = _find(tops, one.key)
    if top is None:
        return tops
    if place is None:
        return _with(tops, top, one)
    children = list(tops[top].children)
    children[place] = one
    return _with(tops, top, dataclasses.replace(tops[top], children=tuple(children)))


def shift(tops: Tops, key: str, by: int) -> Tops:
    """Move a category among those beside it, as far as that goes."""
    top, place = _find(tops, key)
    if top is None:
        return tops
    if place is None:
        return _shifted(tops, top, by)
    return _with(tops, top, dataclasses.replace(tops[top], children=_shifted(tops[top].children, place, by)))


def move(tops: Tops, key: str, goal: str | None) -> Tops:
    """Move a category to the end of another one, or of the first level. Issues keep it, since its key stays.

    Raises:
        UserError: it has others within it, or one beside which it would stand has its name.
    """
    one = Categories(tops).get_own(key)
    if one is None or key == goal:
        return tops
    if goal is not None and one.children:
        raise UserError(f"“{one.name}”还有下级分类，不能放到别的分类下面。")
    target = next((top for top in tops if top.key == goal), None)
    beside = tops if target is None else target.children
    if any(other.name == one.name and other.key != key for other in beside):
        raise UserError(f"那里已有“{one.name}”，请先改名再移动。")
    rest = _without(tops, key)
    if target is None:
        return (*rest, one)
    top, _place = _find(rest, target.key)
    assert top is not None
    return _with(rest, top, dataclasses.replace(rest[top], children=(*rest[top].children, one)))


def remove(tops: Tops, key: str, counts: Mapping[str, int]) -> Tops:
    """Remove a category with those within it.

    Args:
        counts: how many issues each has (see ``used``).

    Raises:
        UserError: issues have it, or one within it.
    """
    here = Categories(tops)
    count = sum(counts.get(one, 0) for one in here.within(key))
    if count:
        raise UserError(in_use(here.name_of(key), count))
    return _without(tops, key)


def restore(tops: Tops, counts: Mapping[str, int]) -> Tops:
    """Those that come with the program, and behind them what issues have of one's own."""
    restored = built_in()
    tops_now = restored.tops
    for top in tops:
        own = [one for one in top.children if restored.get_own(one.key) is None and counts.get(one.key)]
        if restored.get_own(top.key) is None and (own or counts.get(top.key)):
            kept = dataclasses.replace(top, name=free_name(top.name, tops_now), children=tuple(own))
            tops_now = (*tops_now, kept)
        elif own:
            at, place = _find(tops_now, top.key)
            for one in own:
                assert at is not None
                if place is not None:  # what stands on the first level here is within another there
                    tops_now = (*tops_now, dataclasses.replace(one, name=free_name(one.name, tops_now)))
                    continue
                home = tops_now[at]
                named = dataclasses.replace(one, name=free_name(one.name, home.children))
                tops_now = _with(tops_now, at, dataclasses.replace(home, children=(*home.children, named)))
    return tops_now


def free_name(name: str, siblings: Sequence[Category]) -> str:
    """A name, with the first number behind it that makes it different from those beside it."""
    taken = {one.name for one in siblings}
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name[: LONGEST - len(str(number))]}{number}"
    return free


def _find(tops: Tops, key: str | None) -> tuple[int | None, int | None]:
    """Where a category stands: on the first level, and within that."""
    for at, top in enumerate(tops):
        if top.key == key:
            return at, None
        for place, child in enumerate(top.children):
            if child.key == key:
                return at, place
    return None, None


def _with(tops: Tops, at: int, one: Category) -> Tops:
    return (*tops[:at], one, *tops[at + 1 :])


def _without(tops: Tops, key: str) -> Tops:
    return tuple(
        dataclasses.replace(top, children=tuple(child for child in top.children if child.key != key))
        for top in tops
        if top.key != key
    )


def _shifted(row: Tops, at: int, by: int) -> Tops:
    moved = list(row)
    one = moved.pop(at)
    moved.insert(max(0, min(len(row) - 1, at + by)), one)
    return tuple(moved)


def _refuse_unnamed(register: Register, before: Categories, wanted: Categories) -> None:
    """Refuse that a category goes which issues have, since they would be left with its key alone."""
    gone = [one.key for one in before if wanted.get(one.key) is None]
    if not gone:
        return
    counts = used(register)
    for key in gone:
        if counts.get(key):
            raise UnfitCategory(in_use(before.name_of(key), counts[key]), key)
