"""Offers to go on with an issue that was typed before and not registered."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.issues.draft import Draft
from ui.widgets.elided import ElidedLabel


class DraftLine(QWidget):
    """``taken`` carries the draft that one wants to go on with."""

    taken = Signal(object)

    def __init__(self, dialog: QWidget) -> None:
        """Make a line that offers nothing yet.

        Args:
            dialog: within which its key counts.
        """
        super().__init__(dialog)
        self._offered: Draft | None = None
        self._text = ElidedLabel()
        take = QPushButton(self.tr("接着登记 (Alt+R)"))
        take.setProperty("link", True)
        take.setAutoDefault(False)
        take.clicked.connect(self._take)
        QShortcut(QKeySequence("Alt+R"), dialog).activated.connect(self._take)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._text)
        row.addWidget(take)
        row.addStretch()
        self.hide()

    @property
    def offered(self) -> Draft | None:
        """What was typed before, while it was not taken up again."""
        return self._offered

    def offer(self, draft: Draft | None) -> None:
        """Offer a draft, or none any more."""
        self._offered = draft
        self.setVisible(draft is not None)
        if draft is not None:
            self._text.setText(self.tr("上次没有登记完：{0}").format(draft.summary))

    def _take(self) -> None:
        if self._offered is not None:
            self.taken.emit(self._offered)
