"""The form beside the table: loads one household into it, saves it, and puts what was typed in safety."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from gridapp.errors import UserError
from gridapp.households import address, editing
from gridapp.households.editing import HouseholdDraft
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.store.changes import Conflict
from ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from ui.households.form import HouseholdForm
    from ui.households.lookups import Lookups

_WIDTH = 420
_AFTER_FIRST_PAINT_MS = 30


class FormSide(QStackedWidget):
    """Shows the form of one household, or what would stand there.

    ``notice`` carries what was saved; ``refused`` what was not, and why, or an empty text once that is settled.
    ``saved`` comes when the register holds what stood in the form, ``given_up`` when a new household was thrown away,
    ``gone`` when the household that was to be shown is no longer there, ``typed`` with each change that
    is made in the form.

    The form has more widgets than all else in the window, so it is made after the table stands there.
    """

    notice = Signal(str)
    refused = Signal(str)
    saved = Signal()
    typed = Signal()
    made = Signal(object)  # the form
    given_up = Signal()
    gone = Signal()
    household_asked = Signal(str, object)  # the code of a grid, and the uid of a household in it
    failed = Signal(object)

    def __init__(self, register: Register, before: QWidget, parent: QWidget | None = None) -> None:
        """Make the side without its form.

        Args:
            before: from where Tab leads into the form.
        """
        super().__init__(parent)
        self._before = before
        self._register = register
        self._current: Uid | None = None
        self._form: HouseholdForm | None = None
        self._painted = False
        self._lookups: Lookups | None = None
        self._opening = QTimer(self, singleShot=True, interval=_AFTER_FIRST_PAINT_MS)
        self._opening.timeout.connect(lambda: self.form)
        self._empty = EmptyState()
        self._empty.show_text("identification-card", self.tr("选中一户，在这里查看和修改"))
        self.addWidget(self._empty)
        self.setMinimumWidth(_WIDTH)

    @property
    def form(self) -> HouseholdForm:
        """The form with the current household, made when it is first asked for."""
        if self._form is None:
            from ui.households.form import HouseholdForm
            from ui.households.lookups import Lookups
            from ui.households.pairing_commands import PairingCommands

            self._form = form = HouseholdForm()
            chain = _chain_of(form)
            self.addWidget(form)
            for before, behind in pairwise([self._before, *chain]):
                # What comes late stands last in the order of Tab otherwise, behind all else in the window.
                QWidget.setTabOrder(before, behind)
            self._lookups = Lookups(self._register, form, self)
            form.save_asked.connect(self.save)
            form.cancel_asked.connect(self.cancel)
            form.household_asked.connect(self.household_asked)
            form.changed.connect(lambda _changed: self.typed.emit())
            self._lookups.failed.connect(self.failed)
            self._pairing = PairingCommands(self._register, form, self._lookups, self)
            self._pairing.notice.connect(self.notice)
            self._pairing.refused.connect(self.refused)
            self.made.emit(form)
            self._show_stored()
        return self._form

    @property
    def lookups(self) -> Lookups:
        """What reads beside the form."""
        assert self.form is not None and self._lookups is not None
        return self._lookups

    def is_busy(self) -> bool:
        """Whether the form is still to be shown, or something that it tells to be read."""
        if self._form is None or self._lookups is None:
            return self._current is not None and self.isVisible()
        return self._opening.isActive() or self._lookups.is_busy()

    def stop(self) -> None:
        """Read nothing any more."""
        self._opening.stop()
        if self._lookups is not None:
            self._lookups.stop()

    @property
    def current(self) -> Uid | None:
        """The household that is shown; None if there is none, or one that is not stored yet."""
        return self._current

    def show_household(self, uid: Uid) -> bool:
        """Show a household as it is stored, and say whether it still is."""
        self._current = uid
        if self._form is None:
            if self._painted:
                self._opening.start()
            return True
        return self._show_stored()

    def _show_stored(self) -> bool:
        if self._current is None:
            return False
        try:
            self._edit(editing.load(self._register, self._current))
        except UserError as error:
            self.close_form()
            self.gone.emit()
            self.refused.emit(str(error))
            return False
        return True

    def begin(self, draft: HouseholdDraft) -> None:
        """Begin a new household, where there is something to type."""
        self._current = None
        self._edit(draft)
        first = next((name for name in ("estate", "building", "room") if not getattr(draft, name)), "room")
        self.form.lines[first].setFocus()

    def save(self) -> bool:
        """Save what stands in the form, and say whether that went well; if not, the form says why."""
        if self._form is None or self.form.draft is None or not self.form.is_changed():
            return True
        reason = self.form.refuse_reason()
        if reason:
            self.refused.emit(reason)
            return False
        if self._register.is_written_elsewhere:
            # Waiting for a long import to end would leave the window standing still.
            self.refused.emit(self.tr("正在写入登记簿，暂时不能保存。请等右下角的任务结束后再保存。"))
            return False
        draft, base = self.form.draft, self.form.base
        self._current = draft.uid
        try:
            self._current = editing.save(self._register, draft, base)
        except UserError as error:
            if isinstance(error, Conflict) and draft.uid is not None:
                self.form.rebase(editing.load(self._register, draft.uid))
            self.refused.emit(str(error))
            return False
        self._edit(editing.load(self._register, self._current))
        self.saved.emit()
        place = address.short_label(draft.building, draft.entrance, draft.room)
        self.notice.emit(self.tr("已保存 {0}").format(f"{place} {draft.head}".strip()))
        return True

    def cancel(self) -> None:
        """Throw away what was typed and show what is stored."""
        if self._current is None:
            self.close_form()
            self.refused.emit("")
            self.given_up.emit()
        else:
            self.show_household(self._current)

    @property
    def is_changed(self) -> bool:
        """Whether something unsaved stands in the form that is seen."""
        return self._form is not None and self.currentWidget() is self._form and self._form.is_changed()

    def leave(self) -> bool:
        """Put what was typed in safety before something else is shown; False if it has to be mended first."""
        return self._form is None or self.currentWidget() is not self._form or self.save()

    def refresh(self) -> None:
        """Show the household as it is stored now, unless something unsaved stands in the form."""
        if self._form is None:
            return
        self.lookups.refresh()
        if self._current is None or self.form.is_changed():
            return
        try:
            self._edit(editing.load(self._register, self._current))
        except UserError:
            self.close_form()

    def close_form(self) -> None:
        """Show that no household is chosen."""
        self._current = None
        self._opening.stop()
        self.setCurrentWidget(self._empty)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            if self._current is not None:
                self._opening.start()

    def _edit(self, draft: HouseholdDraft) -> None:
        self.form.edit(draft)
        self.setCurrentWidget(self.form)


def _chain_of(form: QWidget) -> list[QWidget]:
    """What takes the focus in a form that has no window yet, in the order of Tab."""
    chain: list[QWidget] = []
    widget = form.nextInFocusChain()
    while widget is not None and widget is not form:
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            chain.append(widget)
        widget = widget.nextInFocusChain()
    return chain
