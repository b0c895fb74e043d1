"""A ledger from before the workflow comes up with states, deadlines, reporters, steps and words to be found by."""

import datetime
import json
from typing import Any

import pytest
from peewee import SqliteDatabase
from playhouse.migrations import Runner

from gridapp import finding
from gridapp.areas.model import Level
from gridapp.ids import Uid, new_uid
from gridapp.issues import reading
from gridapp.issues.deadlines import due_on, end_of
from gridapp.issues.model import Issue
from gridapp.issues.states import Channel, State
from gridapp.issues.stepping import Entry, take
from gridapp.issues.workflow import Step
from gridapp.register import Register, open_register
from gridapp.store import dialects, migrate, search
from gridapp.store.check import check
from gridapp.store.log import Batch
from tests import factories as make
from tests.gridapp.issues.ledger import faults

HOUSEHOLD_TEXTS = ("estate", "building", "entrance", "floor", "phone", "emergency_contact", "note", "credit_code")
OLD = {
    "2020-1": {"description": "电梯停运", "category": "电梯", "reporter": "马大爷", "phone": "13812345678"},
    "2020-2": {"description": "停水", "category": "供水", "resolved_on": "2020-08-12", "home": True},
    "2020-3": {
        "description": "噪音",
        "category": "邻里纠纷",
        "resolved_on": "2020-08-12",
        "reported_back_on": "2020-08-13",
        "satisfaction": "基本满意",
    },
    "2020-4": {"description": "鸟粪", "category": "鸟粪", "reported_back_on": "2020-08-13", "satisfaction": "还行"},
    "2020-5": {
        "description": "改造",
        "category": "老旧改造",
        "level": 1,
        "reporter": "李婶",
        "phone": "13912345678",
        "resolved_on": "2020-08-14",
        "reported_back_on": "2020-08-13",  # told before it was done
    },
    "2020-6": {"description": "路灯", "category": "供暖", "satisfaction": "满意", "level": 3},
}
"""By number, what there was of each in the old shape; the rest is blank."""


class _Older:
    """A register as it was before issues had a workflow."""

    def __init__(self, url: str) -> None:
        self.database = dialects.connect(url)
        self.database.connect()
        Runner(self.database, str(migrate.FOLDER)).up("0006_buildings")
        self._mark = "?" if isinstance(self.database, SqliteDatabase) else "%s"
        self._plain("batch", {"uid": new_uid(), "hlc": 1, "actor": "资料员", "label": "登记"})
        ((self._batch,),) = self.database.execute_sql("SELECT id FROM batch").fetchall()

    def insert(self, table: str, **row: Any) -> Uid:
        uid = new_uid()
        columns = {column.name for column in self.database.get_columns(table)}
        self._plain(table, {"uid": uid, **{name: value for name, value in row.items() if name in columns}})
        self.log(kind="i", record_table=table, record=uid)
        return uid

    def log(self, **change: Any) -> None:
        self._plain("change", {"batch": self._batch, "hlc": 1, **change})

    def _plain(self, table: str, row: dict[str, Any]) -> None:
        columns = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join([self._mark] * len(row))
        self.database.execute_sql(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', tuple(row.values()))


@pytest.fixture
def older_url(engine_url: str) -> str:
    older = _Older(engine_url)
    above, areas = None, []
    for level, length in enumerate((6, 9, 12, 15), 1):
        code = make.GRID[:length]
        above = older.insert("area", level=level, parent=above, code=code, name=code)
        areas.append(above)
    from gridapp.households.model import Household

    home = {"area": areas[-1], "room": "501", "head": "马一", "categories": 0, "kind": "residential", "left_how": ""}
    home |= dict.fromkeys(HOUSEHOLD_TEXTS, "")
    lives = older.insert("household", **home, **Household.derive({**home, "left_on": None}))
    for number, told in OLD.items():
        blank = dict.fromkeys(("reporter", "phone", "category", "handler", "satisfaction"), "")
        row = {"level": 4, "registered_on": "2020-08-10", **blank, **told}
        uid = older.insert(
            "issue", number=number, area=areas[row["level"] - 1], household=lives if row.get("home") else None, **{
                name: value for name, value in row.items() if name != "home"
            },
        )  # fmt: skip
        for field in ("category", "satisfaction", "reporter", "handler"):  # written since it was registered
            change = {"kind": "u", "record_table": "issue", "record": uid, "field": field}
            older.log(**change, old='"旧"', new=json.dumps(row[field]))
    older.database.close()
    return engine_url


def wholes(register: Register) -> dict[str, reading.Whole]:
    found = register.all(Issue.select(Issue.number, Issue.uid).tuples())
    return {number: reading.read(register, bytes(uid)) for number, uid in found}


def test_every_issue_stands_where_its_days_told(older_url: str) -> None:
    with open_register(older_url) as register:
        found = wholes(register)
        assert {number: whole.state for number, whole in found.items()} == {
            "2020-1": State.REGISTERED,
            "2020-2": State.RESOLVED,
            "2020-3": State.REPORTED_BACK,
            "2020-4": State.REGISTERED,
            "2020-5": State.REPORTED_BACK,
            "2020-6": State.REGISTERED,
        }
        assert faults(register) == [] and check(register) == []
        assert register.value(Batch.select(Batch.label).order_by(Batch.id.desc())) == "升级民意账单"


def test_deadlines_categories_and_those_who_raised_them_are_there(older_url: str) -> None:
    with open_register(older_url) as register:
        found = wholes(register)
        began = datetime.date(2020, 8, 10)
        for whole in found.values():
            assert whole.values["due_at"] == end_of(due_on(Level(whole.values["level"]), began))
            assert (whole.values["pending_at"] is not None) == whole.state.is_pending
            assert len(whole.reporters) == 1 and whole.reporters[0].reported_on == began
        assert [found[number].values["category"] for number in OLD] == [
            *("lift", "water", "neighbours", "鸟粪", "property.renewal", "heating"),
        ]
        assert (found["2020-1"].reporters[0].name, found["2020-1"].reporters[0].phone) == ("马大爷", "13812345678")
        assert found["2020-2"].reporters[0].household == found["2020-2"].values["household"] is not None
        assert [found[f"2020-{n}"].values["satisfaction"] for n in (3, 4)] == ["mostly", ""]
        assert [event.step for event in found["2020-5"].events] == [Step.REGISTER, Step.RESOLVE, Step.REPORT_BACK]


def test_they_are_found_and_go_on(older_url: str) -> None:
    with open_register(older_url) as register:
        search.make(register)
        for text in ("马大爷", "5678", "电梯停运"):
            assert [one.issue for one in finding.find(register, text).found if one.issue] != []
        found = wholes(register)
        take(register, found["2020-2"].uid, Step.REPORT_BACK, Entry(channel=Channel.PHONE))
        take(register, found["2020-3"].uid, Step.REOPEN, Entry(note="又响了"))
        take(register, found["2020-4"].uid, Step.RESOLVE, Entry(note="清理了"))
        assert faults(register) == [] and check(register) == []
