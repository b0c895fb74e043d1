"""Reading an issue whole: what it says, who raised it, and every step it has taken in words."""

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gridapp.areas import tree
from gridapp.areas.model import LEVEL_NAMES, Area, Level
from gridapp.attachments.listing import Attached, attached_to_each
from gridapp.errors import UserError
from gridapp.households import address
from gridapp.households.model import Household
from gridapp.ids import Uid
from gridapp.issues import categories, history
from gridapp.issues.categories import Categories
from gridapp.issues.model import Issue, IssueStep, Reporter
from gridapp.issues.states import (
    CHANNEL_NAMES,
    SOURCE_NAMES,
    Channel,
    Source,
    State,
    satisfaction_name,
)
from gridapp.issues.workflow import DONE_NAMES, Step
from gridapp.store.register import Register

_CHUNK = 500
_NO_LONGER = "其他"
"""What is told under a field that no category has any more."""
_FIELD_NAMES = {
    "description": "问题",
    "category": "类别",
    "urgent": "紧急程度",
    "place": "地点",
    "household": "涉及住户",
    "area": "所在网格",
    "handler": "承办",
    "extra": "补充信息",
    "due_at": "期限",
}


@dataclass(frozen=True)
class Raiser:
    """Somebody who raised an issue, as stored."""

    uid: Uid
    issue: Uid
    household: Uid | None
    name: str
    phone: str
    source: str
    reported_on: datetime.date
    reported_back_on: datetime.date | None
    channel: str
    satisfaction: str
    excuse: str

    @property
    def is_settled(self) -> bool:
        """Whether they have been told, or cannot be."""
        return self.reported_back_on is not None or bool(self.excuse)

    @property
    def source_name(self) -> str:
        return SOURCE_NAMES[Source(self.source)] if self.source else ""


@dataclass(frozen=True)
class Event:
    """One step as the timeline tells it.

    Attributes:
        title: what was done, in a word or two.
        lines: what else there is to say of it.
        files: what is attached to it.
    """

    uid: Uid
    step: Step
    at: datetime.datetime
    by: str
    title: str
    lines: tuple[str, ...]
    new_state: State
    files: tuple[Attached, ...] = ()


@dataclass(frozen=True)
class Whole:
    """An issue with everything that belongs to it.

    Attributes:
        values: its fields as stored.
        area_path: its area with those above it, in words.
        home: the household that it is about, in words; empty without one.
        original: the number of the issue that it turned out to be; empty where it is none.
        fields: what its category asks for, by what it is called, as far as it was told.
        seen: its latest step, to be handed over with the next one.
    """

    uid: Uid
    values: Mapping[str, Any]
    area_name: str
    area_code: str
    area_path: str
    category_name: str
    home: str
    original: str
    fields: tuple[tuple[str, str], ...]
    reporters: tuple[Raiser, ...]
    events: tuple[Event, ...]
    seen: Uid | None

    @property
    def state(self) -> State:
        return State(self.values["state"])

    @property
    def level(self) -> Level:
        return Level(self.values["level"])

    @property
    def waiting(self) -> list[Raiser]:
        """Those who have not been told yet."""
        return [one for one in self.reporters if not one.is_settled]


def read(register: Register, issue: Uid) -> Whole:
    """Read an issue.

    Raises:
        UserError: it is not there any more.
    """
    stored = register.first(Issue.select().where(Issue.uid == issue).dicts())
    if stored is None:
        raise UserError("这条民意已被撤销，请重新查看台账。")
    name, code = register.first(Area.select(Area.name, Area.code).where(Area.uid == stored["area"]).tuples())
    sorts = categories.of(register)
    steps = history.steps(register, issue)
    files = _files(register, steps)
    return Whole(
        bytes(issue),
        stored,
        name,
        code,
        tree.path_label(tree.path_of(register, code)),
        sorts.name_of(stored["category"]),
        _home(register, stored["household"]),
        register.value(Issue.select(Issue.number).where(Issue.uid == stored["duplicate_of"])) or "",
        _fields(stored, sorts),
        tuple(reporters_of(register, [issue]).get(bytes(issue), ())),
        tuple(_event(step, sorts, files.get(bytes(step.uid), ())) for step in steps),
        bytes(steps[-1].uid) if steps else None,
    )


