"""Changing one area of the tree: its name, its code, its place, and whether it is there at all."""

from gridapp.areas import codes, tree
from gridapp.areas.content import content_text
from gridapp.areas.model import LEVEL_NAMES, Area, Level
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.site_plan import planning
from gridapp.store.register import Register

_LONGEST = 120


class NameRefused(UserError):
    """What is wrong is the name, and not the code or the place."""


def checked_name(register: Register, typed: str, above: Uid | None, own: Uid | None = None) -> str:
    """A typed name, once it is one that an area can bear below another.

    Args:
        own: the area that shall bear it, if it is there already.

    Raises:
        NameRefused: it is none, or the area beside it is called so.
    """
    name = " ".join(typed.split())
    if not name:
        raise NameRefused("请填写名称。")
    if len(name) > _LONGEST:
        raise NameRefused(f"名称最多{_LONGEST}个字，现有{len(name)}个。")
    if "/" in name or "／" in name:
        raise NameRefused("名称中不能有斜杠“/”，它用来分隔上下级。")
    place = Area.parent.is_null() if above is None else Area.parent == above
    there = register.first(Area.select().where(place & (Area.name == name)))
    if there is not None and there.uid != own:
        raise NameRefused(f"同一上级下已有“{name}”（{there.code}），请换一个名称。")
    return name


def rename(register: Register, area: Uid, typed: str) -> str:
    """Give an area another name and return what was done, in words.

    Raises:
        UserError: it cannot be called so.
    """
    found = codes.stored(register, area)
    label = f"{found.name}改名为{' '.join(typed.split())}"
    with register.recording(label) as recording:
        found = codes.stored(register, area)
        if not recording.update(Area, area, {"name": checked_name(register, typed, found.parent, area)}):
            raise NameRefused(f"“{found.name}”就是现在的名称。")
    return label


def recode(register: Register, area: Uid, typed: str) -> str:
    """Give an area another code, which those below it follow, and return what was done, in words.

    Raises:
        UserError: the code does not fit its level and what is above it, or is taken.
    """
    found = codes.stored(register, area)
    code = tree.typed_code(typed)
    label = f"{found.name}的编码改为{code}"
    with register.recording(label) as recording:
        found = codes.stored(register, area)
        if code == found.code:
            raise codes.CodeRefused(f"{code} 就是现在的编码。")
        above = codes.stored(register, found.parent) if found.parent else None
        codes.follow(recording, found, codes.checked(register, code, Level(found.level), above))
    return label


def move(register: Register, area: Uid, under: Uid, typed: str = "") -> str:
    """Put an area with all below it under another, and return what was done, in words.

    Args:
        typed: its code there; the next that is free unless told.

    Raises:
        UserError: the other is not of the level above, lies below the area, or the code does not fit or is taken.
    """
    found, above = codes.stored(register, area), codes.stored(register, under)
    label = f"{found.name}移到{above.name}"
    with register.recording(label) as recording:
        found, above = codes.stored(register, area), codes.stored(register, under)
        _refuse_place(found, above)
        planning.leave(recording, found)
        code = codes.checked(register, typed or codes.next_free(register, above), Level(found.level), above)
        codes.follow(recording, found, code)
        recording.update(Area, area, {"parent": under})
    return label


def delete(register: Register, area: Uid) -> str:
    """Delete an area in which nothing stands, and return what was done, in words.

    Raises:
        UserError: something does.
    """
    found = codes.stored(register, area)
    label = f"删除{LEVEL_NAMES[Level(found.level)]} {found.name}"
    with register.recording(label) as recording:
        content = content_text(register, area)
        if content:
            raise UserError(f"“{found.name}”还有{content}，不能删除。请先移走或合并到别的区域。")
        recording.delete(Area, area)
    return label


def _refuse_place(area: Area, above: Area) -> None:
    if above.code.startswith(area.code):
        raise UserError(f"“{area.name}”不能移到自己或自己的下级里。")
    if area.level == Level.DISTRICT:
        raise UserError("区没有上级，不能移动。")
    if above.level != area.level - 1:
        level, wanted = LEVEL_NAMES[Level(area.level)], LEVEL_NAMES[Level(area.level - 1)]
        raise UserError(f"{level}只能移到{wanted}下面，“{above.name}”是{LEVEL_NAMES[Level(above.level)]}。")
    if above.uid == area.parent:
        raise UserError(f"“{area.name}”已经在“{above.name}”下面。")
