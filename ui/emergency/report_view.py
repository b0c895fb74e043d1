"""The daily reports of an emergency."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridapp.register import Register
from ui.emergency.part import Part
from ui.jobs import Jobs
from ui.widgets.empty import EmptyState


class ReportView(Part):
    """Which grids have reported."""

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(register, reads, parent)
        column = QVBoxLayout(self)
        column.addWidget(EmptyState())

    def read(self) -> None:
        """Read them."""
