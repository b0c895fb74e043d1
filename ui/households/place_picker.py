"""Choosing estates, buildings and entrances: a line that narrows while one types, and what was chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QToolButton, QVBoxLayout, QWidget

from gridapp.households.filter_words import place_text
from gridapp.households.filters import Place
from ui import theme
from ui.widgets.fields import Field
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import as_label
from ui.widgets.layouts import clear

_SEEN = 10


class PlacePicker(QWidget):
    """Holds several places; emits ``changed`` when the user adds or takes away one."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = _Line()
        self.line.setPlaceholderText(self.tr("输入小区、楼栋，从列表中选择"))
        self.field = Field(self.tr("小区、楼栋、楼门（可选多个）"), self.line)
        self._offered: dict[str, Place] = {}
        self._chosen: list[Place] = []
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(_SEEN)
        self.line.setCompleter(completer)
        # Queued, since the completer writes the choice into the line after it has told of it.
        completer.activated.connect(self._add, Qt.ConnectionType.QueuedConnection)
        self.line.returnPressed.connect(lambda: self._add(self.line.text()))
        self.line.textEdited.connect(lambda _text: self.field.set_remark(""))
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self._chips)
        self.setFocusProxy(self.line)

    def offer(self, places: Sequence[Place]) -> None:
        """Offer these places; those chosen stay."""
        self._offered = {}
        for place in places:
            self._offered.setdefault(place_text(place), place)
        self._names.setStringList(list(self._offered))

    def places(self) -> tuple[Place, ...]:
        return tuple(self._chosen)

    def set_places(self, places: Sequence[Place]) -> None:
        """Choose these places."""
        self._chosen = list(places)
        self.field.set_remark("")
        self._show()

    def _add(self, text: str) -> None:
        text = "".join(text.split())
        if not text:
            return
        place = self._offered.get(text)
        if place is None:
            self.field.set_remark(self.tr("这个区域没有“{0}”，请从列表中选择。").format(text))
            return
        self.line.clear()
        self.field.set_remark("")
        if place not in self._chosen:
            self._chosen.append(place)
            self._show()
            self.changed.emit()

    def _take_away(self, place: Place) -> None:
        self._chosen.remove(place)
        self._show()
        self.line.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        clear(self._flow)
        for place in self._chosen:
            chip = QToolButton()
            chip.setText(as_label(place_text(place)))
            chip.setIcon(theme.icon("x"))
            chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            chip.setProperty("condition", True)
            chip.setAccessibleName(self.tr("去掉：{0}").format(place_text(place)))
            chip.clicked.connect(lambda _checked=False, one=place: self._take_away(one))
            self._flow.addWidget(chip)
        self._chips.setVisible(bool(self._chosen))


class _Line(QLineEdit):
    """The arrow down shows all that is offered."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        completer = self.completer()
        popup = completer.popup() if completer is not None else None
        if event.key() == Qt.Key.Key_Down and completer is not None and not (popup is not None and popup.isVisible()):
            completer.setCompletionPrefix(self.text())
            completer.complete()
            return
        super().keyPressEvent(event)
