"""Splitting a grid: some of its households go into a new one beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from peewee import fn

from gridapp.areas import codes
from gridapp.areas.changing import checked_name
from gridapp.areas.model import Area, Level
from gridapp.emergency import plans as emergency_plans
from gridapp.errors import UserError
from gridapp.households import address, batch
from gridapp.households.model import PAST, Household
from gridapp.ids import Uid
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store.register import Register
from gridapp.tasks import plans


@dataclass(frozen=True)
class Building:
    """A building of a grid, or what stands at no building, with the number of its households."""

    estate: str
    building: str
    households: int

    @property
    def label(self) -> str:
        """``盛欣园3号楼``."""
        return self.estate + address.building_label(self.building)


def buildings(register: Register, grid: Uid) -> list[Building]:
    """The buildings in which a grid has households, in walking order."""
    query = (
        Household.select(Household.estate, Household.building, fn.COUNT(Household.uid))
        .where((Household.area == grid) & Household.is_here())
        .group_by(Household.estate, Household.building)
        .order_by(fn.MIN(Household.address_key))
    )
    return [Building(*row) for row in register.each(query)]


def households_in(register: Register, grid: Uid, chosen: Sequence[Building]) -> list[Uid]:
    """The households of a grid that stand in these buildings."""
    wanted = {(one.estate, one.building) for one in chosen}
    query = Household.select(Household.uid, Household.estate, Household.building).where(Household.area == grid)
    return [uid for uid, *place in register.each(query.order_by(Household.address_key)) if tuple(place) in wanted]


def split(
    register: Register,
    grid: Uid,
    households: Sequence[Uid],
    typed_name: str,
    typed_code: str = "",
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> str:
    """Put households of a grid into a new one beside it, and return what was done, in words.

    Args:
        typed_code: of the new grid; the next that is free beside the old one unless told.

    Raises:
        UserError: the area is no grid, none or all of its households are chosen, one is not in it, or name or code
            cannot be taken.
        Cancelled: the token was set; nothing has changed.
    """
    found = codes.stored(register, grid)
    label = f"{found.name}拆分出{' '.join(typed_name.split())}"
    with register.recording(label) as recording:
        found = codes.stored(register, grid)
        if found.level != Level.GRID or found.parent is None:
            raise UserError("只有网格可以拆分。")
        _refuse_choice(register, found, households)
        above = codes.stored(register, found.parent)
        name = checked_name(register, typed_name, above.uid)
        code = codes.checked(register, typed_code or codes.next_free(register, above), Level.GRID, above)
        new = recording.insert(Area, level=int(Level.GRID), parent=above.uid, code=code, name=name)
        plans.copy(recording, grid, new)
        emergency_plans.copy(recording, grid, new)
        batch.run(register, households, batch.move_to(register, new), progress, cancel, with_past=True)
    return label


def _refuse_choice(register: Register, grid: Area, households: Sequence[Uid]) -> None:
    columns = (Household.uid, Household.precedence)
    inside = dict(register.all(Household.select(*columns).where(Household.area == grid.uid).tuples()))
    here = {uid for uid, precedence in inside.items() if precedence != PAST}
    chosen = set(households)
    if not chosen:
        raise UserError("请选择要拆分出去的住户。")
    if not chosen <= inside.keys():
        raise UserError(f"所选的住户中有的已不在“{grid.name}”，请重新选择。")
    if here <= chosen:
        raise UserError(f"“{grid.name}”的住户不能全部拆分出去，请至少留下一户。")
