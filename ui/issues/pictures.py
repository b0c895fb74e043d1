"""The screens of the ledger, brought up one after the other to be pictured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from gridapp.ids import Uid
from gridapp.issues import reading
from gridapp.issues.ledger import View
from gridapp.issues.reading import Whole
from gridapp.issues.states import State
from gridapp.issues.workflow import Step
from ui.issues.ledger_bar import Form
from ui.tabs import Tab

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.issues.page import LedgerPage
    from ui.main_window import MainWindow

_READ = 60
_SELECTED = 4


class LedgerPictures:
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
        window.show_tab(Tab.LEDGER)
        if window.dock.model.roots:
            window.dock.choose(window.dock.model.roots[0])
        page = window.ledger_tab.page
        page.take_view(View.ALL)
        self._settle()
        wholes = self._read(page)
        if not wholes:
            return
        self._show(page, wholes[0].uid)
        yield "30-ledger", window
        self._select(page)
        yield "31-ledger-steps", window
        self._show(page, max(wholes, key=lambda whole: len(whole.events)).uid)
        page.enter_pane()
        self._settle()
        page.detail.show_latest()
        yield "32-ledger-history", window
        for form, name in ((Form.BOARD, "33-ledger-board"), (Form.CALLS, "34-ledger-calls")):
            page.show_form(form)
            yield name, window
        page.show_form(Form.TABLE)
        self._settle()
        yield from self._dialogs(wholes)

    def _dialogs(self, wholes: list[Whole]) -> Iterator[tuple[str, QWidget]]:
        window = self._window
        at_home = (whole for whole in wholes if whole.reporters and whole.reporters[0].household)
        known = next((whole for whole in at_home if whole.state.is_open), None)
        if known is not None:
            self._register_again(known)
            yield "35-issue-form", self._dialog()
            self._close()
        done = next((whole for whole in wholes if whole.state is State.RESOLVED), None)
        if done is not None:
            window.issues.take([done.uid], Step.REPORT_BACK)
            yield "36-issue-step", self._dialog()
            self._close()
        window.wording.ask_categories()
        self._settle()
        yield "37-issue-categories", self._dialog()
        self._close()
        window.wording.ask_replies()
        yield "38-issue-replies", self._dialog()
        self._close()

    def _read(self, page: LedgerPage) -> list[Whole]:
        rows = [page.model.row(position) for position in range(min(page.model.rowCount(), _READ))]
        return [reading.read(self._window.register, row.uid) for row in rows if row is not None]

    def _show(self, page: LedgerPage, issue: Uid) -> None:
        page.show_issue(issue)
        self._settle()
        page.enter_pane()  # which waits for nothing
        page.table.setFocus()

    def _select(self, page: LedgerPage) -> None:
        selection = page.table.selectionModel()
        for position in range(min(page.model.rowCount(), _SELECTED)):
            index = page.model.index(position, 0)
            selection.select(index, selection.SelectionFlag.Select | selection.SelectionFlag.Rows)

    def _register_again(self, known: Whole) -> None:
        """Type what stands in the ledger already, so that it is found."""
        from ui.issues.form import IssueForm

        self._window.issues.register(known.reporters[0].household)
        form = self._dialog()
        assert isinstance(form, IssueForm)
        form.fields.text.setPlainText(known.values["description"])
        while form.is_busy():
            self._settle()
        self._settle()

    def _dialog(self) -> QWidget:
        from PySide6.QtWidgets import QDialog

        return next(dialog for dialog in self._window.findChildren(QDialog) if dialog.isVisible())
