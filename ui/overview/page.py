"""The first look at an area: its key figures, its colours, its team."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gridapp.areas.model import Level
from gridapp.areas.tree import Node
from gridapp.households.categories import CATEGORIES, NO_PRECEDENCE, UNCLASSED
from gridapp.issues.ledger import View
from gridapp.reports.figures import Figures
from gridapp.teams.roster import Serving, is_complete, state_texts, strength
from ui import theme
from ui.widgets import marks
from ui.widgets.elided import ElidedLabel
from ui.widgets.layouts import clear

_BAR_HEIGHT = 10
_UNIT = 2


class OverviewPage(QScrollArea):
    """Shows figures that others counted. ``colour_asked`` tells which colour's households to open."""

    colour_asked = Signal(int)
    issues_asked = Signal(object)  # a view of the ledger
    shortage_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(16)
        self._labels: dict[str, tuple[QLabel, QLabel]] = {}
        for key, caption in (
            ("households", self.tr("住户")),
            ("residents", self.tr("居民")),
            ("visited", self.tr("已走访户数")),
            ("issues", self.tr("民意")),
            ("reported_back", self.tr("已办结并反馈")),
        ):
            self._figures.addWidget(self._figure_card(key, caption), 1)
        column.addLayout(self._figures)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._colour_card(), 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._team_card(), 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addStretch()
        self.setWidget(body)

    def show_figures(self, figures: Figures) -> None:
        """Show the counted figures of the area."""
        found = {
            "households": (figures.households, self._below(figures)),
            "residents": (figures.residents, self._per(figures.residents, figures.households)),
            "visited": (figures.households_visited, self._share(figures.households_visited, figures.households)),
            "issues": (figures.issues, ""),
            "reported_back": (
                figures.issues_reported_back,
                self._share(figures.issues_reported_back, figures.issues),
            ),
        }
        for key, (number, remark) in found.items():
            value, below = self._labels[key]
            value.setText(f"{number:,}")
            below.setText(remark)

    def set_open_issues(self, count: int) -> None:
        """Show how many issues are open."""
        self.open_issues.setText(self.tr("未结 {0}").format(f"{count:,}"))

    def show_nothing(self) -> None:
        """Show that there is no area to count."""
        for value, below in self._labels.values():
            value.setText("—")
            below.clear()

    def set_counts(self, counts: Sequence[int]) -> None:
        """Show how many households have each colour first."""
        total = sum(counts)
        most = max(counts, default=0)
        for position, (bar, number, button) in enumerate(self._colours):
            bar.set_share(counts[position] / most if most else 0)
            share = f"{counts[position] / total:.1%}" if total else "—"
            number.setText(f"{counts[position]:,}   {share}")
            button.setEnabled(counts[position] > 0)
            if position == NO_PRECEDENCE:
                for widget in (bar, number, button):
                    widget.setVisible(counts[position] > 0)

    def show_team(self, node: Node, team: list[Serving]) -> None:
        """Show who serves in the area itself."""
        clear(self._team)
        self.lacking.setVisible(node.level is Level.GRID and bool(team) and not is_complete(team))
        if not team:
            text = (
                self.tr("还没有登记服务队。")
                if node.level is Level.GRID
                else self.tr("服务队按网格登记，请选一个网格。")
            )
            empty = QLabel(text)
            empty.setProperty("secondary", True)
            self._team.addWidget(empty, 0, 0, 1, 4)
            self._team_state.setText("")
            return
        complete = self.tr("齐") if is_complete(team) else ""
        self._team_state.setText(f"{strength(team)}  {complete}".rstrip() if node.level is Level.GRID else "")
        row = 0
        for one, state in zip(team, state_texts(team), strict=True):
            for column, text in enumerate((one.role.name, one.name, one.unit or one.duty, one.phone)):
                self._put_told(text, row, column)
            row += 1
            if state:  # below the name, so that units keep their room
                self._put_told(state, row, 1, 3)
                row += 1
        self._team.setColumnStretch(_UNIT, 1)

    def _put_told(self, text: str, row: int, column: int, columns: int = 1) -> None:
        gives_way = column == _UNIT or columns > 1
        label = ElidedLabel(text) if gives_way else QLabel(text)
        if not gives_way:
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setProperty("secondary", column != 1 or columns > 1)
        self._team.addWidget(label, row, column, 1, columns)

    def _figure_card(self, key: str, caption: str) -> QFrame:
        card = _card()
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(0)
        title, value, below = QLabel(caption), QLabel("…"), QLabel()
        title.setProperty("secondary", True)
        value.setProperty("figure", True)
        below.setProperty("secondary", True)
        for label in (title, value, below):
            column.addWidget(label)
        if key == "issues":
            below.hide()
            column.addLayout(self._issue_links())
        self._labels[key] = (value, below)
        return card

    def _issue_links(self) -> QHBoxLayout:
        """What opens the issues that were counted."""
        self.open_issues, self.all_issues = QPushButton(), QPushButton(self.tr("全部"))
        self.set_open_issues(0)
        line = QHBoxLayout()
        line.setSpacing(12)
        for link, view in ((self.open_issues, View.OPEN), (self.all_issues, View.ALL)):
            link.setProperty("link", True)
            link.setProperty("flush", True)
            link.setToolTip(self.tr("在民意账单中打开"))
            link.clicked.connect(lambda _checked=False, one=view: self.issues_asked.emit(one))
            line.addWidget(link)
        line.addStretch()
        return line

    def _colour_card(self) -> QFrame:
        card = _card()
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 12, 16, 16)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        heading = QLabel(self.tr("住户分类（按首要分类）"))
        heading.setProperty("heading", True)
        grid.addWidget(heading, 0, 0, 1, 3)
        self._colours: list[tuple[_Bar, QLabel, QPushButton]] = []
        for position, category in enumerate((*CATEGORIES, UNCLASSED)):
            button = QPushButton(marks.icon(category), category.name)
            button.setIconSize(marks.ICON_SIZE)
            button.setProperty("link", True)
            button.setStyleSheet("text-align: left")
            button.setToolTip(self.tr("打开这些住户"))
            button.clicked.connect(lambda _checked=False, at=position: self.colour_asked.emit(at))
            bar = _Bar(category.colour)
            number = QLabel()
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for column, widget in enumerate((button, bar, number)):
                grid.addWidget(widget, position + 1, column)
            self._colours.append((bar, number, button))
        grid.setColumnStretch(1, 1)
        return card

    def _team_card(self) -> QFrame:
        card = _card()
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(theme.GAP)
        line = QHBoxLayout()
        heading = QLabel(self.tr("网格服务队（1 + 2 + N）"))
        heading.setProperty("heading", True)
        self._team_state = QLabel()
        self._team_state.setProperty("secondary", True)
        self.lacking = QPushButton(theme.icon("user-minus", "warning"), self.tr("缺员"))
        self.lacking.setProperty("link", True)
        self.lacking.setProperty("caution", True)
        self.lacking.setToolTip(self.tr("查看缺口，找人顶替或添加队员"))
        self.lacking.clicked.connect(lambda _checked=False: self.shortage_asked.emit())
        self.lacking.hide()  # before any area is known, nobody is
        line.addWidget(heading)
        line.addStretch()
        line.addWidget(self._team_state)
        line.addWidget(self.lacking)
        self._team = QGridLayout()
        self._team.setHorizontalSpacing(16)
        self._team.setVerticalSpacing(theme.GAP)
        column.addLayout(line)
        column.addLayout(self._team)
        return card

    def _below(self, figures: Figures) -> str:
        parts = (
            (figures.streets, self.tr("{0} 个街道")),
            (figures.communities, self.tr("{0} 个社区")),
            (figures.grids, self.tr("{0} 个网格")),
        )
        return "  ".join(text.format(f"{count:,}") for count, text in parts if count)

    def _per(self, count: int, households: int) -> str:
        return self.tr("户均 {0} 人").format(f"{count / households:.1f}") if households else "—"

    def _share(self, part: int, whole: int) -> str:
        return self.tr("占 {0}").format(f"{part / whole:.1%}") if whole else "—"


class _Bar(QWidget):
    """A horizontal bar that fills a share of its width."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = QColor(colour)
        self._share = 0.0
        self.setMinimumWidth(60)

    def set_share(self, share: float) -> None:
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        top = (self.height() - _BAR_HEIGHT) / 2
        painter.setBrush(QColor(theme.current().hover))
        painter.drawRoundedRect(QRectF(0, top, self.width(), _BAR_HEIGHT), 3, 3)
        if self._share:
            marks.paint_solid(painter, QRectF(0, top, self.width() * self._share, _BAR_HEIGHT), self._colour, 3)
        painter.end()


def _card() -> QFrame:
    card = QFrame()
    card.setProperty("card", True)
    return card
