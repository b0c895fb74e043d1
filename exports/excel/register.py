"""The household register of an area as a workbook: its households, and the people in them."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook

import gridapp
from exports.excel.table import DAY, TEXT, Column, Look, Table
from exports.excel.workbook import writing
from exports.files import safe_name
from exports.report import ExportReport
from gridapp.areas import tree
from gridapp.areas.model import CODE_LENGTHS, LEVEL_NAMES, Area, Level
from gridapp.households.address import building_label, entrance_label, full_label
from gridapp.households.categories import CATEGORIES, first_position
from gridapp.households.filters import Filter
from gridapp.households.listing import Listing
from gridapp.households.model import KIND_NAMES
from gridapp.households.walking import Home, homes
from gridapp.households.words import categories_text
from gridapp.places import current_actor
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store.register import Register

_KIND = "住户台账"
_LOOK_EVERY = 200
_NUMBER = Look(align="right")
_AS_TEXT = Look(TEXT)
_TEXT_WRAPPED = Look(TEXT, wrap=True)
_WRAPPED = Look(wrap=True)

_HOUSEHOLD_COLUMNS = (
    Column("小区", 15, _WRAPPED),
    Column("楼栋", 10, _WRAPPED),
    Column("楼门", 8, _WRAPPED),
    Column("层", 7, _AS_TEXT),
    Column("房号", 9, _TEXT_WRAPPED),
    Column("户主/单位", 22, _WRAPPED),
    Column("类型", 8),
    Column("人口", 8, _NUMBER),
    Column("联系电话", 16, _TEXT_WRAPPED),
    Column("分类", 16, _WRAPPED),
    Column("紧急联系人", 29, _WRAPPED),
    Column("统一社会信用代码", 22, _AS_TEXT),
    Column("备注", 30, _WRAPPED),
)
_AREA_WIDTH = 15
_RESIDENT_COLUMNS = (
    Column("地址", 28, _WRAPPED),
    Column("户主", 14, _WRAPPED),
    Column("姓名", 14, _WRAPPED),
    Column("与户主关系", 14),
    Column("性别", 8),
    Column("出生日期", 14, Look(DAY)),
    Column("身份证号", 22, _AS_TEXT),
    Column("电话", 16, _TEXT_WRAPPED),
    Column("党员", 8),
    Column("特殊情况", 24, _WRAPPED),
)
_CATEGORY_LOOKS = [Look(fill=one.colour, colour=one.text_colour, wrap=True) for one in CATEGORIES]


def file_name(register: Register, code: str) -> str:
    """How the register of an area is called as a file: ``紫光苑社区第三网格住户台账.xlsx``.

    Raises:
        UserError: there is no area with this code.
    """
    names = [area.name for area in _path(register, code)]
    return safe_name("".join(names[-2:]) + _KIND) + ".xlsx"


def export_register(
    register: Register,
    code: str,
    path: Path,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> ExportReport:
    """Write the households of an area, and the people in them, as a workbook, whole or not at all.

    Raises:
        UserError: there is no area with this code, or the file cannot be written.
        Cancelled: the token was set.
    """
    cancel = cancel or CancelToken()
    areas = _path(register, code)
    total = Listing(register, Filter(code)).count
    with writing(path, cancel) as book:
        _describe(book, areas)
        sheets = _Sheets(register, book, areas)
        for done, home in enumerate(homes(register, code)):
            if done % _LOOK_EVERY == 0:
                cancel.check()
                progress(done, total, _KIND)
            sheets.add(home)
        sheets.finish()
        progress(total, total, "正在保存")
    return ExportReport([path], rows=sheets.households)


class _Sheets:
    """Both tables, filled household by household, so that each is read once."""

    def __init__(self, register: Register, book: Workbook, areas: list[Area]) -> None:
        below = [level for level in Level if level > areas[-1].level]
        self._lengths = [CODE_LENGTHS[level] for level in below]
        self._names = {node.code: node.name for root in tree.roots(register) for node in root.walk()}
        self._category = 1 + len(below) + [column.heading for column in _HOUSEHOLD_COLUMNS].index("分类")
        self._looks = [{self._category: look} for look in _CATEGORY_LOOKS] + [{}]
        self.households = 0
        title = f"{tree.path_label(areas)}　{{}}（{datetime.now():%Y-%m-%d}）"
        footer = f"导出人：{current_actor()}　{datetime.now():%Y-%m-%d %H:%M}"
        columns = [
            Column("序号", 8, _NUMBER),
            *(Column(LEVEL_NAMES[level], _AREA_WIDTH, _WRAPPED) for level in below),
            *_HOUSEHOLD_COLUMNS,
        ]
        self._homes = Table(book, _KIND, title.format(_KIND), columns, footer)
        self._people = Table(book, "居民", title.format("居民名册"), _RESIDENT_COLUMNS, footer)

    def add(self, home: Home) -> None:
        self.households += 1
        looks = self._looks[first_position(home.categories)]
        self._homes.append([self.households, *self._places(home.area_code), *_household(home)], looks)
        if home.residents:
            where = full_label(home.estate, home.building, home.entrance, home.room)
            for name, relation, sex, birth_date, id_number, phone, party_member, conditions in home.residents:
                party = "是" if party_member else None
                self._people.append(
                    (where, home.head, name, relation, sex, birth_date, id_number, phone, party, conditions)
                )

    def finish(self) -> None:
        self._homes.finish()
        self._people.finish()

    def _places(self, code: str) -> list[str | None]:
        return [self._names.get(code[:length]) for length in self._lengths]


def _household(home: Home) -> tuple[Any, ...]:
    return (
        home.estate,
        building_label(home.building),
        entrance_label(home.entrance),
        home.floor,
        home.room,
        home.head,
        KIND_NAMES.get(home.kind, home.kind),
        home.people,
        home.phone,
        _categories(home.categories),
        home.emergency_contact,
        home.credit_code,
        home.note,
    )


@cache
def _categories(mask: int) -> str:
    return categories_text(mask)


def _path(register: Register, code: str) -> list[Area]:
    """The areas from the district down to the one with this code."""
    tree.find(register, code)
    return tree.path_of(register, code)


def _describe(book: Workbook, areas: list[Area]) -> None:
    book.properties.title = f"{areas[-1].name}{_KIND}"
    book.properties.subject = f"{tree.path_label(areas)}，含居民个人信息，请妥善保管"
    book.properties.creator = current_actor()
    book.properties.lastModifiedBy = current_actor()
    book.properties.keywords = f"GridApp {gridapp.__version__}"
