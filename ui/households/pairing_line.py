"""Who is paired with a household: a line for each, with the buttons that pair and end it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gridapp.teams.pairing import Paired
from ui import theme
from ui.widgets.elided import ElidedLabel
from ui.widgets.layouts import clear


class PairingLine(QWidget):
    """Shows what others read; one pairing or none takes one line. What is done here is written at once.

    ``add_asked`` when somebody is to be paired, ``end_asked`` with the ``Paired`` that is to end.
    """

    add_asked = Signal()
    end_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("结对"))
        title.setProperty("heading", True)
        self.add = QPushButton(self.tr("添加"))
        self.add.setAccessibleName(self.tr("添加结对"))
        self.add.setToolTip(self.tr("让一位队员与这一户结对"))
        self.add.setProperty("link", True)
        self.add.clicked.connect(self.add_asked)
        self._lines = QGridLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setHorizontalSpacing(theme.GAP)
        self._lines.setVerticalSpacing(0)
        self._lines.setColumnStretch(0, 1)
        whole = QGridLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setHorizontalSpacing(theme.GAP)
        top = Qt.AlignmentFlag.AlignTop
        title.setMinimumHeight(self.add.sizeHint().height())
        whole.addWidget(title, 0, 0, top)
        whole.addLayout(self._lines, 0, 1)
        whole.addWidget(self.add, 0, 2, top)
        whole.setColumnStretch(1, 1)
        self._shown: list[Paired] | None = None
        self.ends: list[QPushButton] = []
        self.show_nothing(stored=False)

    def show_nothing(self, stored: bool) -> None:
        """Forget what was shown of another household.

        Args:
            stored: whether the household is in the register; else nobody can be paired with it yet.
        """
        self._shown = None
        self._show_text("" if stored else self.tr("保存这一户之后可以结对"))
        self.add.setEnabled(stored)

    def show_paired(self, paired: Sequence[Paired]) -> None:
        """Show those who are paired with the household now; what has ended stands in its history."""
        shown = [one for one in paired if one.until is None]
        if shown == self._shown:
            return
        self._shown = shown
        if not shown:
            self._show_text(self.tr("还没有结对的队员"))
            return
        self._clear()
        for row, one in enumerate(shown):
            self._put(row, one)
        before = self.add
        for button in self.ends:
            QWidget.setTabOrder(before, button)
            before = button

    def text(self) -> str:
        """What stands there, line by line."""
        items = (self._lines.itemAtPosition(row, 0) for row in range(self._lines.rowCount()))
        labels = (item.widget() for item in items if item is not None)
        return "\n".join(label.text() for label in labels if isinstance(label, QLabel))

    def _put(self, row: int, one: Paired) -> None:
        label = ElidedLabel("  ".join(filter(None, (one.name, one.phone, one.role_name, one.note))), least=8)
        label.setAccessibleDescription(self.tr("{0}，自 {1} 结对").format(one.place or one.role_name, one.since))
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        end = QPushButton(self.tr("解除"))
        end.setProperty("link", True)
        end.setAccessibleName(self.tr("解除与{0}的结对").format(one.name))
        end.setToolTip(self.tr("自 {0} 结对，解除后留在历史里").format(one.since))
        end.clicked.connect(lambda: self.end_asked.emit(one))
        self._lines.addWidget(label, row, 0)
        self._lines.addWidget(end, row, 1)
        self.ends.append(end)

    def _clear(self) -> None:
        clear(self._lines)
        self.ends.clear()

    def _show_text(self, text: str) -> None:
        self._clear()
        label = QLabel(text)
        label.setProperty("secondary", True)
        label.setMinimumHeight(self.add.sizeHint().height())
        self._lines.addWidget(label, 0, 0)
