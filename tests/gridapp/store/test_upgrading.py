"""A register of an older version with people in it is brought up to date and keeps everything."""

import json
from typing import Any

import pytest
from peewee import SqliteDatabase
from playhouse.migrations import Runner

from gridapp.households.filters import Filter
from gridapp.households.listing import Listing
from gridapp.households.model import Household, Resident
from gridapp.ids import new_uid
from gridapp.register import open_register
from gridapp.store import dialects, migrate, undo
from gridapp.store.check import check
from gridapp.store.record import Record
from tests import factories as make


@pytest.fixture
def older_url(engine_url: str) -> str:
    """A register as it was before households could leave, when three of them were on record."""
    database = dialects.connect(engine_url)
    database.connect()
    Runner(database, str(migrate.FOLDER)).up("0003_search")
    mark = "?" if isinstance(database, SqliteDatabase) else "%s"
    rows: list[tuple[str, dict[str, object]]] = []
    areas = [new_uid() for _level in range(4)]
    for level, area in enumerate(areas):
        code = make.GRID[: 6 + 3 * level]
        above = areas[level - 1] if level else None
        rows.append(("area", {"uid": area, "level": level + 1, "parent": above, "code": code, "name": code}))
    for number, mask in enumerate((0, 1, 96)):
        home = {
            "area": areas[-1],
            "room": f"50{number}",
            "head": f"马{number}",
            "categories": mask,
            "kind": "residential",
        }
        texts = ("estate", "building", "entrance", "floor", "phone", "emergency_contact", "note")
        home = {"uid": new_uid(), **home, **dict.fromkeys(texts, "")}
        resident = {"uid": new_uid(), "household": home["uid"], "position": 0, "name": f"马{number}"}
        others = ("id_number", "sex", "relation", "phone", "conditions", "note")
        resident = {**resident, **dict.fromkeys(others, ""), "party_member": False}
        rows += [("household", {**home, **Household.derive(home)}), ("resident", resident)]
    batch = {"uid": new_uid(), "hlc": 1, "actor": "资料员", "label": "登记"}
    _insert(database, mark, "batch", batch)
    ((batch_id,),) = database.execute_sql("SELECT id FROM batch").fetchall()
    for table, row in rows:
        _insert(database, mark, table, row)
        change = {"batch": batch_id, "hlc": 1, "kind": "i", "record_table": table, "record": row["uid"]}
        _insert(database, mark, "change", change)
    database.close()
    return engine_url


def _insert(database: object, mark: str, table: str, row: dict[str, object]) -> None:
    columns = ", ".join(f'"{name}"' for name in row)
    sql = f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join([mark] * len(row))})'
    database.execute_sql(sql, tuple(row.values()))  # type: ignore[attr-defined]


def test_households_stay_where_they_stood_and_nobody_has_left(older_url: str) -> None:
    with open_register(older_url) as register:
        found = {row.head: row.precedence for row in Listing(register, Filter(make.GRID)).page(0, 9)}
        assert found == {"马0": 7, "马1": 0, "马2": 5}
        assert Listing(register, Filter(make.GRID, past=True)).count == 0
        assert check(register) == []


def test_what_was_deleted_before_comes_back_as_of_now(older_url: str) -> None:
    database = dialects.connect(older_url)
    database.connect()
    with open_register(older_url) as register:
        uid = register.value(Household.select(Household.uid).where(Household.head == "马1"))
        resident = register.value(Resident.select(Resident.uid).where(Resident.household == uid))
        dumps = {}
        with register.recording("删除") as recording:
            for model, one in ((Resident, resident), (Household, uid)):
                dumps[one] = _as_of_old(model, recording.read(model, one))
                recording.delete(model, one)
        for one, text in dumps.items():
            mark = "?" if isinstance(database, SqliteDatabase) else "%s"
            database.execute_sql(f"UPDATE change SET old = {mark} WHERE kind = 'd' AND record = {mark}", (text, one))
        undo.undo(register)
        assert register.value(Household.select(Household.left_on).where(Household.uid == uid)) is None
        assert register.value(Household.select(Household.left_how).where(Household.uid == uid)) == ""
        assert check(register) == []
    database.close()


def _as_of_old(model: type[Record], row: dict[str, Any] | None) -> str:
    """A row as the log of that version kept it."""
    assert row is not None
    later = ("left_on", "left_how", "merged_into", "moved_in_on")
    return json.dumps({name: value for name, value in json.loads(model.dump(row)).items() if name not in later})
