"""Reading beside the window what the form tells beyond its fields, once the user pauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from gridapp.households import duplicates, history, past
from gridapp.households.duplicates import Twin
from gridapp.households.editing import HouseholdDraft
from gridapp.households.past import Past
from gridapp.ids import Uid
from gridapp.issues import listing as issues
from gridapp.register import Register
from gridapp.teams import pairing
from gridapp.teams.pairing import Paired
from gridapp.visits import listing as visits
from ui.households.form import HouseholdForm
from ui.households.tabs import READ, Tab
from ui.jobs import Jobs

_PAUSE_MS = 250
_PAGE = 30


@dataclass(frozen=True)
class _Question:
    """What is to be read: of a stored household, and of a draft where something in it may be found elsewhere."""

    number: int
    household: Uid | None
    tab: Tab
    limit: int
    draft: HouseholdDraft | None


@dataclass
class _Answer:
    question: _Question
    counts: dict[Tab, int] = field(default_factory=dict)
    rows: Sequence[Any] = ()
    paired: Sequence[Paired] = ()
    twins: list[Twin] | None = None
    past: Past = field(default_factory=Past)


class Lookups(QObject):
    """Watches a form: while rows are gone through or keys come in, nothing is read; then only what is shown.

    ``failed`` carries an error; what could not be read stays blank.
    """

    failed = Signal(object)

    def __init__(self, register: Register, form: HouseholdForm, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._form = form
        self._jobs = Jobs(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._number = 0
        self._household: Uid | None = None
        self._limit = _PAGE
        self._stale = False
        self._compared: tuple[str, ...] = ()
        self._pause.timeout.connect(self.look)
        form.loaded.connect(self._take_up)
        form.changed.connect(lambda _changed: self._pause.start())
        form.tabs.currentChanged.connect(lambda _tab: self._turn())
        form.tabs.more_asked.connect(self._read_on)
        form.installEventFilter(self)

    def is_busy(self) -> bool:
        """Whether something is being read."""
        return bool(self._jobs.running)

    def stop(self) -> None:
        """Read nothing any more."""
        self._pause.stop()
        self._number += 1
        self._jobs.stop_all()

    def refresh(self) -> None:
        """Read again what is shown, since something was written."""
        self._stale = True
        self._pause.start()

    def look(self) -> None:
        """Read what is not known yet."""
        self._pause.stop()
        draft = self._form.draft
        if draft is None or not (self._form.isVisible() and self._asks(draft)):
            return  # what is out of sight is read once it is seen
        self._number += 1
        compared = duplicates.asked(draft)
        anew = self._stale or compared != self._compared
        question = _Question(
            self._number,
            draft.uid if self._stale else None,
            self._form.tabs.current,
            self._limit,
            draft.copy() if anew else None,
        )
        self._stale, self._compared = False, compared
        register = self._register
        self._jobs.start("", lambda _progress, _cancel: _read(register, question), register, self._take, self._fail)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._pause.start()
        return False

    def _asks(self, draft: HouseholdDraft) -> bool:
        return self._stale or duplicates.asked(draft) != self._compared

    def _take_up(self) -> None:
        draft = self._form.draft
        if draft is not None and (draft.uid is None or draft.uid != self._household):
            self._household, self._limit = draft.uid, _PAGE
        self.refresh()

    def _turn(self) -> None:
        self._limit = _PAGE
        if self._form.tabs.current in READ:
            self._stale = True
            self.look()

    def _read_on(self) -> None:
        self._limit += _PAGE
        self._stale = True
        self.look()

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)

    def _take(self, answer: _Answer) -> None:
        asked, draft = answer.question, self._form.draft
        if draft is None or draft.uid != self._household:
            return
        if answer.twins is not None and asked.draft is not None and asked.draft.uid == draft.uid:
            self._form.show_twins(answer.twins)
        if asked.household is None or asked.household != draft.uid:
            return  # one has gone on meanwhile
        self._form.pairings.show_paired(answer.paired)
        self._form.show_past(answer.past)
        tabs = self._form.tabs
        tabs.show_counts(answer.counts)
        rows, more = answer.rows[: asked.limit], len(answer.rows) > asked.limit
        if asked.tab is Tab.VISITS:
            tabs.show_visits(rows, more)
        elif asked.tab is Tab.ISSUES:
            tabs.show_issues(rows, more)
        elif asked.tab is Tab.HISTORY:
            tabs.show_history(rows, more)


def _read(register: Register, question: _Question) -> _Answer:
    answer = _Answer(question)
    if question.draft is not None:
        answer.twins = duplicates.find(register, question.draft)
    household, limit = question.household, question.limit + 1
    if household is None:
        return answer
    answer.paired = pairing.of_household(register, household)
    answer.past = past.of_household(register, household)
    answer.counts = {
        Tab.VISITS: visits.count(register, household),
        Tab.ISSUES: issues.count(register, household),
        Tab.HISTORY: history.count(register, household),
    }
    if question.tab is Tab.VISITS:
        answer.rows = visits.of_household(register, household, limit)
    elif question.tab is Tab.ISSUES:
        answer.rows = issues.of_household(register, household, limit)
    elif question.tab is Tab.HISTORY:
        answer.rows = history.entries(register, household, limit)
    return answer
