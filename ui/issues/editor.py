"""Correcting what was written of an issue, in its place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.issues import categories, handlers, registering
from gridapp.issues.reading import Whole
from gridapp.issues.registering import Unfit
from gridapp.register import Register
from gridapp.store.changes import Conflict
from ui import theme
from ui.issues.category_line import CategoryLine
from ui.issues.extra_fields import ExtraFields
from ui.issues.handler_line import HandlerLine
from ui.widgets.fields import Field

_TEXT_HEIGHT = 96
FIELDS = ("description", "category", "urgent", "place", "handler", "extra")


class IssueEditor(QWidget):
    """``saved`` carries what was saved in words, ``left`` that nothing is edited any more.

    ``stale`` comes when somebody else was faster: what is stored has to be read again and handed to ``rebase``.
    """

    saved = Signal(str)
    left = Signal()
    stale = Signal()

    def __init__(self, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._uid: Uid = b""
        self._base: dict[str, Any] = {}
        self._area_code = ""
        self._number = ""
        self.conflict: tuple[str, ...] = ()
        self.description = QPlainTextEdit()
        self.description.setTabChangesFocus(True)
        self.description.setFixedHeight(_TEXT_HEIGHT)
        self.place, self.urgent = QLineEdit(), QCheckBox(self.tr("紧急"))
        self.category = CategoryLine(categories.of(register))
        self.handler = HandlerLine(lambda: handlers.offered(register, self._area_code, self.category.key()))
        self.extra = ExtraFields()
        self.category.changed.connect(lambda: self.extra.show_category(self.category.category()))
        self._build()

    @property
    def issue(self) -> Uid:
        """Which one is edited."""
        return self._uid

    def edit(self, whole: Whole) -> None:
        """Begin to edit an issue as it is stored."""
        self._begin(whole)
        self._show(self._base)
        self.description.setFocus()

    def resume(self, whole: Whole, typed: Mapping[str, Any], base: Mapping[str, Any]) -> None:
        """Go on with what was typed before, when this was stored."""
        self._begin(whole)
        self._base = dict(base)
        self._show(typed)

    def rebase(self, whole: Whole, fields: tuple[str, ...]) -> None:
        """Keep what was typed on top of what somebody else has stored since, and say where both differ."""
        stored = _stored(whole)
        kept = {name: value for name, value in self.values().items() if value != self._base[name]}
        if "extra" in kept:
            kept["extra"] = _joined(self._base["extra"], kept["extra"], stored["extra"])
        self._base = stored
        self._show({**stored, **kept})
        for name in fields:
            if name in self.fields:
                self.fields[name].set_remark(self._overtaken(name, whole))
                self.fields[name].setFocus()
        if not self.fields.keys() & set(fields):
            told = "，".join(f"{name} {value}" for name, value in whole.fields) or self.tr("空")
            self._say(self.tr("别人刚改了补充信息：{0}；再保存一次，以这里为准。").format(told))

    def values(self) -> dict[str, Any]:
        """What stands in the fields, as it is stored."""
        extra = {**self._no_longer_asked(), **self.extra.values()}
        return {
            "description": self.description.toPlainText().strip(),
            "category": self.category.key(),
            "urgent": self.urgent.isChecked(),
            "place": " ".join(self.place.text().split()),
            "handler": " ".join(self.handler.text().split()),
            "extra": json.dumps(extra, ensure_ascii=False, sort_keys=True) if extra else "",
        }

    @property
    def base(self) -> dict[str, Any]:
        """What was stored when it was begun."""
        return self._base

    def is_changed(self) -> bool:
        """Whether something differs from what was stored."""
        return self.values() != self._base

    def save(self) -> None:
        """Save what differs, or say why that cannot be; everything that was typed stays."""
        for field in self.fields.values():
            field.set_remark("")
        self.extra.clear_remarks()
        self._remark.hide()
        if self._register.is_written_elsewhere:
            self._say(self.tr("正在写入登记簿，暂时不能保存。请等右下角的任务结束后再保存。"))
            return
        wanted = {name: value for name, value in self.values().items() if value != self._base[name]}
        told = {**wanted, "extra": json.loads(wanted["extra"] or "{}")} if "extra" in wanted else wanted
        try:
            changed = bool(told) and registering.change(self._register, self._uid, told, self._base)
        except Conflict as error:
            self.conflict = error.fields
            self.stale.emit()
        except UserError as error:
            if isinstance(error, Unfit) and error.field in self.fields:
                self.fields[error.field].set_remark(str(error))
                self.fields[error.field].setFocus()
            elif isinstance(error, Unfit) and error.field == "extra":
                self.extra.point_out(error.key, str(error))
            else:
                self._say(str(error))
        else:
            if changed:
                self.saved.emit(self.tr("已修改 {0}").format(self._number))
            self.left.emit()

    def _begin(self, whole: Whole) -> None:
        self._uid, self._area_code, self._number = whole.uid, whole.area_code, whole.values["number"]
        self._base = _stored(whole)
        self.category.show_sorts(categories.of(self._register))
        for field in self.fields.values():
            field.set_remark("")
        self.extra.clear_remarks()
        self._remark.hide()

    def _show(self, values: Mapping[str, Any]) -> None:
        self.description.setPlainText(values["description"])
        self.extra.set_values(json.loads(values["extra"] or "{}"))
        self.category.set_key(values["category"])
        self.urgent.setChecked(values["urgent"])
        self.place.setText(values["place"])
        self.handler.set_value(None, values["handler"])

    def _no_longer_asked(self) -> dict[str, str]:
        """What was told of fields that the category has no more, and stays unless the category is another."""
        if self.category.key() != self._base.get("category"):
            return {}
        told: dict[str, str] = json.loads(self._base["extra"] or "{}")
        return {key: value for key, value in told.items() if key not in self.extra.editors}

    def _overtaken(self, name: str, whole: Whole) -> str:
        value = whole.category_name if name == "category" else whole.values[name]
        if isinstance(value, bool):
            value = self.tr("紧急") if value else self.tr("不紧急")
        return self.tr("别人刚改为“{0}”；再保存一次，以这里为准。").format(value or self.tr("空"))

    def _say(self, text: str) -> None:
        self._remark.setText(text)
        self._remark.show()

    def _build(self) -> None:
        self.fields = {
            "description": Field(self.tr("问题"), self.description),
            "category": Field(self.tr("类别"), self.category),
            "handler": Field(self.tr("承办"), self.handler),
            "place": Field(self.tr("地点"), self.place),
        }
        self._remark = QLabel()
        self._remark.setProperty("problem", True)
        self._remark.setWordWrap(True)
        save, cancel = QPushButton(self.tr("保存 (Ctrl+S)")), QPushButton(self.tr("取消 (Esc)"))
        save.setProperty("primary", True)
        save.clicked.connect(self.save)
        cancel.clicked.connect(self.left)
        for keys, act in (("Ctrl+S", self.save), ("Ctrl+Return", self.save), ("Esc", self.left.emit)):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(act)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP)
        buttons.addWidget(save)
        buttons.addWidget(cancel)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        for widget in (*self.fields.values(), self.urgent, self.extra, self._remark):
            column.addWidget(widget)
        column.addLayout(buttons)


def _joined(base: str, typed: str, stored: str) -> str:
    """The extra fields as somebody else has stored them, with what was typed differently from what was there before."""
    before, mine, theirs = (json.loads(text or "{}") for text in (base, typed, stored))
    for key in before.keys() | mine.keys():
        if mine.get(key) != before.get(key):
            theirs[key] = mine.get(key)
    told = {key: value for key, value in theirs.items() if value}
    return json.dumps(told, ensure_ascii=False, sort_keys=True) if told else ""


def _stored(whole: Whole) -> dict[str, Any]:
    return {name: whole.values[name] for name in FIELDS}
