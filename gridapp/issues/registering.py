"""Registering an issue, with who raised it; joining another person to it; correcting what was written."""

import datetime
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from peewee import fn

from gridapp.areas.model import Area, Level
from gridapp.attachments.changing import add_files
from gridapp.attachments.preparing import Prepared
from gridapp.days import EARLIEST, typed_day
from gridapp.errors import UserError
from gridapp.households.model import Household
from gridapp.ids import Uid
from gridapp.issues import categories, history
from gridapp.issues.categories import Category, ExtraField
from gridapp.issues.deadlines import due_at
from gridapp.issues.model import Issue, IssueStep, Reporter
from gridapp.issues.states import Source, State
from gridapp.issues.workflow import BY_STEP, Step
from gridapp.store.changes import Recording
from gridapp.store.register import Register
from gridapp.visits.model import Visit

_LONGEST = 2_000
_SHORTEST, _MOST_DIGITS = len("2026-00001"), 8
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
_MAY_CHANGE = ("description", "category", "urgent", "place", "household", "extra", "handler")


class Unfit(UserError):
    """What keeps an issue from being registered.

    Attributes:
        field: the one of ``NewIssue`` that has to be mended.
        key: of the extra field, where it is one.
    """

    def __init__(self, field: str, text: str, key: str = "") -> None:
        super().__init__(text)
        self.field = field
        self.key = key


@dataclass(frozen=True)
class NewReporter:
    """Somebody who raises an issue; without a name, somebody who gave none."""

    name: str = ""
    phone: str = ""
    source: Source = Source.PHONE
    household: Uid | None = None
    on: datetime.date | None = None


@dataclass(frozen=True)
class NewIssue:
    """An issue before it is registered.

    Attributes:
        area: where it was raised; the grid of ``household`` where one is given.
        level: which level handles it; what its category says, or else the level of the area, unless told.
        registered_on: today unless told.
        files: what is attached to it.
        visit: the visit that brought it to light.
    """

    description: str
    area: Uid | None = None
    household: Uid | None = None
    place: str = ""
    category: str = ""
    level: Level | None = None
    urgent: bool = False
    handler: str = ""
    reporters: Sequence[NewReporter] = (NewReporter(),)
    registered_on: datetime.date | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[Prepared] = ()
    visit: Uid | None = None


@dataclass(frozen=True)
class Registered:
    """An issue that was registered, and what was done in words."""

    uid: Uid
    number: str
    label: str


def register_issue(
    register: Register, new: NewIssue, by: str | None = None, now: datetime.datetime | None = None
) -> Registered:
    """Register an issue under the next number of its year.

    Args:
        by: the name of who registers it; this workstation's user unless told.

    Raises:
        Unfit: it has no text, no area, or nobody who raised it, or a field of its category holds something else.
        UserError: the day cannot be, or there is no room for the files.
    """
    now = (now or datetime.datetime.now()).replace(microsecond=0)
    text = new.description.strip()
    day = new.registered_on or now.date()
    _refuse_text(text)
    refuse_day(day, now.date(), "登记日期")
    if not new.reporters:
        raise Unfit("reporters", "请填写反映人；不愿留名的选“匿名”。")
    with register.recording("登记民意") as recording:
        area, level = _place(register, new)
        sort = categories.of(register).get(new.category)
        level = Level(min(new.level or handling_level(level, sort), level))
        moment = now if day == now.date() else datetime.datetime.combine(day, datetime.time())
        number = next_number(register, day.year)
        uid = recording.insert(
            Issue,
            number=number,
            area=area,
            household=new.household,
            place=" ".join(new.place.split()),
            category=new.category,
            level=int(level),
            urgent=new.urgent,
            description=text,
            handler=" ".join(new.handler.split()),
            registered_on=day,
            due_at=due_at(level, moment, new.urgent, sort),
            extra=_extra(new.extra, sort, now.date()),
        )
        for reporter in new.reporters:
            insert_reporter(recording, uid, reporter, day)
        told = _told_of(register, new.visit)
        history.append(recording, uid, Step.REGISTER, None, State.REGISTERED, now, by, "", told)
        add_files(recording, history.ISSUES, uid, new.files)
    return Registered(uid, number, f"登记民意 {number}")


def handling_level(area: Level, category: Category | None) -> Level:
    """The level that handles what was raised in an area: never one below the area."""
    return Level(min(category.level if category and category.level else area, area))


