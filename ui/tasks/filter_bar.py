"""Which tasks are looked at: by the day they are due, by whom they are for, by words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QComboBox, QToolButton, QWidget

from gridapp.tasks.assigning import Assignable
from gridapp.tasks.listing import VIEW_NAMES, TaskFilter, View
from ui import theme
from ui.widgets.filter_box import FilterBox
from ui.widgets.flow import FlowLayout

_COUNTED = (View.OPEN, View.OVERDUE, View.TODAY, View.WEEK)
_BOX_WIDTH, _WHO_WIDTH = 180, 128


class TaskFilterBar(QWidget):
    """Emits ``changed`` when something else is to be looked at."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.views: dict[View, QToolButton] = {}
        self._group = QButtonGroup(self)
        line = FlowLayout(self, 4)
        line.setContentsMargins(0, 0, theme.GAP, 0)
        for number, view in enumerate(View):
            line.addWidget(self._chip(view, f"Alt+{number}"))
        self.from_above = QToolButton()
        self.from_above.setText(self.tr("含上级"))
        self.from_above.setIcon(theme.icon("tree-structure"))
        self.from_above.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.from_above.setCheckable(True)
        self.from_above.setChecked(True)
        self.from_above.setToolTip(self.tr("连同社区、街道、区布置下来的任务"))
        self.from_above.clicked.connect(lambda _checked: self.changed.emit())
        line.addWidget(self.from_above)
        self.who = QComboBox()
        self.who.setFixedWidth(_WHO_WIDTH)
        self.who.setAccessibleName(self.tr("负责人"))
        self.who.setToolTip(self.tr("只看一个人或一种职务的任务"))
        self.who.activated.connect(lambda _index: self.changed.emit())
        self.box = FilterBox()
        self.box.setFixedWidth(_BOX_WIDTH)
        self.box.setPlaceholderText(self.tr("筛选任务"))
        self.box.setAccessibleName(self.tr("筛选任务"))
        self.box.textChanged.connect(lambda _text: self.changed.emit())
        line.addWidget(self.who)
        line.addWidget(self.box)
        self.show_assigned([])

    def chosen(self, code: str) -> TaskFilter:
        """Which tasks of an area are to be looked at."""
        view = next(view for view, chip in self.views.items() if chip.isChecked())
        found = TaskFilter(code, view, text=self.box.text().strip(), from_above=self.from_above.isChecked())
        one = self.who.currentData()
        if not isinstance(one, Assignable):
            return found
        return replace(found, role=one.role) if one.role else replace(found, assignee=one.name)

    def is_active(self) -> bool:
        """Whether anything but the usual is to be looked at."""
        return self.chosen("") != TaskFilter("", from_above=self.from_above.isChecked())

    def clear(self) -> None:
        """Look at all that is to be done."""
        self.blockSignals(True)
        self.views[View.OPEN].setChecked(True)
        self.who.setCurrentIndex(0)
        self.box.clear()
        self.blockSignals(False)
        self.changed.emit()

    def show_view(self, view: View) -> None:
        """Look at tasks in another way."""
        self.views[view].setChecked(True)
        self.changed.emit()

    def show_counts(self, counts: Mapping[View, int]) -> None:
        """Show how many there are of each kind that is to be done."""
        for view in _COUNTED:
            chip, number = self.views[view], counts.get(view, 0)
            text = f"{VIEW_NAMES[view]} {number:,}" if number else VIEW_NAMES[view]
            if chip.text() != text:
                keys = chip.shortcut()
                chip.setText(text)
                chip.setShortcut(keys)  # which a new text has taken away

    def show_assigned(self, known: Sequence[Assignable]) -> None:
        """Offer whom the tasks of the area are for; whoever is chosen stays so."""
        current = self.who.currentData()
        self.who.clear()
        self.who.addItem(self.tr("所有人"))
        for one in known:
            self.who.addItem(one.name, one)
        if isinstance(current, Assignable):
            if current not in known:
                self.who.addItem(current.name, current)
            self.who.setCurrentIndex(self.who.findText(current.name))

    def save_state(self, settings: QSettings) -> None:
        settings.setValue("tasks/from_above", self.from_above.isChecked())

    def restore_state(self, settings: QSettings) -> None:
        self.from_above.setChecked(settings.value("tasks/from_above", True, bool) is True)

    def _chip(self, view: View, keys: str) -> QToolButton:
        chip = QToolButton()
        chip.setText(VIEW_NAMES[view])
        chip.setCheckable(True)
        chip.setChecked(view is View.OPEN)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.setShortcut(QKeySequence(keys))
        chip.setToolTip(self.tr("只看{0}的任务 ({1})").format(VIEW_NAMES[view], keys))
        chip.clicked.connect(lambda _checked: self.changed.emit())
        self._group.addButton(chip)
        self.views[view] = chip
        return chip
