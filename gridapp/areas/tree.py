"""Finding areas, and adding them."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import peewee
from peewee import Table

from gridapp.areas.model import CODE_LENGTHS, LEVEL_NAMES, Area, Level
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.store.changes import Recording
from gridapp.store.register import Register

_LEVEL_BY_LENGTH = {length: level for level, length in CODE_LENGTHS.items()}


@dataclass
class Node:
    """An area with what lies directly below it."""

    uid: Uid
    level: Level
    code: str
    name: str
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        """This node and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def path(self) -> list["Node"]:
        """From the top of the tree down to this node."""
        return [*(self.parent.path if self.parent else ()), self]


def within(code: str) -> peewee.Expression:
    """The condition that an area is the one with this code or below it: one range of the index on codes."""
    return (Area.code >= code) & (Area.code < code + ":")  # ":" sorts right behind the digits


def roots(register: Register) -> list[Node]:
    """The whole tree, as the nodes without a parent, everything in the order of codes."""
    nodes: dict[Uid, Node] = {}
    top: list[Node] = []
    # Asked of the bare table, since turning each row into model values takes as long again as reading it.
    area = Table(Area.table())
    query = area.select(area.c.uid, area.c.parent, area.c.level, area.c.code, area.c.name).order_by(area.c.code)
    for uid, parent, level, code, name in register.each(query):
        above = nodes.get(parent)
        node = nodes[uid] = Node(uid, Level(level), code, name, above)
        (above.children if above else top).append(node)
    return top


def find(register: Register, code: str) -> Area:
    """The area with a code.

    Raises:
        UserError: there is none.
    """
    area = register.first(Area.select().where(Area.code == code))
    if area is None:
        raise UserError(f"登记簿中没有编码为 {code} 的区域。请用 list areas 查看已有的区域。")
    return area


def path_of(register: Register, code: str) -> list[Area]:
    """The areas from the district down to the one with this code."""
    above = [code[:length] for length in CODE_LENGTHS.values() if length <= len(code)]
    return register.all(Area.select().where(Area.code.in_(above)).order_by(Area.code))


def communities_of(register: Register, codes: Iterable[str], besides: str) -> dict[str, str]:
    """What the communities around some grids are called, by their codes; grids of several are often called alike.

    Args:
        besides: the code of an area; its own community is left out.
    """
    length = CODE_LENGTHS[Level.COMMUNITY]
    above = {code[:length] for code in codes if len(code) > length} - {besides[:length]}
    return dict(register.all(Area.select(Area.code, Area.name).where(Area.code.in_(list(above))).tuples()))


def path_label(areas: Sequence[Area | Node]) -> str:
    """``南开区 › 兴南街道 › 紫光苑社区 › 第三网格``."""
    return " › ".join(area.name for area in areas)


def typed_code(text: str) -> str:
    """A code as somebody typed it, without blanks and in ASCII: input methods also give full-width digits."""
    return unicodedata.normalize("NFKC", text).strip()


def typed_names(text: str) -> list[str]:
    """The names of a path as somebody typed it, parted by slashes of either width."""
    return text.strip().replace("／", "/").strip("/").split("/")


def level_of(code: str) -> Level:
    """The level that a code's length tells.

    Raises:
        UserError: it is no area code.
    """
    level = _LEVEL_BY_LENGTH.get(len(code))
    if level is None or not (code.isascii() and code.isdigit()):
        raise UserError(f"区域编码 {code} 不对：应为6位（区）、9位（街道）、12位（社区）或15位（网格）数字。")
    return level


def names_down_to(code: str, names: Sequence[str]) -> list[str]:
    """The names from the district down to the area with this code, blanks trimmed.

    Raises:
        UserError: the code is none, or names and code differ in depth.
    """
    level = level_of(code)
    trimmed = [name.strip() for name in names]
    if len(trimmed) != level or not all(trimmed):
        wanted = "/".join(LEVEL_NAMES[Level(n)] for n in range(1, level + 1))
        raise UserError(f"编码 {code} 需要 {level} 级名称（{wanted}），现有 {len([n for n in trimmed if n])} 级。")
    return trimmed


def add(recording: Recording, code: str, names: Sequence[str]) -> list[Area]:
    """Add the area with this code, and those above it that are missing.

    Args:
        names: from the district down to the area itself.

    Returns:
        The areas that were made; empty if all were there already.

    Raises:
        UserError: the code is none, names and code differ in depth, or an area is there under another name.
    """
    names = names_down_to(code, names)
    register = recording.register
    made: list[Area] = []
    parent: Uid | None = None
    for depth, name in enumerate(names, 1):
        step = Level(depth)
        part = code[: CODE_LENGTHS[step]]
        there = register.first(Area.select().where(Area.code == part))
        if there is None:
            uid = recording.insert(Area, level=int(step), parent=parent, code=part, name=name)
            made.append(register.first(Area.select().where(Area.uid == uid)))
            parent = uid
        elif there.name != name:
            raise UserError(f"编码 {part} 已是“{there.name}”，不是“{name}”。请核对编码和名称。")
        else:
            parent = there.uid
    return made
