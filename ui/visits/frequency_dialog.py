"""Asks how often households of each category are visited."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSpinBox, QWidget

from gridapp.households.categories import CATEGORIES, UNCLASSED
from gridapp.visits.frequency import MOST_DAYS, Frequency, days_text
from ui import theme
from ui.widgets import marks
from ui.widgets.asking import AskingDialog


class FrequencyDialog(AskingDialog):
    """``asked`` carries the frequency that was agreed on."""

    asked = Signal(object)

    def __init__(self, frequency: Frequency, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("FrequencyDialog", "走访频次")
        told = QCoreApplication.translate("FrequencyDialog", "一户有几种分类时，按最勤的算。全登记簿通用。")
        super().__init__(title, told, QCoreApplication.translate("FrequencyDialog", "保存"), parent)
        self.boxes: dict[str, QSpinBox] = {}
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * theme.GAP)
        for row, category in enumerate((*CATEGORIES, UNCLASSED)):
            mark = marks.MarkRow()
            mark.set_categories([category])
            name = QLabel(category.name)
            box = self.boxes[category.key] = QSpinBox()
            box.setRange(1, MOST_DAYS)
            box.setValue(frequency.days[category.key])
            box.setSuffix(self.tr(" 天"))
            box.setAccessibleName(self.tr("{0}多少天走访一次").format(category.name))
            often = QLabel(days_text(box.value()))
            often.setProperty("secondary", True)
            box.valueChanged.connect(lambda days, label=often: label.setText(days_text(days)))
            for column, widget in enumerate((mark, name, box, often)):
                grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(3, 1)
        self._column.insertWidget(self._column.count() - 1, body)
        self.buttons.accepted.connect(self._accept)
        first = next(iter(self.boxes.values()))
        first.setFocus()
        first.selectAll()

    def _accept(self) -> None:
        self.accept()
        self.asked.emit(Frequency({key: box.value() for key, box in self.boxes.items()}))
