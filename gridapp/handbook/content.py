"""The content of one grid's handbook as plain data, before any layout."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from gridapp.households import address
from gridapp.households.categories import CATEGORIES, NO_PRECEDENCE, Category, at, first_position, from_mask
from gridapp.households.words import people_text
from gridapp.site_plan.sheet import MapSheet
from gridapp.tasks.plan_text import Block
from gridapp.teams import roster
from gridapp.teams.model import ROLES, Role
from gridapp.teams.roster import Serving


@dataclass(frozen=True, slots=True)
class Entry:
    """One household as it is printed.

    Attributes:
        categories: the mask of ``households.categories``.
        conditions: special conditions of its residents, with 、 between.
        paired: names of those who are paired with it, with 、 between.
    """

    conditions: str
    kind: str
    estate: str
    building: str
    entrance: str
    room: str
    head: str
    people: int | None
    phone: str
    emergency_contact: str
    note: str
    categories: int
    paired: str = ""

    @property
    def full_address(self) -> str:
        return address.full_label(self.estate, self.building, self.entrance, self.room)

    @property
    def short_address(self) -> str:
        """The address within its estate."""
        return address.short_label(self.building, self.entrance, self.room)

    @property
    def door(self) -> str:
        """The address within its building."""
        return address.entrance_label(self.entrance) + self.room

    @property
    def people_label(self) -> str:
        return people_text(self.people)

    @property
    def remarks(self) -> str:
        """Special conditions of residents and the note as one text, and in a line of its own who is paired with it."""
        told = [condition for condition in self.conditions.split("、") if condition and condition not in self.note]
        known = "；".join(part for part in ("、".join(told), self.note) if part)
        return "\n".join(part for part in (known, f"结对：{self.paired}" if self.paired else "") if part)

    @property
    def marks(self) -> tuple[Category, ...]:
        """Its categories in precedence, the one it stands under first."""
        return from_mask(self.categories) or (at(NO_PRECEDENCE),)


@dataclass(frozen=True)
class Section:
    """The households of one colour, in walking order."""

    category: Category
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Building:
    """The households of one building, or of what stands in its place, in walking order."""

    estate: str
    name: str
    entries: tuple[Entry, ...]

    @property
    def label(self) -> str:
        return " ".join(part for part in (self.estate, self.name) if part) or "未写明楼栋"


@dataclass(frozen=True)
class LegendLine:
    """One colour with the households that stand under it, and those that carry it at all."""

    category: Category
    first: int
    carrying: int


@dataclass(frozen=True)
class WorkPlan:
    """The plan that the grid works by, with its fields filled in.

    Attributes:
        source: the area that it was written for; empty where that is the grid itself.
    """

    title: str
    source: str
    since: datetime.date | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class TaskLine:
    """A task that is to be done.

    Attributes:
        who: a name or a role.
        rule: how it comes again, in words; empty for what comes once.
        state: in words, with the progress.
        source: the area above that ordered it; empty for the grid's own.
    """

    title: str
    who: str
    due_on: datetime.date | None
    rule: str
    state: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class Handbook:
    """What the handbook of one grid says.

    Attributes:
        area_path: names from the district down to the grid.
        team: who serves in the grid, in the order of roles.
        leaders: grid leaders of the community.
        entries: the grid's households in walking order.
        plan: its own work plan, or the nearest above; None where nobody has written one.
        tasks: what is to be done, by the grid's own list and by those above, the earliest first.
        colour_map: its buildings room by room; None where it has none.
    """

    code: str
    area_path: tuple[str, ...]
    issued_on: datetime.date
    team: tuple[Serving, ...]
    leaders: tuple[Serving, ...]
    entries: tuple[Entry, ...]
    plan: WorkPlan | None = None
    tasks: tuple[TaskLine, ...] = ()
    colour_map: MapSheet | None = None

    @property
    def grid(self) -> str:
        return self.area_path[-1]

    @property
    def community(self) -> str:
        """The name of the area above the grid; empty if there is none."""
        return self.area_path[-2] if len(self.area_path) > 1 else ""

    @property
    def place(self) -> str:
        """How the grid is called outside of its community: ``紫光苑社区第三网格``."""
        return self.community + self.grid

    @property
    def title(self) -> str:
        return f"{self.place}工作手册"

    @property
    def strength(self) -> str:
        """The team as ``1 + 2 + 6``."""
        return roster.strength(self.team)

    @property
    def is_complete(self) -> bool:
        """Whether 1 + 2 + N has its 1 and its 2."""
        return roster.is_complete(self.team)

    @property
    def people(self) -> int:
        """People of all households as far as they were counted."""
        return sum(entry.people or 0 for entry in self.entries)

    @property
    def has_several_estates(self) -> bool:
        return len({entry.estate for entry in self.entries}) > 1

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The colours in precedence, each household under the first that it carries; those without any come last."""
        found: dict[int, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(first_position(entry.categories), []).append(entry)
        return tuple(Section(at(position), tuple(found[position])) for position in sorted(found))

    @cached_property
    def buildings(self) -> tuple[Building, ...]:
        """The same households by estate and building."""
        groups = groupby(self.entries, key=lambda entry: (entry.estate, address.building_label(entry.building)))
        return tuple(Building(*where, tuple(entries)) for where, entries in groups)

    @cached_property
    def legend(self) -> tuple[LegendLine, ...]:
        """Every colour with its counts; households without one only where there are any."""
        first = {section.category.key: len(section.entries) for section in self.sections}
        lines = [
            LegendLine(category, first.get(category.key, 0), sum(e.categories >> bit & 1 for e in self.entries))
            for bit, category in enumerate(CATEGORIES)
        ]
        rest = at(NO_PRECEDENCE)
        if rest.key in first:
            lines.append(LegendLine(rest, first[rest.key], first[rest.key]))
        return tuple(lines)

    def roles(self) -> Iterator[tuple[Role, list[Serving]]]:
        """Every role with those who have it: the community's leaders, then the grid's team."""
        for role in ROLES:
            own = [one for one in self.team if one.role == role]
            known = {(one.name, one.phone) for one in own}
            above = [one for one in self.leaders if one.role == role and (one.name, one.phone) not in known]
            yield role, above + own
