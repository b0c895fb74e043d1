"""The filters above the ledger: category, level, source and text, and in which form it is shown."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from gridapp.areas.model import LEVEL_NAMES, Level
from gridapp.issues.categories import Categories
from gridapp.issues.ledger import LedgerFilter
from gridapp.issues.states import SOURCE_NAMES, Source
from ui import theme
from ui.widgets.filter_box import FilterBox

_TYPING_PAUSE_MS = 250
_BOX_WIDTH, _LEAST_BOX_WIDTH = 220, 90
_LEAST_COMBO_WIDTH = 72
_INSET = "　"


class Form(StrEnum):
    """In which form the ledger is shown."""

    TABLE = "table"
    BOARD = "board"
    CALLS = "calls"


class LedgerBar(QWidget):
    """Emits ``asked`` with the filter that is wanted instead, while one types only after a pause."""

    asked = Signal(object)
    form_asked = Signal(object)
    desk_asked = Signal()
    register_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = LedgerFilter("")
        self._sorts: Categories | None = None
        self.category = self._combo(self.tr("类别"))
        self.level = self._combo(self.tr("级别"))
        self.source = self._combo(self.tr("来源"))
        self.level.addItem(self.tr("全部级别"), None)
        for level in Level:
            self.level.addItem(LEVEL_NAMES[level], level)
        self.source.addItem(self.tr("全部来源"), None)
        for source in Source:
            self.source.addItem(SOURCE_NAMES[source], source)
        self.urgent = QToolButton()
        self.urgent.setCheckable(True)
        self.urgent.setIcon(theme.icon("lightning"))
        self.urgent.setText(self.tr("紧急"))
        self.urgent.setToolTip(self.tr("只看紧急的 (Alt+J)"))
        self.urgent.setShortcut("Alt+J")
        self.desk = QToolButton()
        self.desk.setIcon(theme.icon("identification-badge"))
        self.desk.setToolTip(self.tr("“我的”指谁：队员或单位"))
        self.desk.setAccessibleName(self.tr("“我的”指谁"))
        self.box = FilterBox()
        self.box.setPlaceholderText(self.tr("编号、问题、承办、反映人"))
        self.box.setAccessibleName(self.tr("筛选民意"))
        self.box.setMinimumWidth(_LEAST_BOX_WIDTH)
        self.box.setMaximumWidth(_BOX_WIDTH)
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.count = QLabel()
        self.count.setProperty("secondary", True)
        self.register = QPushButton(theme.icon("plus"), self.tr("登记民意"))
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._build()
        self._connect()

    def show_filter(self, chosen: LedgerFilter, sorts: Categories) -> None:
        """Show what is asked for."""
        self._shown = chosen
        if sorts is not self._sorts:
            self._sorts = sorts
            self._fill_categories(sorts)
        key = next(iter(chosen.categories)) if len(chosen.categories) == 1 else None
        for combo, value in ((self.category, key), (self.level, chosen.level), (self.source, chosen.source)):
            combo.setCurrentIndex(max(0, combo.findData(value)))
        self.urgent.setChecked(chosen.urgent)
        if self.box.text().strip() != chosen.text.strip():
            self.box.setText(chosen.text)
            self._pause.stop()

    def show_form(self, form: Form) -> None:
        """Show in which form the ledger is shown."""
        self.forms[form].setChecked(True)

    def _fill_categories(self, sorts: Categories) -> None:
        self.category.clear()
        self.category.addItem(self.tr("全部类别"), None)
        for top in sorts.tops:
            self.category.addItem(top.name, top.key)
            for child in top.children:
                self.category.addItem(_INSET + child.name, child.key)

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(name)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        combo.setMinimumWidth(_LEAST_COMBO_WIDTH)  # the longest category must not keep the window wide
        combo.setMaxVisibleItems(24)
        return combo

    def _build(self) -> None:
        self.forms: dict[Form, QToolButton] = {}
        group = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.GAP, 4, theme.GAP, theme.GAP)
        line.setSpacing(4)
        for widget in (self.category, self.level, self.source, self.urgent):
            line.addWidget(widget)
        line.addWidget(self.box, 1)
        line.addWidget(self.desk)
        line.addStretch()
        line.addWidget(self.count)
        line.addSpacing(theme.GAP)
        for form, icon, name, key in (
            (Form.TABLE, "table", self.tr("表格"), "Alt+Q"),
            (Form.BOARD, "cards", self.tr("看板"), "Alt+W"),
            (Form.CALLS, "phone-call", self.tr("反馈电话单"), "Alt+E"),
        ):
            button = QToolButton()
            button.setCheckable(True)
            button.setIcon(theme.icon(icon))
            button.setAccessibleName(name)
            button.setToolTip(f"{name} ({key})")
            button.setShortcut(key)
            button.clicked.connect(lambda _checked=False, one=form: self.form_asked.emit(one))
            group.addButton(button)
            line.addWidget(button)
            self.forms[form] = button
        self.forms[Form.TABLE].setChecked(True)
        line.addSpacing(theme.GAP)
        line.addWidget(self.register)

    def _connect(self) -> None:
        self._pause.timeout.connect(lambda: self._ask(text=self.box.text()))
        self.box.textChanged.connect(lambda _text: self._pause.start())
        self.box.returnPressed.connect(lambda: self._ask(text=self.box.text()))
        self.category.activated.connect(
            lambda _at: self._ask(categories=frozenset(filter(None, [self.category.currentData()])))
        )
        self.level.activated.connect(lambda _at: self._ask(level=self.level.currentData()))
        self.source.activated.connect(lambda _at: self._ask(source=self.source.currentData()))
        self.urgent.clicked.connect(lambda checked: self._ask(urgent=checked))
        self.desk.clicked.connect(self.desk_asked)
        self.register.clicked.connect(self.register_asked)

    def _ask(self, **told: object) -> None:
        wanted = replace(self._shown, **{"text": self.box.text(), **told})  # type: ignore[arg-type]
        self._pause.stop()
        if wanted != self._shown:
            self.asked.emit(wanted)
