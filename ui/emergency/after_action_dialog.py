"""What came of an emergency, to be read on the screen and taken away as a document."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from gridapp.emergency.after_action import AfterAction, minutes_text
from gridapp.emergency.clock import lasted_text
from ui import theme
from ui.emergency.figure_button import FigureButton
from ui.widgets.flow import FlowLayout

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class AfterActionDialog(QDialog):
    """``export_asked`` when it is to be a PDF."""

    export_asked = Signal()

    def __init__(self, found: AfterAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = found
        one = found.emergency
        self.setWindowTitle(found.title)
        self.resize(900, 640)
        title, span, summary = QLabel(found.title), QLabel(), QLabel(one.summary)
        title.setProperty("title", True)
        span.setProperty("secondary", True)
        ends = one.ended_at or found.made_at
        text = self.tr("{0} 至 {1}，历时 {2}。启动原因：{3}")
        lasted = lasted_text(one.started_at, ends)
        span.setText(text.format(f"{one.started_at:%Y-%m-%d %H:%M}", f"{ends:%Y-%m-%d %H:%M}", lasted, one.reason))
        for label in (span, summary):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.figures: dict[str, FigureButton] = {}
        self.parts = QTabWidget()
        self.parts.setDocumentMode(True)
        self.timeline = self._timeline()
        self.grids = self._grids()
        self.parts.addTab(self.timeline, self.tr("经过 {0}").format(len(found.timeline)))
        self.parts.addTab(self.grids, self.tr("各网格"))
        if found.substitutes:
            self.parts.addTab(self._substitutes(), self.tr("顶替 {0}").format(len(found.substitutes)))
        self.export = QPushButton(theme.icon("file-pdf", "on_accent"), self.tr("导出 PDF…"))
        self.export.setProperty("primary", True)
        self.export.clicked.connect(lambda _checked=False: self.export_asked.emit())
        buttons = QDialogButtonBox()
        buttons.addButton(self.export, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.tr("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(theme.GAP)
        for widget in (title, span, summary, self._tiles()):
            column.addWidget(widget)
        column.addWidget(self.parts, 1)
        column.addWidget(buttons)

    def _tiles(self) -> QWidget:
        found, figures = self.found, self.found.figures
        share, late = found.in_time_share, self.tr("日报，迟报 {0}")
        told = (
            ("calls", f"{found.calls:,}", self.tr("通电话，联系 {0} 户").format(f"{figures.called:,}")),
            ("reached", f"{figures.reached:,}", self.tr("户联系上，未联系上 {0}").format(f"{figures.not_reached:,}")),
            ("first", minutes_text(found.first_contact), self.tr("首次联系上")),
            ("median", minutes_text(found.median_contact), self.tr("各网格首次联系（中位）")),
            ("needs", f"{figures.needs_met:,}/{figures.needs:,}", self.tr("求助已解决")),
            ("tasks", f"{found.tasks_in_time:,}/{figures.tasks:,}", self.tr("任务按时{0}").format(_percent(share))),
            ("duties", f"{found.duties:,}", self.tr("班值守，{0} 人").format(f"{found.people:,}")),
            (
                "reports",
                f"{found.reports:,}/{found.reports_due:,}",
                late.format(found.reports_late),
            ),
        )
        box = QWidget()
        flow = FlowLayout(box, theme.GAP)
        for name, figure, what in told:
            tile = FigureButton()
            tile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            tile.setCursor(Qt.CursorShape.ArrowCursor)
            tile.show_figure(figure, what)
            flow.addWidget(tile)
            self.figures[name] = tile
        return box

    def _timeline(self) -> QTableWidget:
        rows = [(f"{event.at:%m-%d %H:%M}", event.place, event.text) for event in self.found.timeline]
        return _table(self.tr("经过"), (self.tr("时间"), self.tr("地点"), self.tr("事情")), rows, (104, 180, 0), ())

    def _grids(self) -> QTableWidget:
        tr = self.tr
        headings = (tr("网格"), tr("首次联系"), tr("联系"), tr("联系上"), tr("未联系上"), tr("求助"), tr("任务"))
        rows = []
        for line in self.found.grids:
            figures = line.figures
            rows.append(
                (
                    *(line.area_name, minutes_text(line.first_contact), f"{figures.called:,}/{figures.households:,}"),
                    *(f"{figures.reached:,}", f"{figures.not_reached:,}"),
                    *(f"{figures.needs_met:,}/{figures.needs:,}", f"{figures.tasks_done:,}/{figures.tasks:,}"),
                )
            )
        return _table(tr("各网格"), headings, rows, (0, 96, 96, 80, 88, 80, 80), range(1, 7))

    def _substitutes(self) -> QTableWidget:
        tr = self.tr
        headings = (tr("顶替的人"), tr("替谁"), tr("网格"), tr("值班"))
        rows = [(one.name, one.stood_in_for, one.area_name, f"{one.duties:,}") for one in self.found.substitutes]
        return _table(tr("顶替"), headings, rows, (140, 140, 0, 80), (3,))


def _table(
    name: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    right: Sequence[int],
) -> QTableWidget:
    table = QTableWidget(len(rows), len(headings))
    table.setAccessibleName(name)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
    table.horizontalHeader().setHighlightSections(False)
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        item = QTableWidgetItem(heading)
        item.setTextAlignment(_RIGHT if column in right else _LEFT)
        table.setHorizontalHeaderItem(column, item)
        if width:
            table.horizontalHeader().resizeSection(column, width)
        else:
            table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            item = QTableWidgetItem(" ".join(text.split()))
            item.setToolTip(text)
            item.setTextAlignment(_RIGHT if column in right else _LEFT)
            table.setItem(at, column, item)
    return table


def _percent(share: float | None) -> str:
    return "" if share is None else f" {share:.0%}"