def join(
    register: Register,
    issue: Uid,
    reporter: NewReporter,
    by: str | None = None,
    now: datetime.datetime | None = None,
    files: Sequence[Prepared] = (),
) -> str:
    """Let somebody have raised an issue that is there already, and say so in words. They are reported back to as well.

    Args:
        files: what they show of it, which is attached to this step.

    Raises:
        UserError: those who raised it have been reported back to already, or this person is among them.
    """
    now = (now or datetime.datetime.now()).replace(microsecond=0)
    with register.recording("增加反映人") as recording:
        stored = history.read(recording, issue)
        state = State(stored["state"])
        if state not in BY_STEP[Step.JOIN].sources:
            raise UserError(f"{stored['number']} 已经反馈过了，请另行登记，或先重新办理。")
        if is_among(recording, issue, reporter):
            raise UserError(f"{reporter.name}已经反映过 {stored['number']}，不必重复登记。")
        uid = insert_reporter(recording, issue, reporter, now.date())
        details = {"reporter": uid.hex(), "name": reporter.name}
        step = history.append(recording, issue, Step.JOIN, state, state, now, by, "", details)
        add_files(recording, history.STEPS, step, files)
    return f"{reporter.name or '匿名'}也反映了 {stored['number']}"


def change(
    register: Register,
    issue: Uid,
    values: Mapping[str, Any],
    expected: Mapping[str, Any] | None = None,
    by: str | None = None,
    now: datetime.datetime | None = None,
) -> bool:
    """Correct what was written of an open issue, and say whether anything differs.

    A deadline that nobody has moved follows a change of category or urgency.

    Args:
        values: any of description, category, urgent, place, household, handler, extra (a mapping).
        expected: what the writer believed to be stored.

    Raises:
        Conflict: somebody else has changed the same field.
        UserError: it is not open any more, would have no text, or a field of its category would hold something else.
    """
    unknown = set(values) - set(_MAY_CHANGE)
    if unknown:
        raise ValueError(f"not to be changed here: {sorted(unknown)}")
    now = (now or datetime.datetime.now()).replace(microsecond=0)
    with register.recording("修改民意") as recording:
        stored = history.read(recording, issue)
        state = State(stored["state"])
        if not state.is_open:
            raise UserError(f"{stored['number']} 已经办结，不能再改；需要时请先重新办理。")
        wanted = _told(values)
        if "extra" in wanted:
            sort = categories.of(register).get(wanted.get("category", stored["category"]))
            wanted["extra"] = _extra(wanted["extra"], sort, now.date(), json.loads(stored["extra"] or "{}"))
        if "description" in wanted:
            _refuse_text(wanted["description"])
        if wanted.get("handler", stored["handler"]) != stored["handler"]:
            wanted["assignee"] = None  # who handles it is somebody else now
        if wanted.get("household") is not None:
            wanted["area"] = _area_of(register, wanted["household"])
        wanted |= _moved_deadline(register, stored, wanted)
        changed = sorted(name for name, value in wanted.items() if stored[name] != value and name != "assignee")
        if not recording.update(Issue, issue, wanted, expected):
            return False
        history.append(recording, issue, Step.EDIT, state, state, now, by, "", {"fields": changed})
    return True


def change_reporter(register: Register, reporter: Uid, values: Mapping[str, Any]) -> bool:
    """Correct the name, phone, household or source of somebody who raised an issue; say whether anything differs."""
    unknown = set(values) - {"name", "phone", "household", "source"}
    if unknown:
        raise ValueError(f"not to be changed here: {sorted(unknown)}")
    with register.recording("修改反映人") as recording:
        if recording.read(Reporter, reporter) is None:
            raise UserError("这位反映人已被撤销，请重新查看这条民意。")
        return recording.update(Reporter, reporter, values)


def next_number(register: Register, year: int) -> str:
    """The number that comes next in a year. Asked inside a recording, so nobody else is given the same."""
    of_year = (Issue.number >= f"{year}-") & (Issue.number < f"{year}.")  # "." sorts right behind "-"
    query = Issue.select(Issue.number).where(of_year & (fn.LENGTH(Issue.number) >= _SHORTEST))
    # Ledgers that came in may hold numbers of other kinds, which sort among ours.
    for (number,) in register.each(query.order_by(fn.LENGTH(Issue.number).desc(), Issue.number.desc())):
        serial = number.partition("-")[2]
        if serial.isascii() and serial.isdigit() and len(serial) <= _MOST_DIGITS:
            return f"{year}-{int(serial) + 1:05}"
    return f"{year}-{1:05}"


def insert_reporter(recording: Recording, issue: Uid, reporter: NewReporter, day: datetime.date) -> Uid:
    """Write somebody who raised an issue."""
    return recording.insert(
        Reporter,
        issue=issue,
        household=reporter.household,
        name=" ".join(reporter.name.split()),
        phone=reporter.phone.strip(),
        source=reporter.source.value,
        reported_on=reporter.on or day,
    )


