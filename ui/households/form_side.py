"""The form beside the table: loads one household into it, saves it, and puts what was typed in safety."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from gridapp.errors import UserError
from gridapp.households import address, editing
from gridapp.households.editing import HouseholdDraft
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.store.changes import Conflict
from ui.households.form import HouseholdForm
from ui.households.lookups import Lookups
from ui.households.pairing_commands import PairingCommands
from ui.widgets.empty import EmptyState

_WIDTH = 420


class FormSide(QStackedWidget):
    """Shows the form of one household, or what would stand there.

    ``notice`` carries what was saved; ``refused`` what was not, and why, or an empty text once that is settled.
    ``saved`` comes when the register holds what stood in the form, ``given_up`` when a new household was thrown away,
    ``gone`` when the household that was to be shown is no longer there.
    """

    notice = Signal(str)
    refused = Signal(str)
    saved = Signal()
    given_up = Signal()
    gone = Signal()
    household_asked = Signal(str, object)  # the code of a grid, and the uid of a household in it
    failed = Signal(object)

    def __init__(self, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._current: Uid | None = None
        self.form = HouseholdForm()
        self.lookups = Lookups(register, self.form, self)
        self.pairing = PairingCommands(register, self.form, self.lookups, self)
        self._empty = EmptyState()
        self._empty.show_text("identification-card", self.tr("选中一户，在这里查看和修改"))
        self.addWidget(self._empty)
        self.addWidget(self.form)
        self.setMinimumWidth(_WIDTH)
        self.form.save_asked.connect(self.save)
        self.form.cancel_asked.connect(self.cancel)
        self.form.household_asked.connect(self.household_asked)
        self.lookups.failed.connect(self.failed)
        self.pairing.notice.connect(self.notice)
        self.pairing.refused.connect(self.refused)

    @property
    def current(self) -> Uid | None:
        """The household that is shown; None if there is none, or one that is not stored yet."""
        return self._current

    def show_household(self, uid: Uid) -> bool:
        """Show a household as it is stored, and say whether it still is."""
        self._current = uid
        try:
            self._edit(editing.load(self._register, uid))
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
        if self.form.draft is None or not self.form.is_changed():
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

    def leave(self) -> bool:
        """Put what was typed in safety before something else is shown; False if it has to be mended first."""
        return self.currentWidget() is not self.form or self.save()

    def refresh(self) -> None:
        """Show the household as it is stored now, unless something unsaved stands in the form."""
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
        self.setCurrentWidget(self._empty)

    def _edit(self, draft: HouseholdDraft) -> None:
        self.form.edit(draft)
        self.setCurrentWidget(self.form)
