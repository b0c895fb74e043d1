"""What holds of every set of categories that a register keeps."""

import dataclasses
from collections.abc import Sequence

from gridapp.errors import UserError
from gridapp.issues.categories import KIND_NAMES, Categories, Category, ExtraField

MOST_DAYS, MOST_HOURS = 365, 24
"""Longer deadlines are mistyped; what has hours is as urgent as an emergency, which has a day (see ``deadlines``)."""
LONGEST = 20
"""How many characters a name has at most, so that tables and forms can show it whole."""


class UnfitCategory(UserError):
    """A category cannot be kept like this. ``key`` says which, ``field`` which of its attributes."""

    def __init__(self, message: str, key: str, field: str = "name") -> None:
        super().__init__(message)
        self.key = key
        self.field = field


def plain(one: Category) -> Category:
    """A category without blanks around what was typed, and without what was left empty."""
    return dataclasses.replace(
        one,
        name=" ".join(one.name.split()),
        department=" ".join(one.department.split()),
        synonyms=_words(one.synonyms),
        fields=tuple(
            dataclasses.replace(
                extra,
                name=" ".join(extra.name.split()),
                choices=_words(extra.choices) if extra.kind == "choice" else (),
            )
            for extra in one.fields
        ),
        children=tuple(plain(child) for child in one.children),
    )


def _words(told: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (" ".join(word.split()) for word in told))))


def refuse(wanted: Categories) -> None:
    """Refuse what cannot be kept.

    Raises:
        UnfitCategory: a name is missing or there twice under one category, or a deadline is none.
    """
    everyone = list(wanted)
    keys = [one.key for one in everyone]
    for siblings in (wanted.tops, *(top.children for top in wanted.tops)):
        _refuse_names(siblings)
    for one in everyone:
        if not one.key or one.key.split() != [one.key] or keys.count(one.key) > 1:
            raise UnfitCategory(f"分类“{one.name}”的编号不对，请删除后重新添加。", one.key)
        if one.working_days is not None and not 1 <= one.working_days <= MOST_DAYS:
            raise UnfitCategory(f"“{one.name}”的办理期限应为1至{MOST_DAYS}个工作日。", one.key, "deadline")
        if one.hours is not None and not 1 <= one.hours <= MOST_HOURS:
            told = f"“{one.name}”的办理期限应为1至{MOST_HOURS}小时；更长的请按工作日填写。"
            raise UnfitCategory(told, one.key, "deadline")
        if one.hours is not None and one.working_days is not None:
            raise UnfitCategory(f"“{one.name}”的办理期限只能按工作日或按小时。", one.key, "deadline")
        if any(child.children for child in one.children):
            raise UnfitCategory("分类只有两级。", one.key)
    for top in wanted.tops:
        _refuse_fields(top, ())
        for child in top.children:
            _refuse_fields(child, top.fields)


def _refuse_names(siblings: Sequence[Category]) -> None:
    names: set[str] = set()
    for one in siblings:
        if not one.name:
            raise UnfitCategory("请填写分类的名称。", one.key)
        if len(one.name) > LONGEST:
            raise UnfitCategory(f"名称有{len(one.name)}个字，请精简到{LONGEST}个字以内。", one.key)
        if "·" in one.name:
            raise UnfitCategory("名称里不能有“·”，它用来隔开两级分类。", one.key)
        if one.name in names:
            raise UnfitCategory(f"同一级里已有“{one.name}”，请换一个名称。", one.key)
        names.add(one.name)


def _refuse_fields(one: Category, above: Sequence[ExtraField]) -> None:
    names, keys = {extra.name for extra in above}, {extra.key for extra in above}
    for extra in one.fields:
        if not extra.name:
            raise UnfitCategory("请填写补充信息的名称，或删去这一行。", one.key, "fields")
        if extra.name in names or extra.key in keys or not extra.key:
            raise UnfitCategory(f"补充信息“{extra.name}”已经有了，请换一个名称。", one.key, "fields")
        if extra.kind not in KIND_NAMES:
            raise UnfitCategory(f"补充信息“{extra.name}”的种类不对，请重新选择。", one.key, "fields")
        if extra.kind == "choice" and len(extra.choices) < 2:
            raise UnfitCategory(f"补充信息“{extra.name}”至少要有两个选项，用顿号隔开。", one.key, "fields")
        names.add(extra.name)
        keys.add(extra.key)
