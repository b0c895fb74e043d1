"""The screens of the teams, brought up one after the other to be pictured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from ui.tabs import Tab
from ui.teams.page import Part, TeamPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.main_window import MainWindow


class TeamPictures:
    """Brings up the screens of a window; what the register lacks is not pictured."""

    def __init__(self, window: MainWindow, settle: Callable[[], None], close: Callable[[], None]) -> None:
        """Be ready for a window.

        Args:
            settle: lets the window read and paint what it has to.
            close: closes the dialog that is open.
        """
        self._window, self._settle, self._close = window, settle, close

    def screens(self) -> Iterator[tuple[str, QWidget]]:
        """Every screen with its name."""
        window = self._window
        window.show_tab(Tab.TEAM)
        self._settle()
        page = window.team_tab.page
        self._show(page, Part.PEOPLE)
        if not page.people.table.paged.rowCount():
            return
        yield "50-team", window
        self._show(page, Part.SHORTAGE)
        yield "51-team-shortage", window
        self._show(page, Part.AWAY)
        yield "52-team-away", window
        yield from self._substitute(page)
        self._show(page, Part.PEOPLE)
        for act, name in ((page.acts.leave, "54-team-absence"), (page.acts.move, "55-team-move")):
            act.trigger()
            yield from self._dialog(name)

    def _substitute(self, page: TeamPage) -> Iterator[tuple[str, QWidget]]:
        table = page.away.table
        rows = (table.paged.row(at) for at in range(min(table.paged.rowCount(), 100)))
        wanting = next((at for at, row in enumerate(rows) if row is not None and row.is_open), None)
        if wanting is not None:
            table.selectRow(wanting)
            page.away.fill_button.click()
            yield from self._dialog("53-team-substitute")

    def _dialog(self, name: str) -> Iterator[tuple[str, QWidget]]:
        self._settle()
        found = [dialog for dialog in self._window.findChildren(QDialog) if dialog.isVisible()]
        if found:
            yield name, found[-1]
            self._close()

    def _show(self, page: TeamPage, part: Part) -> None:
        page.show_part(part)
        self._settle()
        page.view.table.selectRow(0)
        self._settle()
