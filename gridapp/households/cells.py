"""Single cells of the household table: read from what was typed, checked and stored."""

import re
from typing import Any

from gridapp.errors import UserError
from gridapp.households import address, editing, words
from gridapp.households.categories import CATEGORIES, UNCLASSED, to_mask
from gridapp.households.editing import HouseholdDraft
from gridapp.ids import Uid
from gridapp.store.register import Register

NAMES = {
    "categories": "分类",
    "head": "户主",
    "phone": "电话",
    "people": "人数",
    "estate": "小区",
    "building": "楼栋",
    "entrance": "楼门",
    "floor": "楼层",
    "room": "房号",
    "emergency_contact": "紧急联系人",
    "note": "备注",
}
"""The fields of a household that can be written in a cell, with their names on screen."""

_BETWEEN = re.compile(r"[、，,;；/\s]+")
_KEYS = {text: category.key for category in CATEGORIES for text in (category.name, category.mark, category.key)}


def read(field: str, typed: str) -> Any:
    """What is meant by a text in a cell, as the household holds it.

    Raises:
        UserError: it means nothing there; the text says what would.
    """
    if field == "people":
        return _people(typed)
    if field == "categories":
        return _mask(typed)
    return typed.strip() if field == "note" else " ".join(typed.split())


def text(draft: HouseholdDraft, field: str) -> str:
    """What stands in a cell when it is edited: what ``read`` reads back."""
    value = getattr(draft, field)
    if field == "categories":
        return words.categories_text(value) if value else ""
    return "" if value is None else str(value)


def written(draft: HouseholdDraft, field: str, typed: str) -> HouseholdDraft:
    """The household with one cell written.

    Raises:
        UserError: the text means nothing there, or the household could not be saved so.
    """
    changed = draft.copy()
    setattr(changed, field, read(field, typed))
    refuse(changed, field)
    return changed


def refuse(draft: HouseholdDraft, field: str) -> None:
    """Refuse what the form refuses too; of several reasons, the one that concerns the field is told.

    Raises:
        UserError: something is wrong that has to be mended.
    """
    blocking = [problem for problem in editing.problems(draft) if problem.blocking]
    mine = [problem for problem in blocking if problem.field == field] or blocking
    if mine:
        raise UserError(mine[0].text)


def save(register: Register, draft: HouseholdDraft, base: HouseholdDraft, field: str) -> Uid:
    """Store one cell as one step, which says whose and which it was.

    Raises:
        UserError: something is wrong with the household, or it has been deleted.
        Conflict: somebody else changed the same cell meanwhile.
    """
    return editing.save(register, draft, base, f"修改 {whose(base)}的{NAMES[field]}")


def named(field: str, text: str) -> str:
    """A text about a field behind its name, unless it begins with it."""
    return text if text.startswith(NAMES[field]) else f"{NAMES[field]}：{text}"


def whose(draft: HouseholdDraft) -> str:
    """``3号楼2门501 王秀英``."""
    return f"{address.short_label(draft.building, draft.entrance, draft.room)} {draft.head}".strip()


def _people(typed: str) -> int | None:
    number = typed.strip().removesuffix("人").strip()
    if not number:
        return None
    if not number.isdecimal() or len(number) > 9:
        raise UserError("人数请填数字，不清楚就留空")
    return int(number)


def _mask(typed: str) -> int:
    keys: list[str] = []
    for word in _BETWEEN.split(typed.strip()):
        if word in ("", UNCLASSED.name):
            continue
        # 常党 are two marks in one word.
        parts = [word] if word in _KEYS else list(word)
        if not all(part in _KEYS for part in parts):
            names = "、".join(category.name for category in CATEGORIES)
            shown = word if len(word) <= 12 else f"{word[:11]}…"
            raise UserError(f"没有“{shown}”这个分类，可填：{names}")
        keys += [_KEYS[part] for part in parts]
    return to_mask(keys)
