"""The form of one step of a plan for emergencies."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from gridapp.areas.model import LEVEL_NAMES, Level
from gridapp.emergency.clock import typed_minutes
from gridapp.emergency.plans import LEVELS, LONGEST_TEXT, LONGEST_TITLE, Step
from gridapp.errors import UserError
from gridapp.households.categories import CATEGORIES
from gridapp.teams.model import TEAM_ROLES
from ui import theme
from ui.widgets.fields import Field
from ui.widgets.flow import FlowLayout


class KeyChecks(QWidget):
    """Some of a few, each with a box; what was chosen before keeps its order."""

    changed = Signal()

    def __init__(self, names: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order: list[str] = []
        self.boxes = {key: QCheckBox(name) for key, name in names}
        flow = FlowLayout(self, theme.GAP)
        for box in self.boxes.values():
            flow.addWidget(box)
            box.toggled.connect(lambda _checked: self.changed.emit())

    def show_keys(self, keys: Sequence[str]) -> None:
        """Choose these."""
        self._order = list(keys)
        for key, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(key in keys)
            box.blockSignals(False)

    def keys(self) -> tuple[str, ...]:
        """What is chosen."""
        chosen = [key for key, box in self.boxes.items() if box.isChecked()]
        kept = [key for key in self._order if key in chosen]
        return (*kept, *(key for key in chosen if key not in kept))


class StepForm(QWidget):
    """``changed`` comes with each change; ``step`` tells what stands there."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.within, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.title.setMaxLength(LONGEST_TITLE)
        self.note.setMaxLength(LONGEST_TEXT)
        self.within.setPlaceholderText(self.tr("30分钟、2小时、1天"))
        self.role, self.level = QComboBox(), QComboBox()
        for role in TEAM_ROLES:
            self.role.addItem(role.name, role.key)
        for level in LEVELS:
            self.level.addItem(self.tr("每个{0}").format(LEVEL_NAMES[level]), int(level))
        self.for_whom = KeyChecks([(one.key, one.name) for one in CATEGORIES])
        self._within = Field(self.tr("启动后多久内"), self.within)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.GAP)
        grid.addWidget(Field(self.tr("要做的事"), self.title), 0, 0, 1, 3)
        grid.addWidget(Field(self.tr("谁来做"), self.role), 1, 0)
        grid.addWidget(self._within, 1, 1)
        grid.addWidget(Field(self.tr("派到"), self.level), 1, 2)
        grid.addWidget(Field(self.tr("对象（不选是所有住户）"), self.for_whom), 2, 0, 1, 3)
        grid.addWidget(Field(self.tr("说明"), self.note), 3, 0, 1, 3)
        for line in (self.title, self.within, self.note):
            line.textEdited.connect(lambda _text: self.changed.emit())
        for choice in (self.role, self.level):
            choice.activated.connect(lambda _at: self.changed.emit())
        self.for_whom.changed.connect(self.changed)

    def show_step(self, step: Step) -> None:
        """Show another step."""
        self.title.setText(step.title)
        self.within.setText(step.within_text.removesuffix("内"))
        self.note.setText(step.note)
        self.role.setCurrentIndex(max(0, self.role.findData(step.role)))
        self.level.setCurrentIndex(max(0, self.level.findData(int(step.level))))
        self.for_whom.show_keys(step.for_whom)
        self._within.set_remark("")

    def step(self, before: Step) -> Step:
        """What stands there; a time that cannot be read is left as it was, and said."""
        within = before.within
        try:
            within = typed_minutes(self.within.text())
        except UserError as error:
            self._within.set_remark(str(error))
        else:
            self._within.set_remark("")
        level = Level(self.level.currentData())
        return Step(
            *(self.title.text(), self.role.currentData(), within, level, self.for_whom.keys(), self.note.text())
        )

    def problem(self) -> str:
        """Why what stands there cannot be saved; empty if it can."""
        return self._within.remark()
