"""Small workbooks for tests of the import, and what came of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from stdnum.cn import ric

from gridapp.areas import tree
from gridapp.areas.model import Area
from gridapp.households.model import Household, Resident
from gridapp.register import Register

DATA = Path(__file__).parents[2] / "data"
LEDGER = DATA / "紫光苑社区第三网格住户台账.xlsx"
PEOPLE = DATA / "延生里社区太极园4号楼居民信息采集表.xlsx"

HEADER = ("序号", "小区", "楼栋", "楼门", "房号", "户主", "身份证号", "人口", "联系电话", "分类", "紧急联系人", "备注")
FAMILY_HEADER = ("楼门", "房号", "姓名", "与户主关系", "性别", "身份证号", "电话", "备注")


def id_number(birth: str = "19740102", order: str = "613") -> str:
    """A correct number; an odd ``order`` is a man's, an even one a woman's."""
    base = f"120104{birth}{order}"
    return base + ric.calc_check_digit(base + "0")


def row(**values: Any) -> list[Any]:
    """A row of a ledger under ``HEADER``; only what a test is about has to be said."""
    told = {"小区": "盛欣园", "楼栋": "3号楼", "楼门": "2门", "房号": "501", "户主": "马一", **values}
    return [told.get(label) for label in HEADER]


def member(**values: Any) -> list[Any]:
    """A row of a sheet of residents under ``FAMILY_HEADER``."""
    return [values.get(label) for label in FAMILY_HEADER]


def write(
    path: Path, rows: Sequence[Sequence[Any]], sheet: str = "住户台账", **sheets: Sequence[Sequence[Any]]
) -> Path:
    """A workbook of one sheet, or of further ones by name."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in {sheet: rows, **sheets}.items():
        made = book.create_sheet(name)
        for line in lines:
            made.append(list(line))
    book.save(path)
    return path


def ledger(path: Path, *rows: Sequence[Any]) -> Path:
    return write(path, [HEADER, *rows])


def households(register: Register) -> list[dict[str, Any]]:
    """What is registered, in walking order, each household with its ``residents``."""
    query = Household.select(Household, Area.name.alias("grid")).join(Area, on=(Area.uid == Household.area))
    found = register.all(query.order_by(Area.code, Household.address_key, Household.head).dicts())
    for one in found:
        people = Resident.select().where(Resident.household == one["uid"]).order_by(Resident.position)
        one["residents"] = register.all(people.dicts())
    return found


def only(register: Register) -> dict[str, Any]:
    """The one household there is."""
    (found,) = households(register)
    return found


def copy_areas(source: Register, target: Register) -> None:
    with target.recording("新建区域") as recording:
        for area in source.all(Area.select().order_by(Area.code)):
            tree.add(recording, area.code, [step.name for step in tree.path_of(source, area.code)])
