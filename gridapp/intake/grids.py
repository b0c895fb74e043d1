"""The grid in which the household of a row stands."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from gridapp.areas import tree
from gridapp.areas.model import Area, Level
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.intake.addresses import entrance_of
from gridapp.intake.cells import code_of, text_of
from gridapp.intake.refusing import RefusedRow
from gridapp.intake.workbook import Cells
from gridapp.store.register import Register

_COLUMNS = ("grid", "grid_code")
_PARTS = ("grid_code", "street", "community", "grid")
_NUMBERED = re.compile(r"(?:.*社区)?第?(.+?)号?网格|网格第?(.+?)")
_CACHED = 4_096


class Targets:
    """The grids of the area into which a workbook is imported."""

    def __init__(self, register: Register, code: str) -> None:
        self._area = tree.find(register, code)
        areas = register.all(Area.select().where(tree.within(code)).order_by(Area.code))
        self._grids = [area for area in areas if area.level == Level.GRID]
        above = {area.uid: area for area in areas}
        self._above = {grid.uid: above.get(grid.parent) for grid in self._grids}
        self._streets = {area.uid: above.get(area.parent) for area in areas if area.level == Level.COMMUNITY}
        self._by_uid = {bytes(area.uid): area for area in areas}
        self._only = self._grids[0].uid if len(self._grids) == 1 else None

    @property
    def code(self) -> str:
        """The code of the area itself."""
        return str(self._area.code)

    @property
    def whole(self) -> tuple[Uid, str, Level]:
        """The area itself, with its code and level."""
        return self.named(self._area.uid)

    def named(self, uid: Uid) -> tuple[Uid, str, Level]:
        """One of its areas, with its code and level."""
        area = self._by_uid[bytes(uid)]
        return bytes(area.uid), area.code, Level(area.level)

    @property
    def is_one(self) -> bool:
        """Whether there is only one grid, so that no row has to say which."""
        return self._only is not None

    def check(self, columns: Collection[str]) -> None:
        """See to it that the rows of a table with columns of these fields can be told apart by grid.

        Raises:
            UserError: the area has several grids and the table does not say which, or it has none.
        """
        if not self._grids:
            raise UserError(f"“{self._area.name}”下面还没有网格，住户要登记在网格里。请先新增网格，再导入。")
        if self._only is None and not any(name in columns for name in _COLUMNS):
            raise UserError(
                f"“{self._area.name}”有{len(self._grids)}个网格，表里没有“网格”列，不知道住户在哪一个。"
                "请选择其中一个网格再导入，或在表里加一列“网格”。"
            )

    def doubt(self, name: str) -> str:
        """What to tell of rows that name another grid than the only one there is; empty if they do not."""
        chosen = self._grids[0].name
        if not name or _is_called(chosen, name):
            return ""
        return f"网格列写的是“{name}”，已登记在所选的“{chosen}”，以下各行相同"

    def only_grid(self) -> Uid:
        """The grid, if there is only one.

        Raises:
            RefusedRow: there are several.
        """
        if self._only is None:
            raise RefusedRow("不知道在哪个网格：表里没有写，住户的工作表里也没有这一户。")
        return self._only

    def look_up(self, code: str, street: str, community: str, name: str) -> Uid | str:
        """The grid that texts name, or why there is none."""
        if code:
            by_code = [grid for grid in self._grids if grid.code == code]
            return by_code[0].uid if by_code else f"“{self._area.name}”下面没有编码为{code}的网格。"
        if not name:
            return "没有写网格。请在“网格”列填写网格名称。"
        named = [grid for grid in self._grids if _is_called(grid.name, name)]
        if community:
            named = [grid for grid in named if _is_called(_name(self._above[grid.uid]), community)]
        if street:
            named = [grid for grid in named if _is_called(_name(self._street_of(grid)), street)]
        where = street + community + name
        if not named:
            return f"“{self._area.name}”下面没有名为“{where}”的网格。请核对名称，或先新增这个网格。"
        if len(named) > 1:
            return f"“{self._area.name}”下面有{len(named)}个名为“{where}”的网格。请在表里加一列“社区”。"
        return named[0].uid

    def above(self, street: str, community: str) -> Uid | None:
        """The community that texts name, or else the street; None where they name none of those, or several."""
        level, name = (Level.COMMUNITY, community) if community else (Level.STREET, street)
        named = [one for one in self._by_uid.values() if one.level == level and name and _is_called(one.name, name)]
        if community and street:
            named = [one for one in named if _is_called(_name(self._streets.get(one.uid)), street)]
        return named[0].uid if len(named) == 1 else None

    def _street_of(self, grid: Area) -> Area | None:
        community = self._above[grid.uid]
        return self._streets.get(community.uid) if community is not None else None


class GridReader:
    """Tells the grids of the rows of one table.

    Args:
        columns: field → column.
    """

    def __init__(self, targets: Targets, columns: Mapping[str, int]) -> None:
        self._targets = targets
        self._columns = tuple(columns.get(name) for name in _PARTS)
        self._told = tuple(column for column in self._columns if column is not None)
        self._found: dict[tuple, Uid | str] = {}

    def read(self, cells: Cells, warnings: list[str]) -> Uid:
        """The grid of a row.

        Args:
            warnings: gains a sentence the first time that a row names another grid than the only one there is.

        Raises:
            RefusedRow: the row names none of them, or several have that name.
        """
        told = tuple([cells[column] for column in self._told])  # the same for thousands of rows on end
        found = self._found.get(told)
        if found is None:
            found = self._found[told] = self._look_up(cells, warnings)
        if isinstance(found, str):
            raise RefusedRow(found)
        return found

    def _look_up(self, cells: Cells, warnings: list[str]) -> Uid | str:
        code, street, community, name = (
            text_of(cells[column]) if column is not None else "" for column in self._columns
        )
        if not self._targets.is_one:
            return self._targets.look_up(code, street, community, name)
        # Whoever chose a grid, or an area with only one, has said where the rows belong.
        doubt = self._targets.doubt(name)
        if doubt:
            warnings.append(doubt)
        return self._targets.only_grid()


def _name(area: Area | None) -> str | None:
    return area.name if area is not None else None


@lru_cache(_CACHED)
def _is_called(name: str | None, told: str) -> bool:
    """Whether a text means the area with this name; one that lies above the chosen area has none to compare."""
    return name is None or _plain(name) == _plain(told)


@lru_cache(_CACHED)
def _plain(name: str) -> str:
    """``紫光苑社区第三网格``, ``3网格`` and ``3`` are the same; other names are compared as they are."""
    plain = code_of(name)
    numbered = _NUMBERED.fullmatch(plain)
    return entrance_of(numbered[1] or numbered[2] if numbered else plain)