def is_among(recording: Recording, issue: Uid, reporter: NewReporter) -> bool:
    """Whether somebody who gave a name is among those who raised an issue: by name and either phone or household.

    Where neither a phone nor a household tells them apart, the same name is the same person.
    """
    name = " ".join(reporter.name.split())
    if not name:
        return False
    phone, household = reporter.phone.strip(), reporter.household
    same = Reporter.phone == phone
    if not phone:
        same &= Reporter.household == household
    if household is not None:
        same |= Reporter.household == household
    query = Reporter.select(Reporter.uid).where((Reporter.issue == issue) & (Reporter.name == name) & same)
    return recording.register.first(query) is not None


def refuse_day(day: datetime.date, today: datetime.date, what: str) -> None:
    """Refuse a day that has not come yet, or that no ledger reaches back to."""
    if day > today:
        raise UserError(f"{what} {day} 还没有到。")
    if day < EARLIEST:
        raise UserError(f"{what} {day} 太早，请核对。")


def _refuse_text(text: str) -> None:
    if not text:
        raise Unfit("description", "请写明反映的问题。")
    if len(text) > _LONGEST:
        raise Unfit("description", f"问题写了{len(text)}个字，请精简到{_LONGEST}字以内。")


def _told_of(register: Register, visit: Uid | None) -> dict[str, str]:
    """What the history keeps of the visit that brought an issue to light."""
    day = register.value(Visit.select(Visit.visited_on).where(Visit.uid == visit)) if visit is not None else None
    return {"visit": visit.hex(), "visited_on": day.isoformat()} if visit is not None and day is not None else {}


def _place(register: Register, new: NewIssue) -> tuple[Uid, Level]:
    area = new.area if new.household is None else _area_of(register, new.household)
    if area is None:
        raise Unfit("area", "请选择民意所在的网格或社区。")
    level = register.value(Area.select(Area.level).where(Area.uid == area))
    if level is None:
        raise Unfit("area", "所选的区域已被删除，请另选一个。")
    return area, Level(level)


def _area_of(register: Register, household: Uid) -> Uid:
    area = register.value(Household.select(Household.area).where(Household.uid == household))
    if area is None:
        raise Unfit("household", "这一户已被删除，请另选一户。")
    return bytes(area)


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    wanted = dict(values)
    for name in ("place", "handler"):
        if name in wanted:
            wanted[name] = " ".join(wanted[name].split())
    if "description" in wanted:
        wanted["description"] = wanted["description"].strip()
    return wanted


def _extra(
    values: Mapping[str, str], category: Category | None, today: datetime.date, stored: Mapping[str, str] | None = None
) -> str:
    """What is told beside the text, as it is kept. What was there before may be what its field does not take now."""
    fields = {one.key: one for one in category.fields} if category is not None else {}
    told = {key: value.strip() for key, value in values.items() if value.strip()}
    for key, value in told.items():
        if key in fields and value != (stored or {}).get(key):
            told[key] = _fit(fields[key], value, today)
    return json.dumps(told, ensure_ascii=False, sort_keys=True) if told else ""


def _fit(field: ExtraField, value: str, today: datetime.date) -> str:
    if field.kind == "number":
        number = "".join(unicodedata.normalize("NFKC", value).split())
        if not _NUMBER.fullmatch(number):
            raise Unfit("extra", f"“{field.name}”请填写数字，不是“{value}”。", field.key)
        return number
    if field.kind == "date":
        try:
            day = typed_day(value, today)
        except UserError as error:
            raise Unfit("extra", f"“{field.name}”：{error}", field.key) from error
        return day.isoformat() if day is not None else ""
    return value


def _moved_deadline(register: Register, stored: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    if not {"category", "urgent"} & set(wanted):
        return {}
    sorts = categories.of(register)
    begun = registered_at(register, stored)
    level = Level(stored["level"])
    if stored["due_at"] != due_at(level, begun, stored["urgent"], sorts.get(stored["category"])):
        return {}  # somebody has moved it, and had a reason
    urgent = wanted.get("urgent", stored["urgent"])
    return {"due_at": due_at(level, begun, urgent, sorts.get(wanted.get("category", stored["category"])))}


def registered_at(register: Register, stored: Mapping[str, Any]) -> datetime.datetime:
    """When the deadline of an issue began to run: the moment it was registered, or the beginning of its day."""
    query = IssueStep.select(IssueStep.at).where(IssueStep.issue == stored["uid"]).order_by(IssueStep.at)
    at = register.value(query.limit(1))
    day = stored["registered_on"]
    if at is not None and at.date() == day:
        return at
    return datetime.datetime.combine(day, datetime.time())
