"""The visit sheet of a grid: whom to visit, in walking order, on numbered lines with room to write beside them."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from gridapp.areas import tree
from gridapp.areas.model import Area, Level
from gridapp.errors import UserError
from gridapp.households.categories import Category
from gridapp.households.words import day_text, people_text
from gridapp.ids import Uid
from gridapp.places import current_actor
from gridapp.progress import CancelToken
from gridapp.store import blobs
from gridapp.store.changes import Recording
from gridapp.store.register import Register
from gridapp.teams.roster import roster
from gridapp.visits.frequency import days_text
from gridapp.visits.model import VisitSheet
from gridapp.visits.phrases import legend
from gridapp.visits.plan import Plan, PlanFilter, PlanRow, Who

_SIZE = 16
_PAGE = 200
_CHUNK = 500
_RECENT = 50


@dataclass(frozen=True)
class Line:
    """One household on a sheet.

    Attributes:
        look_at: what to look at there: its note, open issues, what was promised.
    """

    number: int
    household: Uid
    categories: tuple[Category, ...]
    address: str
    head: str
    people: str
    phone: str
    last_visit: str
    often: str
    look_at: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The sheet of one grid as it goes on paper.

    Attributes:
        number: by which its lines are entered back, such as ``200830-01``.
        place: the areas down to the grid.
        about: which households stand on it, in words.
        team: who serves there, in words.
        legend: the short replies that may be written as a digit.
        due_by: the day by which they are due; None where that was not asked.
    """

    number: str
    area_code: str
    place: str
    area: str
    about: str
    team: str
    legend: str
    lines: tuple[Line, ...]
    actor: str
    moment: datetime.datetime
    due_by: datetime.date | None = None

    @property
    def title(self) -> str:
        return f"{self.area}走访表"


@dataclass(frozen=True)
class Printed:
    """A sheet that was printed, as a list of them shows it."""

    uid: Uid
    number: str
    place: str
    made_on: datetime.date
    households: tuple[Uid, ...]

    def household_at(self, number: int) -> Uid | None:
        """Which household stands on a line; None if there is no such line."""
        return self.households[number - 1] if 1 <= number <= len(self.households) else None


def make_sheets(
    register: Register, chosen: PlanFilter, today: datetime.date | None = None, cancel: CancelToken | None = None
) -> list[Sheet]:
    """The sheets of a plan, one a grid that has a household in it, which the register knows once they are noted.

    Args:
        chosen: whom to visit; every grid of its area gets a sheet of its own, in the order of the plan.

    Raises:
        UserError: nobody is to be visited there.
        Cancelled: the token was set.
    """
    today = today or datetime.date.today()
    numbers = _numbers(register, today)
    sheets = []
    for grid in _grids(register, chosen.area_code):
        if cancel is not None:
            cancel.check()
        rows = list(_rows(Plan(register, replace(chosen, area_code=grid.code), today)))
        if rows:
            sheets.append(_sheet(register, next(numbers), grid, chosen, rows, today))
    if not sheets:
        raise UserError("没有到期要走访的住户，没有做成走访表。")
    return sheets


def note(recording: Recording, sheets: Sequence[Sheet]) -> None:
    """Note in the register which households stand on the lines of sheets, so that they can be entered back.

    Raises:
        UserError: somebody else has been given one of their numbers in the meantime.
    """
    numbers = [sheet.number for sheet in sheets]
    for start in range(0, len(numbers), _CHUNK):
        taken = VisitSheet.select().where(VisitSheet.number.in_(numbers[start : start + _CHUNK]))
        if recording.register.first(taken) is not None:
            raise UserError("刚才别人也做了走访表，编号重了，没有做成；请再做一次。")
    for sheet in sheets:
        recording.insert(
            VisitSheet,
            number=sheet.number,
            area_code=sheet.area_code,
            place=sheet.area,
            made_on=sheet.moment.date(),
            due_by=sheet.due_by,
            households=recording.keep(b"".join(line.household for line in sheet.lines)),
        )


def recent(register: Register, code: str = "") -> list[Printed]:
    """The sheets that were printed last, those of an area and below it first, of each the newest first."""
    query = VisitSheet.select().order_by(VisitSheet.made_on.desc(), VisitSheet.number.desc()).limit(_RECENT)
    sheets = register.all(query)
    if code:
        sheets.sort(key=lambda sheet: not sheet.area_code.startswith(code))
    return [_printed(register, sheet) for sheet in sheets]


def find(register: Register, number: str) -> Printed:
    """The sheet with a number.

    Raises:
        UserError: there is none.
    """
    wanted = number.strip()
    query = VisitSheet.select().where(VisitSheet.number == wanted).order_by(VisitSheet.uid.desc())
    sheet = register.first(query)
    if sheet is None:
        raise UserError(f"没有编号为 {wanted} 的走访表，请核对表头的编号。")
    return _printed(register, sheet)


def _printed(register: Register, sheet: VisitSheet) -> Printed:
    packed = blobs.read(register, sheet.households) or b""
    uids = tuple(packed[at : at + _SIZE] for at in range(0, len(packed), _SIZE))
    return Printed(sheet.uid, sheet.number, sheet.place, sheet.made_on, uids)


def _grids(register: Register, code: str) -> list[Area]:
    tree.find(register, code)
    query = Area.select().where(tree.within(code) & (Area.level == int(Level.GRID))).order_by(Area.code)
    return register.all(query)


def _rows(plan: Plan) -> Iterator[PlanRow]:
    for offset in range(0, plan.count, _PAGE):
        yield from plan.page(offset, _PAGE)


def _sheet(
    register: Register, number: str, grid: Area, chosen: PlanFilter, rows: Sequence[PlanRow], today: datetime.date
) -> Sheet:
    path = tree.path_of(register, grid.code)
    there = [one for one in roster(register, grid.code, today) if one.is_present]
    team = "、".join(f"{one.name}（{one.role.name}）" for one in there if one.role.part)
    return Sheet(
        number=number,
        area_code=grid.code,
        place=tree.path_label(path),
        area="".join(area.name for area in path[-2:]),
        about=_about(chosen),
        team=team,
        legend=legend(),
        lines=tuple(_line(number, row) for number, row in enumerate(rows, 1)),
        actor=current_actor(),
        moment=datetime.datetime.combine(today, datetime.datetime.now().time()),
        due_by=None if chosen.who is Who.ALL else chosen.by,
    )


def _about(chosen: PlanFilter) -> str:
    if chosen.who is Who.ALL:
        return "全部住户"
    what = "到期应走访" if chosen.who is Who.DUE else "有事项待跟进"
    return f"{chosen.by.isoformat()} 前{what}的住户"


def _line(number: int, row: PlanRow) -> Line:
    home = row.home
    return Line(
        number,
        home.uid,
        home.categories,
        home.address,
        home.head,
        people_text(home.people),
        home.phone,
        day_text(home.last_visit, row.today) if home.last_visit else "从未",
        days_text(row.days),
        tuple(row.look_at),
    )


def _numbers(register: Register, today: datetime.date) -> Iterator[str]:
    """Numbers of a day that are not given yet."""
    begin = f"{today:%y%m%d}-"
    given = register.all(VisitSheet.select(VisitSheet.number).where(VisitSheet.number.startswith(begin)).tuples())
    last = max((int(number.removeprefix(begin)) for (number,) in given), default=0)
    return (f"{begin}{number:02}" for number in count(last + 1))
