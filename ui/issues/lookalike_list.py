"""What is open nearby and looks like the issue that is being registered."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gridapp.households import words
from gridapp.issues import lookalikes
from gridapp.issues.lookalikes import Asked, Lookalike
from gridapp.register import Register
from ui import theme
from ui.jobs import Jobs
from ui.widgets.elided import ElidedLabel
from ui.widgets.layouts import clear

_PAUSE_MS = 250
_MOST = 4
_LONGEST = 40


class LookalikeList(QWidget):
    """Looks for them once the user pauses. ``same_asked`` carries one that is the same thing.

    ``shown`` comes with each answer, ``failed`` carries why nothing could be looked up.
    """

    same_asked = Signal(object)
    shown = Signal()
    failed = Signal(object)

    def __init__(self, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._asked: Asked | None = None
        self._found: list[Lookalike] = []
        self._jobs = Jobs(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        title = QLabel(self.tr("附近类似的未结民意"))
        title.setProperty("heading", True)
        self._told = QLabel()
        self._told.setProperty("secondary", True)
        self._told.setWordWrap(True)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(theme.GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(title)
        column.addWidget(self._told)
        column.addLayout(self._cards)
        column.addStretch()
        self._keys = [self._shortcut(place) for place in range(_MOST)]
        self.setAccessibleName(title.text())
        self._show([])

    @property
    def found(self) -> list[Lookalike]:
        """What is shown now, the likeliest first."""
        return list(self._found)

    def ask(self, asked: Asked | None) -> None:
        """Look for what is like this, once nothing else is asked for a moment."""
        if asked == self._asked:
            return
        self._asked = asked
        if asked is None or not asked.text.strip():
            self._pause.stop()
            self._show([])
        else:
            self._pause.start()

    def is_busy(self) -> bool:
        """Whether something is still to be looked for."""
        return bool(self._pause.isActive() or self._jobs.running)

    def stop(self) -> None:
        """Look for nothing any more."""
        self._pause.stop()
        self._jobs.stop_all()

    def _look(self) -> None:
        register, asked = self._register, self._asked
        if asked is None:
            return

        def take(found: list[Lookalike]) -> None:
            if asked == self._asked:  # else one has typed on meanwhile
                self._show(found)

        self._jobs.start(
            "",
            lambda _progress, _cancel: lookalikes.find(register, asked, _MOST),
            register,
            take,
            self.failed.emit,
        )

    def _show(self, found: Sequence[Lookalike]) -> None:
        self._found = list(found)
        clear(self._cards)
        for place, one in enumerate(found):
            self._cards.addWidget(self._card(place, one))
        for place, key in enumerate(self._keys):
            key.setEnabled(place < len(found))
        nothing = self.tr("写下问题后，这里列出本社区里可能是同一件事的民意。")
        self._told.setText(self.tr("同一件事不必另立：把这位反映人加进去，办结后一并反馈。") if found else nothing)
        self.shown.emit()

    def _card(self, place: int, one: Lookalike) -> QWidget:
        card = QFrame()
        card.setProperty("card", True)
        text = " ".join(one.text.split())
        what = QLabel(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")
        what.setTextFormat(Qt.TextFormat.PlainText)
        what.setWordWrap(True)
        what.setToolTip(one.text)
        since = words.day_text(one.since, datetime.date.today())
        people = self.tr("{0}人反映").format(one.reporters)
        facts = ElidedLabel("  ".join(filter(None, (one.number, one.state_name, one.deadline))))
        where = ElidedLabel(self.tr("{0}  {1}起  {2}").format(one.where, since, people))
        for label in (facts, where):
            label.setProperty("secondary", True)
        button = QPushButton(self.tr("是同一件事 (Ctrl+{0})").format(place + 1))
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: self.same_asked.emit(one))
        column = QVBoxLayout(card)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(2)
        head = QHBoxLayout()  # beside each other, so that four cards have room in the dialog
        head.addWidget(facts)
        head.addStretch()
        head.addWidget(button)
        column.addLayout(head)
        column.addWidget(what)
        column.addWidget(where)
        return card

    def _shortcut(self, place: int) -> QShortcut:
        key = QShortcut(QKeySequence(f"Ctrl+{place + 1}"), self)
        key.setContext(Qt.ShortcutContext.WindowShortcut)
        key.activated.connect(lambda: self.same_asked.emit(self._found[place]))
        return key