def _home(register: Register, household: Uid | None) -> str:
    columns = (Household.estate, Household.building, Household.entrance, Household.room, Household.head)
    found = register.first(Household.select(*columns).where(Household.uid == household).tuples())
    if household is None or found is None:
        return ""
    *door, head = found
    return f"{address.full_label(*door)} {head}".strip()


def _fields(stored: Mapping[str, Any], sorts: Categories) -> tuple[tuple[str, str], ...]:
    told: dict[str, str] = json.loads(stored["extra"]) if stored["extra"] else {}
    sort = sorts.get(stored["category"])
    names = {one.key: one.name for one in sort.fields} if sort is not None else {}
    return tuple((names.get(key) or sorts.field_name(key) or _NO_LONGER, value) for key, value in told.items())


def reporters_of(register: Register, issues: Sequence[Uid]) -> dict[Uid, list[Raiser]]:
    """Those who raised some issues, by issue, the first of each first."""
    columns = (
        *(Reporter.uid, Reporter.issue, Reporter.household, Reporter.name, Reporter.phone, Reporter.source),
        *(Reporter.reported_on, Reporter.reported_back_on, Reporter.channel, Reporter.satisfaction, Reporter.excuse),
    )
    found: dict[Uid, list[Raiser]] = {}
    for start in range(0, len(issues), _CHUNK):
        query = Reporter.select(*columns).where(Reporter.issue.in_(issues[start : start + _CHUNK]))
        for row in register.all(query.order_by(Reporter.reported_on, Reporter.uid).tuples()):
            one = Raiser(*row)
            found.setdefault(bytes(one.issue), []).append(one)
    return found


def _files(register: Register, steps: Sequence[IssueStep]) -> dict[Uid, tuple[Attached, ...]]:
    found: dict[Uid, tuple[Attached, ...]] = {}
    for start in range(0, len(steps), _CHUNK):
        found |= attached_to_each(register, [bytes(step.uid) for step in steps[start : start + _CHUNK]])
    return found


def _event(step: IssueStep, sorts: Categories, files: tuple[Attached, ...]) -> Event:
    kind = Step(step.step)
    details: dict[str, Any] = json.loads(step.details) if step.details else {}
    lines = [step.note] if step.note else []
    lines += [told for tell in _TELLING if (told := tell(details))]
    title = DONE_NAMES[kind]
    if details.get("name") and kind in (Step.JOIN, Step.REPORT_BACK, Step.EXCUSE):
        title = f"{title}：{details['name']}"
    return Event(bytes(step.uid), kind, step.at, step.by, title, tuple(lines), State(step.new_state), files)


def _level(details: Mapping[str, Any]) -> str:
    if "level" not in details:
        return ""
    before, after = (LEVEL_NAMES[Level(one)] for one in details["level"])
    return f"由{before}转到{after}"


def _due(details: Mapping[str, Any]) -> str:
    if "due" not in details:
        return ""
    before, after = (one and datetime.datetime.fromisoformat(one) for one in details["due"])
    return f"期限由 {before:%Y-%m-%d} 改为 {after:%Y-%m-%d}" if before else f"期限 {after:%Y-%m-%d}"


def _handler(details: Mapping[str, Any]) -> str:
    _before, after = details.get("handler", ("", ""))
    return f"承办：{after}" if after else ""


def _others(details: Mapping[str, Any]) -> str:
    found = []
    if "visited_on" in details:
        found.append(f"{details['visited_on']} 走访发现")
    if "on" in details:
        found.append(f"日期 {details['on']}")
    if "review_on" in details:
        found.append(f"{details['review_on']} 复查")
    if details.get("channel"):
        found.append(f"方式：{CHANNEL_NAMES[Channel(details['channel'])]}")
    if details.get("satisfaction"):
        found.append(satisfaction_name(details["satisfaction"]))
    if "number" in details:
        found.append(f"民意 {details['number']}")
    if "fields" in details:
        found.append("、".join(_FIELD_NAMES.get(name, name) for name in details["fields"]))
    return "，".join(found)


_TELLING = (_level, _handler, _due, _others)
