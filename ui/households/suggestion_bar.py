"""Categories that the facts suggest, each as a button to accept it and one to wave it off."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gridapp.households.categories import BY_KEY
from gridapp.households.suggestions import Suggestion
from ui import theme

_MOST = 4


class SuggestionBar(QWidget):
    """One line a suggestion; ``accepted`` and ``dismissed`` carry the key of its category."""

    accepted = Signal(str)
    dismissed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[Suggestion] = []
        self._lines: list[tuple[QWidget, QPushButton, QToolButton]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for position in range(_MOST):
            column.addWidget(self._build_line(position))
        self.hide()

    def show_suggestions(self, suggestions: Sequence[Suggestion]) -> None:
        """Offer these and no others."""
        if list(suggestions) == self._shown:
            return
        self._shown = list(suggestions)
        for (line, accept, dismiss), one in zip(self._lines, self._shown, strict=False):
            name = BY_KEY[one.key].name
            accept.setText(one.text)
            accept.setToolTip(self.tr("{0}\n点击后勾选“{1}”，保存后生效").format(one.text, name))
            dismiss.setAccessibleName(self.tr("不采纳：{0}").format(name))
            dismiss.setToolTip(dismiss.accessibleName())
            line.show()
        for line, _accept, _dismiss in self._lines[len(self._shown) :]:
            line.hide()
        self.setVisible(bool(self._shown))

    def texts(self) -> list[str]:
        """What is offered, from the top."""
        return [one.text for one in self._shown]

    def buttons(self, key: str) -> tuple[QPushButton, QToolButton]:
        """The buttons that accept and dismiss a category that is suggested."""
        _line, accept, dismiss = self._lines[[one.key for one in self._shown].index(key)]
        return accept, dismiss

    def _build_line(self, position: int) -> QWidget:
        accept = QPushButton(theme.icon("lightbulb"), "")
        accept.setProperty("suggestion", True)
        accept.setMinimumWidth(1)  # a long reason gives way and stands whole in the tool tip
        accept.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        accept.clicked.connect(lambda: self.accepted.emit(self._shown[position].key))
        dismiss = QToolButton()
        dismiss.setIcon(theme.icon("x"))
        dismiss.clicked.connect(lambda: self.dismissed.emit(self._shown[position].key))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(accept)
        row.addWidget(dismiss)
        row.addStretch()
        line.hide()
        self._lines.append((line, accept, dismiss))
        return line
