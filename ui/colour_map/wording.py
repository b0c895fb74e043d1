"""What a cell of the colour map says in words: in its tooltip, and to a screen reader."""

import datetime

from PySide6.QtCore import QCoreApplication

from gridapp.households.colour_map import Cell, CellKind
from gridapp.households.listing import Row
from gridapp.households.words import categories_text, day_text, people_text


def name(cell: Cell) -> str:
    """Where a cell is and who is there: ``盛欣园3号楼2门501 马玉兰``."""
    return " ".join([cell.address, *(home.head for home in cell.households if home.head)])


def lines(cell: Cell, today: datetime.date | None = None) -> list[str]:
    """The address, then for each household who, how many, by which number, and when they were visited last."""
    if cell.kind is CellKind.UNKNOWN:
        if cell.recorded:
            return [cell.address, _tr("未登记：照楼栋档案，这里应有一户")]
        return [cell.address, _tr("未登记：照同一门其他楼层看，这里应有一户")]
    told = [cell.address]
    for home in cell.households:
        told += _household(home, today or datetime.date.today())
    return told


def _household(home: Row, today: datetime.date) -> list[str]:
    told = ["  ".join(part for part in (home.head or _tr("未写姓名"), categories_text(home.mask)) if part)]
    reach = "  ".join(part for part in (people_text(home.people), home.phone) if part)
    if reach:
        told.append(reach)
    if home.last_visit is None:
        told.append(_tr("还没有走访过"))
    else:
        days = (today - home.last_visit).days
        told.append(_tr("上次走访 {0}（{1}天前）").format(day_text(home.last_visit, today), days))
    if home.open_issues:
        told.append(_tr("未结民意 {0} 件").format(home.open_issues))
    return told


def _tr(text: str) -> str:
    return QCoreApplication.translate("ColourMap", text)
