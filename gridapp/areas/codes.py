"""The hierarchical codes of areas: which are free, which fit, and how those below an area follow it."""

from gridapp.areas import tree
from gridapp.areas.model import CODE_LENGTHS, LEVEL_NAMES, Area, Level
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.store.changes import Recording
from gridapp.store.register import Register

_CHUNK = 500
_DIGITS = 3
_LAST = 10**_DIGITS - 1


class CodeRefused(UserError):
    """What is wrong is the code, and not the name or the place."""


def stored(register: Register, area: Uid) -> Area:
    """The area as it is stored.

    Raises:
        UserError: it has been deleted.
    """
    found = register.first(Area.select().where(Area.uid == area))
    if found is None:
        raise UserError("这个区域已被删除。")
    return found


def next_free(register: Register, above: Area) -> str:
    """The code behind the last one directly below an area, or the first gap once the last is taken.

    Raises:
        CodeRefused: no code is free there.
    """
    level = above.level + 1
    below = register.all(Area.select(Area.code).where(tree.within(above.code) & (Area.level == level)).tuples())
    taken = {int(code[-_DIGITS:]) for (code,) in below}
    number = max(taken, default=0) + 1
    if number > _LAST:
        number = next((gap for gap in range(1, _LAST) if gap not in taken), 0)
    if not number:
        raise CodeRefused(f"“{above.name}”下的编码已用完，不能再增加下级。")
    return f"{above.code}{number:0{_DIGITS}}"


def checked(register: Register, typed: str, level: Level, above: Area | None) -> str:
    """A typed code, once it is one that an area of this level can take below another.

    Raises:
        CodeRefused: it is no such code, or it is taken.
    """
    code = tree.typed_code(typed)
    length, name = CODE_LENGTHS[level], LEVEL_NAMES[level]
    if len(code) != length or not (code.isascii() and code.isdigit()):
        raise CodeRefused(f"{name}的编码应为{length}位数字，现为“{code}”。")
    if above is not None and not code.startswith(above.code):
        raise CodeRefused(f"编码应以上级“{above.name}”的编码 {above.code} 开头。")
    # With nothing above it, areas below the code would take it for theirs.
    there = register.first(Area.select().where(tree.within(code)).order_by(Area.code))
    if there is not None:
        raise CodeRefused(f"编码 {there.code} 已用于“{there.name}”，请换一个。")
    return code


def follow(recording: Recording, area: Area, code: str) -> None:
    """Give an area another code, and to all below it the codes that begin with it."""
    old = len(area.code)
    query = Area.select(Area.uid).where(tree.within(area.code)).order_by(Area.code)
    uids = [uid for (uid,) in recording.register.all(query.tuples())]
    for start in range(0, len(uids), _CHUNK):
        recording.update_many(Area, "code", uids[start : start + _CHUNK], lambda _uid, was: code + was[old:])
