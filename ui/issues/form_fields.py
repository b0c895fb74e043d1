"""What an issue is about: by which way it came, the text, its category with what follows from it, and where it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget

from gridapp.areas.model import Level
from gridapp.issues import handlers
from gridapp.issues.categories import Categories
from gridapp.issues.states import SOURCE_NAMES, Source
from gridapp.register import Register
from ui import theme
from ui.issues.category_line import CategoryLine
from ui.issues.draft import Draft
from ui.issues.extra_fields import ExtraFields
from ui.issues.handler_line import HandlerLine
from ui.issues.promise import promise_text
from ui.widgets.fields import Field
from ui.widgets.keyed_choice import KeyedChoice

_SOURCES = (Source.VISIT, Source.PHONE, Source.COUNTER, Source.WECHAT, Source.HOTLINE)
_TEXT_HEIGHT = 84


class FormFields(QWidget):
    """Emits ``changed`` when anything differs that something else follows from.

    ``area_code`` is the area whose teams are offered as handlers.
    """

    AREA = (4, 1)
    """The place in the grid for the area, which is filled by others."""

    changed = Signal()

    def __init__(self, register: Register, sorts: Categories, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sorts = sorts
        self.area_code = ""
        self.source = KeyedChoice({one: SOURCE_NAMES[one] for one in _SOURCES})
        self.source.set_value(Source.PHONE)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_TEXT_HEIGHT)
        self.text.setPlaceholderText(self.tr("反映人的原话：什么事、从什么时候起、有什么要求"))
        self.category = CategoryLine(sorts)
        self.handler = HandlerLine(lambda: handlers.offered(register, self.area_code, self.category.key()))
        self.urgent = QCheckBox(self.tr("紧急，24小时内办结 (&U)"))
        self.promise = QLabel()
        self.place = QLineEdit()
        self.place.setPlaceholderText(self.tr("不在反映人家里时填写"))
        self.extra = ExtraFields()
        self.text_field = Field(self.tr("问题"), self.text)
        self._build()
        self._connect()

    def show_draft(self, draft: Draft) -> None:
        """Put what was typed back."""
        self.source.set_value(draft.source)
        self.category.set_key(draft.category, draft.by_hand)
        self.text.setPlainText(draft.text)  # which says the category, where nobody has chosen one
        self.urgent.setChecked(draft.urgent)
        self.place.setText(draft.place)
        self.handler.set_value(None, draft.handler)
        self.extra.set_values(draft.extra)

    def show_promise(self, area: Level) -> None:
        """Show which level handles what is raised in an area of a level, and until when."""
        self.promise.setText(promise_text(area, self.category.category(), self.urgent.isChecked()))

    def _build(self) -> None:
        self.grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.GAP)
        self.source_field = Field(self.tr("来源（按数字或首字母）"), self.source)
        self.promise.setProperty("heading", True)
        self.promise.setAccessibleName(self.tr("承办层级和期限"))
        grid.addWidget(self.source_field, 0, 0, 1, 2)
        grid.addWidget(self.text_field, 1, 0, 1, 2)
        grid.addWidget(Field(self.tr("类别"), self.category), 2, 0)
        grid.addWidget(Field(self.tr("承办"), self.handler), 2, 1)
        grid.addWidget(self.promise, 3, 0)
        grid.addWidget(self.urgent, 3, 1)
        grid.addWidget(Field(self.tr("地点"), self.place), 4, 0)
        grid.addWidget(self.extra, 5, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def _connect(self) -> None:
        self.source.keyed.connect(self.text.setFocus)
        self.text.textChanged.connect(self._follow_text)
        self.category.changed.connect(self._follow_category)
        self.urgent.toggled.connect(lambda _on: self.changed.emit())
        self.place.textEdited.connect(lambda _text: self.changed.emit())
        self.source.changed.connect(self.changed)

    def _follow_text(self) -> None:
        self.category.suggest(self.text.toPlainText())
        self.changed.emit()

    def _follow_category(self) -> None:
        one = self.category.category()
        self.extra.show_category(one)
        usual = one.department if one is not None else ""
        self.handler.setPlaceholderText(self.tr("通常由{0}承办").format(usual) if usual else "")
        self.changed.emit()
