"""What a member did and does: services as a line of time, absences, and the households of pairings."""

import datetime

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from gridapp.teams.card import Card
from gridapp.teams.listing import PersonRow, State
from gridapp.teams.pairing_contacts import PairingRow
from gridapp.teams.presence import Away, until_text
from ui import theme
from ui.widgets.labels import as_label
from ui.widgets.layouts import clear

_DOT = 4.0
_RAIL = 18
_MOST_PAIRINGS = 12


class CardStory(QWidget):
    """``household_asked`` carries a pairing whose household is to be seen, ``absence_asked`` an absence to change."""

    household_asked = Signal(object)
    absence_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = QGridLayout()
        self._absences = QVBoxLayout()
        self._pairings = QVBoxLayout()
        self._services.setSpacing(0)
        self._services.setColumnStretch(1, 1)
        for part in (self._absences, self._pairings):
            part.setSpacing(0)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP)
        self._headings: list[QLabel] = []
        parts: tuple[tuple[str, QLayout], ...] = (
            (self.tr("任职"), self._services),
            (self.tr("离岗"), self._absences),
            (self.tr("结对"), self._pairings),
        )
        for name, layout in parts:
            heading = QLabel(name)
            heading.setProperty("heading", True)
            self._headings.append(heading)
            self._column.addWidget(heading)
            self._column.addLayout(layout)

    def show_card(self, card: Card, today: datetime.date) -> None:
        """Show what a card tells."""
        clear(self._services)
        clear(self._absences)
        clear(self._pairings)
        for row, one in enumerate(card.services):
            self._put_service(row, one, is_last=row == len(card.services) - 1)
        if not card.services:
            self._services.addWidget(_quiet(self.tr("还没有任职，按“任职…”登记。")), 0, 0, 1, 2)
        for away in card.absences:
            self._put_absence(away, today)
        for paired in card.pairings[:_MOST_PAIRINGS]:
            self._put_pairing(paired)
        rest = len(card.pairings) - _MOST_PAIRINGS
        if rest > 0:
            self._pairings.addWidget(_quiet(self.tr("还有 {0} 户，见“结对认亲”").format(rest)))
        self._headings[1].setVisible(bool(card.absences))
        self._headings[2].setVisible(bool(card.pairings))

    def texts(self) -> list[str]:
        """What is told of services, from the top."""
        labels = (self._services.itemAtPosition(row, 1) for row in range(self._services.rowCount()))
        found = (item.widget() for item in labels if item is not None)
        return [widget.text() for widget in found if isinstance(widget, QLabel)]

    def _put_service(self, row: int, one: PersonRow, is_last: bool) -> None:
        self._services.addWidget(_Rail(one.state, row == 0, is_last), row, 0)
        told = f"{one.area_name} {one.role.name}\n{_days(one)}"
        if one.state is not State.PRESENT or one.stands_in_for:
            told += f"  {one.state_text}"
        label = QLabel(told)
        label.setWordWrap(True)
        label.setContentsMargins(0, 3, 0, 5)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("secondary", one.state is State.ENDED)
        self._services.addWidget(label, row, 1, Qt.AlignmentFlag.AlignTop)

    def _put_absence(self, away: Away, today: datetime.date) -> None:
        is_past = away.until is not None and away.until < today
        told = f"{away.since.isoformat()} {until_text(away.until)}  {away.reason}".rstrip()
        if is_past:
            self._absences.addWidget(_quiet(told))
            return
        link = _link(told)
        link.setToolTip(self.tr("修改这次离岗"))
        link.clicked.connect(lambda: self.absence_asked.emit(away))
        self._absences.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def _put_pairing(self, one: PairingRow) -> None:
        told = "  ".join(filter(None, (one.head, one.address)))
        if one.until is not None:
            self._pairings.addWidget(_quiet(f"{told}  {self.tr('已于 {0} 结束').format(one.until)}"))
            return
        link = _link(told)
        link.setToolTip(self.tr("打开住户"))
        link.clicked.connect(lambda: self.household_asked.emit(one))
        self._pairings.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)


class _Rail(QWidget):
    """The line of time beside a service: a full dot while it lasts, an empty one before and after."""

    def __init__(self, state: State, is_first: bool, is_last: bool) -> None:
        super().__init__()
        self._lasts = state in (State.PRESENT, State.AWAY, State.RESERVE)
        self._is_first, self._is_last = is_first, is_last
        self.setFixedWidth(_RAIL)

    def sizeHint(self) -> QSize:
        return QSize(_RAIL, 3 * _RAIL)

    def paintEvent(self, event: QPaintEvent) -> None:
        worn, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, middle = _DOT + 2, 13.0
        painter.setPen(QPen(QColor(worn.line), 1.5))
        top, bottom = middle if self._is_first else 0.0, middle if self._is_last else float(self.height())
        painter.drawLine(QPointF(left, top), QPointF(left, bottom))
        colour = QColor(worn.accent if self._lasts else worn.disabled)
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(colour if self._lasts else QColor(worn.paper))
        painter.drawEllipse(QPointF(left, middle), _DOT, _DOT)
        painter.end()


def _days(one: PersonRow) -> str:
    since = one.since.isoformat() if one.since else ""
    last = one.last_day.isoformat() if one.last_day else ""
    if since and last:
        return f"{since} 至 {last}"
    return f"{since} 起" if since else f"至 {last}" if last else "起止未登记"


def _quiet(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("secondary", True)
    label.setContentsMargins(0, 3, 0, 3)
    return label


def _link(text: str) -> QPushButton:
    link = QPushButton(as_label(text))
    link.setProperty("link", True)
    link.setProperty("flush", True)
    return link
