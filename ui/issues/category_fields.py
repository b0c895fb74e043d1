"""What can be said of one category: its name, who handles it by when, and what else is asked."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from gridapp.areas.model import LEVEL_NAMES, Level
from gridapp.issues.categories import Category
from gridapp.issues.category_editing import Tops
from gridapp.issues.category_rules import MOST_DAYS, MOST_HOURS
from gridapp.issues.deadlines import WORKING_DAYS
from ui import theme
from ui.issues.extra_field_rows import ExtraFieldRows
from ui.widgets.fields import Field

_BETWEEN = "、"
_USUAL, _DAYS, _HOURS = "", "days", "hours"


class CategoryFields(QWidget):
    """``changed`` carries the category with each key, ``moved`` its key and that of the one it shall stand in."""

    changed = Signal(object)
    moved = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._one: Category | None = None
        self.name, self.synonyms, self.department = QLineEdit(), QLineEdit(), QLineEdit()
        self.synonyms.setPlaceholderText(self.tr("登记时也按这些词找到，用顿号隔开"))
        self.top, self.level, self.rule, self.time = QComboBox(), QComboBox(), QComboBox(), QSpinBox()
        self.extra = ExtraFieldRows()
        self.above = QLabel()
        self.above.setProperty("secondary", True)
        self.above.setWordWrap(True)
        self._build()
        self._connect()

    def show_category(self, one: Category, tops: Tops) -> None:
        """Show a category among others."""
        self._one = one
        parent = next((top for top in tops if any(child.key == one.key for child in top.children)), None)
        self._show_tops(one, parent, tops)
        self._show_rule(one, parent)
        self.name.setText(one.name)
        self.synonyms.setText(_BETWEEN.join(one.synonyms))
        self.department.setText(one.department)
        self.department.setPlaceholderText(self.tr("不填，登记时再定"))
        self.extra.show_fields(one.fields)
        self.above.hide()
        if parent is not None:
            self._show_above(parent)
        self.say("")

    def say(self, text: str, field: str = "name") -> None:
        """Say what is wrong with something, beside it; an empty text takes everything back."""
        for name, shown in self.fields.items():
            shown.set_remark(text if name == field else "")
        if text:
            self.fields[field].setFocus()

    # How it is built

    def _build(self) -> None:
        deadline = QWidget()
        line = QHBoxLayout(deadline)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        line.addWidget(self.rule, 1)
        line.addWidget(self.time)
        deadline.setFocusProxy(self.rule)
        self.fields = {
            "name": Field(self.tr("名称"), self.name),
            "top": Field(self.tr("上级分类"), self.top),
            "synonyms": Field(self.tr("别名"), self.synonyms),
            "department": Field(self.tr("承办单位"), self.department),
            "level": Field(self.tr("承办层级"), self.level),
            "deadline": Field(self.tr("办理期限"), deadline),
            "fields": Field(self.tr("补充信息"), self.extra),
        }
        self.rule.setAccessibleName(self.tr("办理期限"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * theme.GAP)
        grid.setVerticalSpacing(12)
        places = {
            "name": (0, 0, 1),
            "top": (0, 1, 1),
            "synonyms": (1, 0, 2),
            "department": (2, 0, 1),
            "level": (2, 1, 1),
            "deadline": (3, 0, 2),
            "fields": (4, 0, 2),
        }
        for name, (row, column, span) in places.items():
            grid.addWidget(self.fields[name], row, column, 1, span)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.GAP)
        whole.addLayout(grid)
        whole.addWidget(self.above)
        whole.addStretch()

    def _connect(self) -> None:
        for line in (self.name, self.synonyms, self.department):
            line.textEdited.connect(lambda _text: self._tell())
        self.extra.changed.connect(self._tell)
        self.level.activated.connect(lambda _index: self._tell())
        self.rule.activated.connect(lambda _index: self._take_rule())
        self.time.valueChanged.connect(lambda _value: self._tell())
        self.top.activated.connect(lambda _index: self._move())

    # What is shown

    def _show_tops(self, one: Category, parent: Category | None, tops: Tops) -> None:
        self.top.clear()
        self.top.addItem(self.tr("没有，它是一级分类"), None)
        for top in tops:
            if top.key != one.key:
                self.top.addItem(top.name, top.key)
        self.top.setCurrentIndex(self.top.findData(parent.key) if parent is not None else 0)
        self.top.setEnabled(not one.children)
        self.top.setToolTip(self.tr("它还有下级分类，只能是一级分类。") if one.children else "")

    def _show_rule(self, one: Category, parent: Category | None) -> None:
        same = self.tr("同“{0}”").format(parent.name) if parent is not None else ""
        level = parent.level if parent is not None else None
        self.level.clear()
        usual = f"{same}：{LEVEL_NAMES[level]}" if same and level else self.tr("在哪一级登记，由哪一级承办")
        self.level.addItem(usual, None)
        for other in reversed(Level):
            self.level.addItem(LEVEL_NAMES[other], other)
        self.level.setCurrentIndex(self.level.findData(one.level) if one.level is not None else 0)
        self.rule.clear()
        for text, value in ((_usual_rule(self, parent, one.level or level), _USUAL), *_rules(self)):
            self.rule.addItem(text, value)
        kind = _HOURS if one.hours is not None else _DAYS if one.working_days is not None else _USUAL
        self.rule.setCurrentIndex(self.rule.findData(kind))
        self._show_time(one.hours or one.working_days or 1)

    def _show_time(self, value: int) -> None:
        kind = self.rule.currentData()
        self.time.blockSignals(True)
        self.time.setRange(1, MOST_HOURS if kind == _HOURS else MOST_DAYS)
        self.time.setSuffix(self.tr(" 小时") if kind == _HOURS else self.tr(" 个工作日"))
        self.time.setAccessibleName(self.tr("多少小时") if kind == _HOURS else self.tr("多少个工作日"))
        self.time.setValue(value)
        self.time.blockSignals(False)
        self.time.setVisible(kind != _USUAL)

    def _show_above(self, parent: Category) -> None:
        """Tell what holds here too because the one above says it."""
        if parent.department:
            self.department.setPlaceholderText(self.tr("同“{0}”：{1}").format(parent.name, parent.department))
        if parent.fields:
            told = _BETWEEN.join(extra.name for extra in parent.fields)
            self.above.setText(self.tr("另有“{0}”的：{1}").format(parent.name, told))
            self.above.show()

    # What is told

    def _take_rule(self) -> None:
        self._show_time(self.time.value())
        if self.time.isVisible():
            self.time.setFocus()
            self.time.selectAll()
        self._tell()

    def _move(self) -> None:
        if self._one is not None:
            self.moved.emit(self._one.key, self.top.currentData())

    def _tell(self) -> None:
        if self._one is None:
            return
        kind, time = self.rule.currentData(), self.time.value()
        self._one = dataclasses.replace(
            self._one,
            name=self.name.text(),
            synonyms=_cut(self.synonyms.text()),
            department=self.department.text(),
            level=self.level.currentData(),
            working_days=time if kind == _DAYS else None,
            hours=time if kind == _HOURS else None,
            fields=self.extra.fields(),
        )
        self.say("", "")
        self.changed.emit(self._one)


def _cut(text: str) -> tuple[str, ...]:
    for other in ",，;；":
        text = text.replace(other, _BETWEEN)
    return tuple(word for word in text.split(_BETWEEN) if word.strip())


def _usual_rule(shown: CategoryFields, parent: Category | None, level: Level | None) -> str:
    if parent is not None and parent.hours is not None:
        return shown.tr("同“{0}”：{1}小时").format(parent.name, parent.hours)
    if parent is not None and parent.working_days is not None:
        return shown.tr("同“{0}”：{1}个工作日").format(parent.name, parent.working_days)
    if level is not None:
        return shown.tr("按承办层级：{0}{1}个工作日").format(LEVEL_NAMES[level], WORKING_DAYS[level])
    told = _BETWEEN.join(f"{LEVEL_NAMES[one]}{WORKING_DAYS[one]}" for one in reversed(Level))
    return shown.tr("按承办层级：{0}个工作日").format(told)


def _rules(shown: CategoryFields) -> tuple[tuple[str, str], ...]:
    return (shown.tr("另定，按工作日"), _DAYS), (shown.tr("另定，按小时（不分昼夜）"), _HOURS)
