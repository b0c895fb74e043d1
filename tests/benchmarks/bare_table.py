"""The floor of every table: a bare ``QTableView`` over a model that pages through SQLite, without anything of ours."""

import sqlite3
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QTableView

PAGE = 100
COLUMNS = 9
COUNT = "SELECT COUNT(*) FROM area CROSS JOIN household ON household.area = area.uid"
ROWS = """
SELECT household.categories, area.name, estate || building || entrance || room, head, people, phone,
       (SELECT MAX(visited_on) FROM visit WHERE visit.household = household.uid),
       (SELECT COUNT(*) FROM issue WHERE issue.household = household.uid AND resolved_on IS NULL), note
FROM area CROSS JOIN household ON household.area = area.uid
"""
WITHIN = " WHERE area.level = 4 AND area.code >= ? AND area.code < ?"
BY_ADDRESS = " ORDER BY area.code, household.address_key, household.uid"


class PagingModel(QAbstractTableModel):
    """Counts, and reads pages by LIMIT and OFFSET; of households unless a class of it says otherwise."""

    COUNT, ROWS, WITHIN, COLUMNS = COUNT, ROWS, WITHIN, COLUMNS

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.database = sqlite3.connect(path)
        self.database.execute("PRAGMA mmap_size = 268435456")
        self.count = 0

    def show(self, code: str, condition: str = "", order: str = BY_ADDRESS) -> None:
        self.beginResetModel()
        self.range = (code, code + ":")
        self.rest = self.WITHIN + condition
        self.order = order
        self.pages: dict[int, list[tuple]] = {}
        (self.count,) = self.database.execute(self.COUNT + self.rest, self.range).fetchone()
        self.endResetModel()

    def rowCount(self, parent=None) -> int:
        return self.count

    def columnCount(self, parent=None) -> int:
        return self.COLUMNS

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        number, within = divmod(index.row(), PAGE)
        if number not in self.pages:
            query = f"{self.ROWS}{self.rest}{self.order} LIMIT {PAGE} OFFSET {number * PAGE}"
            self.pages[number] = self.database.execute(query, self.range).fetchall()
        return self.pages[number][within][index.column()]


def shown(path: Path) -> tuple[PagingModel, QTableView]:
    model = PagingModel(path)
    view = QTableView()
    view.setModel(model)
    view.resize(1100, 800)
    view.show()
    return model, view
