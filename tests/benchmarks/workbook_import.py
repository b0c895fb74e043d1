"""Reading a workbook of households into an empty register, against calamine and bare ``executemany``.

The floor reads the same workbook and inserts the very rows that the import makes into the same two tables, with their
indexes; checking, change log and report are what the import does beyond that.
"""

import pickle
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.benchmarks.measuring import Stopwatch

TITLE = "workbook import"
LIMIT = 3
SCALE = "district"
ROUNDS = 2
CASES = ("",)
_TABLES = ("household", "resident")
_HEADER = (
    *("序号", "街道", "社区", "网格", "小区", "楼栋", "楼门", "房号", "户主", "身份证号", "人口", "联系电话", "分类"),
    *("紧急联系人", "备注"),
)


def prepare(register: Path, folder: Path) -> None:
    """Write the workbook, make a register that holds only the areas, and keep the rows that the import makes."""
    from gridapp.areas import tree
    from gridapp.areas.model import Area
    from gridapp.register import open_register

    with open_register(str(register), create=False) as held, open_register(str(folder / "areas.db")) as empty:
        _write(held, folder / "workbook.xlsx")
        areas = held.all(Area.select().order_by(Area.code))
        names = {area.code: area.name for area in areas}
        with empty.recording("新建区域") as recording:
            for area in areas:
                above = [code for code in (area.code[:n] for n in (6, 9, 12, 15)) if len(code) <= len(area.code)]
                tree.add(recording, area.code, [names[code] for code in dict.fromkeys(above)])
    made = _imported(folder, "first.db")[1]
    with closing(sqlite3.connect(made)) as database, (folder / "rows").open("wb") as file:
        for table in _TABLES:
            pickle.dump(database.execute(f"SELECT * FROM {table} ORDER BY uid").fetchall(), file)


def _write(held: Any, path: Path) -> None:
    from openpyxl import Workbook

    from gridapp.areas.model import CODE_LENGTHS, Area
    from gridapp.households.address import building_label, entrance_label
    from gridapp.households.model import HEAD, Household, Resident
    from gridapp.households.words import categories_text

    names = dict(held.each(Area.select(Area.code, Area.name)))
    heads = dict(held.each(Resident.select(Resident.household, Resident.id_number).where(Resident.relation == HEAD)))
    query = Household.select(
        *(Household.uid, Area.code, Household.estate, Household.building, Household.entrance, Household.room),
        *(Household.head, Household.people, Household.phone, Household.categories, Household.emergency_contact),
        Household.note,
    ).join(Area, on=(Area.uid == Household.area))
    book = Workbook(write_only=True)
    sheet = book.create_sheet("住户台账")
    sheet.append(_HEADER)
    rows = held.each(query.order_by(Area.code, Household.address_key))
    for number, (uid, code, estate, building, entrance, room, head, people, phone, mask, contact, note) in enumerate(
        rows, 1
    ):
        places = [names.get(code[:length]) for length in list(CODE_LENGTHS.values())[1:]]
        door = (estate, building_label(building), entrance_label(entrance), room)
        told = (head, heads.get(uid), people, phone, categories_text(mask), contact, note)
        sheet.append([number, *places, *door, *(value or None for value in told)])
    book.save(path)


def floor(register: Path, folder: Path, case: str) -> float:
    from python_calamine import CalamineWorkbook

    from gridapp.store import dialects

    with (folder / "rows").open("rb") as file:
        rows = {table: pickle.load(file) for table in _TABLES}
    path = _copied(folder, "floor.db")
    database = dialects.connect(str(path))
    database.connect()
    watch = Stopwatch()
    with watch.running():
        for _ in CalamineWorkbook.from_path(str(folder / "workbook.xlsx")).get_sheet_by_index(0).iter_rows():
            pass
        with database.atomic():
            for table, lines in rows.items():
                marks = ", ".join("?" * len(lines[0]))
                database.connection().executemany(f"INSERT INTO {table} VALUES ({marks})", lines)
    database.close()
    return watch.seconds


def ours(register: Path, folder: Path, case: str) -> float:
    return _imported(folder, "ours.db")[0]


def _imported(folder: Path, name: str) -> tuple[float, Path]:
    from gridapp.areas import tree
    from gridapp.intake.importing import import_workbook
    from gridapp.register import open_register

    path = _copied(folder, name)
    empty = open_register(str(path), create=False)
    code = tree.roots(empty)[0].code
    begun = time.perf_counter()
    report = import_workbook(empty, folder / "workbook.xlsx", code)
    seconds = time.perf_counter() - begun
    empty.close(backup=False)
    assert report.households and not report.refused, report.summary()[:500]
    return seconds, path


def _copied(folder: Path, name: str) -> Path:
    """A fresh copy of the register that holds only areas."""
    path = folder / name
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    path.write_bytes((folder / "areas.db").read_bytes())
    return path
