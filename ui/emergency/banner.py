"""The line on every screen of an area in which an emergency goes on."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from gridapp.emergency.running import Running
from gridapp.households.words import moment_text
from ui import theme
from ui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from gridapp.emergency.progress import Figures

_ICON = 18
_EDGE = 4
_LONGEST_NAME = 14


class EmergencyBanner(QWidget):
    """Hidden where none goes on. ``opened`` when it is to be seen whole."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("应急响应"))
        self._picture = QLabel()
        self._mode = QLabel(self.tr("应急响应"))
        self._mode.setProperty("heading", True)
        self._told = ElidedLabel()
        self.button = QPushButton(self.tr("打开应急"))
        self.button.setToolTip(self.tr("看进展、打电话、排值守、派任务、写日报"))
        self.button.clicked.connect(lambda _checked=False: self.opened.emit())
        line = QHBoxLayout(self)
        line.setContentsMargins(12 + _EDGE, 4, 12, 4)
        line.setSpacing(theme.GAP)
        line.addWidget(self._picture)
        line.addWidget(self._mode)
        line.addWidget(self._told, 1)
        line.addStretch()
        line.addWidget(self.button)
        self._dress()
        self.hide()

    def show_emergency(self, one: Running | None, figures: Figures | None, others: int, now: datetime.datetime) -> None:
        """Tell of an emergency, or of none.

        Args:
            figures: how far it has come; None while nobody has counted.
            others: how many more hold for the area that is shown.
        """
        self.setVisible(one is not None)
        if one is None:
            return
        text = banner_text(one, figures, others, now)
        self._told.setText(text)
        self.setAccessibleDescription(f"{self._mode.text()} · {text}")

    def text(self) -> str:
        """What it says."""
        return f"{self._mode.text()} · {self._told.text()}"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a ground of its own, and an edge that stands out: neither is a category's colour."""
        worn = theme.current()
        painter = QPainter(self)
        ground = QColor(worn.danger)
        ground.setAlpha(26)
        painter.fillRect(self.rect(), QColor(worn.paper))
        painter.fillRect(self.rect(), ground)
        painter.fillRect(QRect(0, 0, _EDGE, self.height()), QColor(worn.danger))
        painter.setPen(QColor(worn.line))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_picture"):
            self._dress()

    def _dress(self) -> None:
        self._picture.setPixmap(theme.icon("megaphone", "danger").pixmap(_ICON, _ICON))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)


def banner_text(one: Running, figures: Figures | None, others: int, now: datetime.datetime) -> str:
    """``防汛排涝 · 紫光苑社区 · 02:00 启动，已 3 小时 12 分 · 重点户已联系 40/210 · 需帮助 3 · 逾期任务 1``."""
    from gridapp.emergency.clock import lasted_text  # few starts of the window need it

    begun = f"{moment_text(one.started_at, now)} 启动，已 {lasted_text(one.started_at, now)}"
    # The figures are more than the end of a long name, which the tree has in full.
    long = len(one.area_name) > _LONGEST_NAME
    told = [one.kind_name, f"{one.area_name[: _LONGEST_NAME - 1]}…" if long else one.area_name, begun]
    if figures is not None:
        told.append(f"重点户已联系 {figures.first_called:,}/{figures.first:,}")
        told.append(f"需帮助 {figures.needs - figures.needs_met:,}")
        if figures.tasks_late:
            told.append(f"逾期任务 {figures.tasks_late:,}")
    if others:
        told.append(f"另有 {others} 个")
    return " · ".join(told)
