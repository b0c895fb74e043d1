"""Choosing age bands: the usual ones to tick, and one from and to typed numbers."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from gridapp.errors import UserError
from gridapp.households.filter_words import BANDS, ages_text, typed_ages
from gridapp.households.filters import Ages
from ui import theme
from ui.widgets.fields import Field

_A_ROW = 3
_WIDTH = 56


class AgePicker(QWidget):
    """Emits ``changed`` when the user changes something; what is typed may be wrong then."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[Ages, QCheckBox] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(0)
        for position, ages in enumerate(BANDS):
            box = self.boxes[ages] = QCheckBox(ages_text(ages))
            box.clicked.connect(lambda _checked: self.changed.emit())
            grid.addWidget(box, position // _A_ROW, position % _A_ROW)
        self.first, self.last = self._end(self.tr("年龄从")), self._end(self.tr("年龄到"))
        own = QWidget()
        line = QHBoxLayout(own)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for widget in (self.first, QLabel(self.tr("到")), self.last, QLabel(self.tr("岁"))):
            line.addWidget(widget)
        line.addStretch()
        self.field = Field(self.tr("其他年龄"), own)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(grid)
        column.addWidget(self.field)

    def ages(self) -> tuple[Ages, ...] | None:
        """What is asked for; None where what is typed is wrong, which then stands beside it."""
        told = [ages for ages, box in self.boxes.items() if box.isChecked()]
        self.field.set_remark("")
        if self.first.text().strip() or self.last.text().strip():
            try:
                told.append(typed_ages(self.first.text(), self.last.text()))
            except UserError as error:
                self.field.set_remark(str(error))
                return None
        return tuple(dict.fromkeys(told))

    def set_ages(self, chosen: tuple[Ages, ...]) -> None:
        """Show what is asked for; of bands that are not among the usual there is room for one."""
        for ages, box in self.boxes.items():
            box.setChecked(ages in chosen)
        other = next((ages for ages in chosen if ages not in self.boxes), None)
        self.first.setText("" if other is None else str(other.first))
        self.last.setText("" if other is None or other.last is None else str(other.last))
        self.field.set_remark("")

    def _end(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setFixedWidth(_WIDTH)
        line.setAccessibleName(name)
        line.textEdited.connect(lambda _text: self.changed.emit())
        return line
