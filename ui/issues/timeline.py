"""The steps of an issue, the newest last."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gridapp.households import words
from gridapp.issues.history import STEPS
from gridapp.issues.reading import Event
from gridapp.issues.states import STATE_NAMES
from gridapp.issues.workflow import Step
from gridapp.register import Register
from ui import theme
from ui.attachments.strip import AttachmentStrip
from ui.jobs import Jobs
from ui.widgets.layouts import clear

_SHOWN = 40
_ICON = 16
_ICONS = {
    Step.REGISTER: "clipboard-text",
    Step.ESCALATE: "arrow-up",
    Step.SEND_BACK: "arrow-down",
    Step.SUSPEND: "pause",
    Step.RESOLVE: "check-circle",
    Step.REPORT_BACK: "phone",
    Step.JOIN: "user-plus",
    Step.EDIT: "pencil-simple",
    Step.NOTE: "note",
    Step.REOPEN: "arrow-u-up-left",
}
_OTHERWISE = "arrow-right"


class Timeline(QWidget):
    """Who did what, when, and what was said. Of a long history the end is shown, and more of it on demand.

    ``failed`` carries why what is attached could not be shown.
    """

    failed = Signal(object)

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        """Make an empty one.

        Args:
            reads: where thumbnails are read.
        """
        super().__init__(parent)
        self._register, self._reads = register, reads
        self.strips: list[AttachmentStrip] = []
        self._events: Sequence[Event] = ()
        self._shown = _SHOWN
        title = QLabel(self.tr("经过"))
        title.setProperty("heading", True)
        self.more = QPushButton()
        self.more.setProperty("link", True)
        self.more.setProperty("flush", True)
        self.more.clicked.connect(self._show_more)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        self.labels: list[QLabel] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(title)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._rows)

    def show_events(self, events: Sequence[Event], anew: bool) -> None:
        """Show these steps.

        Args:
            anew: whether they are of another issue than those before.
        """
        if anew:
            self._shown = _SHOWN
        elif events == self._events:
            return
        self._events = events
        self._write()

    def text(self) -> str:
        """What is told now, without its look."""
        return "\n".join(label.accessibleName() for label in self.labels)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._events:
            self._write()  # its colours are those of the theme

    def _show_more(self) -> None:
        self._shown += _SHOWN
        self._write()

    def _write(self) -> None:
        clear(self._rows)
        self.labels, self.strips = [], []
        left_out = max(0, len(self._events) - self._shown)
        self.more.setVisible(left_out > 0)
        self.more.setText(self.tr("显示更早的 {0} 条").format(left_out))
        for event in self._events[left_out:]:
            self._rows.addWidget(self._row(event))

    def _row(self, event: Event) -> QWidget:
        worn = theme.current()
        picture = QLabel()
        picture.setPixmap(theme.icon(_ICONS.get(event.step, _OTHERWISE), "accent").pixmap(_ICON, _ICON))
        when = f"{words.moment_text(event.at)}  {event.by}".strip()
        lines = "".join(f"<div>{escape(line)}</div>" for line in event.lines)
        state = self.tr("→ {0}").format(STATE_NAMES[event.new_state])
        label = QLabel(
            f'<div style="color:{worn.secondary}">{escape(when)}</div>'
            f"<div><b>{escape(event.title)}</b>"
            f' <span style="color:{worn.secondary}">{escape(state)}</span></div>{lines}'
        )
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setAccessibleName("  ".join((when, event.title, state, *event.lines)))
        self.labels.append(label)
        shown = QWidget()
        row = QHBoxLayout(shown)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(label)
        if event.files:
            column.addWidget(self._strip(event))
        row.addLayout(column, 1)
        return shown

    def _strip(self, event: Event) -> AttachmentStrip:
        """What is attached to a step, which is as it was taken: to be looked at and copied, no more."""
        strip = AttachmentStrip(self._reads)
        strip.set_editable(False)
        strip.failed.connect(self.failed)
        strip.show_owner(self._register, STEPS, event.uid)
        self.strips.append(strip)
        return strip
