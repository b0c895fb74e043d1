"""One section of today: its heading with the number, and its lines."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gridapp.today.lines import Kind, Section
from ui import theme
from ui.today.line_list import LineList

_ICON = 18
WITH_MORE = frozenset({Kind.EMERGENCY, Kind.DUE, Kind.REPORT_BACK, Kind.VISIT, Kind.CONTACT, Kind.TASK, Kind.SHORTAGE})
"""The sections whose things are all listed somewhere else."""


class SectionCard(QFrame):
    """Shows a section. ``opened`` carries a line; ``all_asked`` comes where there is more to see elsewhere."""

    opened = Signal(object)
    all_asked = Signal()

    def __init__(self, kind: Kind, icon: str, name: str, empty: str, parent: QWidget | None = None) -> None:
        """Make a card.

        Args:
            empty: what it says where there is nothing.
        """
        super().__init__(parent)
        self.setProperty("card", True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.kind = kind
        self._icon_name = icon
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 8)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.setSpacing(theme.GAP)
        self._icon, title = QLabel(), QLabel(name)
        title.setProperty("heading", True)
        self._count, self._summary, self._shown = QLabel(), QLabel(), QLabel()
        self._count.setProperty("heading", True)
        for label in (self._summary, self._shown):
            label.setProperty("secondary", True)
        for widget in (self._icon, title, self._count, self._summary):
            head.addWidget(widget)
        head.addStretch()
        head.addWidget(self._shown)
        self.all = QPushButton(self.tr("全部"))
        self.all.setProperty("link", True)
        self.all.setAccessibleName(self.tr("全部{0}").format(name))
        self.all.clicked.connect(self.all_asked)
        head.addWidget(self.all)
        self.list = LineList(name)
        self.list.opened.connect(self.opened)
        self._nothing = empty
        self._empty = QLabel(empty)
        self._empty.setWordWrap(True)
        self._empty.setProperty("secondary", True)
        self._empty.setContentsMargins(12, 2, 12, 6)
        column.addLayout(head)
        column.addWidget(self.list)
        column.addWidget(self._empty)
        self.dress()

    def dress(self) -> None:
        """Take the colours of the theme."""
        self._icon.setPixmap(theme.icon(self._icon_name, "secondary").pixmap(_ICON, _ICON))

    def show_section(self, section: Section) -> None:
        """Show what there is."""
        self.list.show_lines(section.lines)
        self._empty.setText(self.tr("{0}。").format(section.paused) if section.paused else self._nothing)
        self._empty.setVisible(bool(section.paused) or not section.lines)
        self._count.setText(f"{section.count:,}" if section.count else "")
        self._summary.setText(section.summary)
        self._shown.setText(self.tr("显示前 {0} 条").format(len(section.lines)))
        self._shown.setVisible(section.count > len(section.lines))
        self.all.setVisible(bool(section.count) and section.kind in WITH_MORE)
