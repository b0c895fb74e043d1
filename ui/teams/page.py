"""The page of the teams: its lists in parts, and beside them the card of whom the current row is about."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QToolButton, QWidget

from gridapp.areas.tree import Node
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.teams.card import Card, card
from gridapp.teams.openings import Opening
from gridapp.teams.shortage import Shortage
from ui.day import DayWatch
from ui.teams.acts import TeamActs
from ui.teams.card import NARROW, WIDTH, MemberCard
from ui.teams.openings_view import OpeningsView
from ui.teams.people_view import PeopleView
from ui.teams.shortage_view import ShortageView
from ui.teams.subject import Subject

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_WIDE = 980
"""From how many pixels on the card has all of its width."""


class Part(IntEnum):
    """The parts of the page, from the left."""

    PEOPLE = 0
    SHORTAGE = 1
    RESERVE = 2
    AWAY = 3


class TeamPage(QWidget):
    """Reads what is seen, when it is seen. ``failed`` carries what could not be read."""

    failed = Signal(object)

    def __init__(self, window: MainWindow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._node: Node | None = None
        self._stale = set(Part)
        self._found: Uid | None = None  # whom somebody came for, who may be in no list
        register, reads = window.register, window.reads
        self.people = PeopleView(register, reads)
        self.shortage = ShortageView(register, reads)
        self.reserve = PeopleView(register, reads, reserve=True)
        self.away = OpeningsView(register, reads)
        self._views: tuple[PeopleView | ShortageView | OpeningsView, ...] = (
            *(self.people, self.shortage, self.reserve, self.away),
        )
        self.acts = TeamActs(self, window.teams, self.subject)
        self.side = MemberCard(register, window.jobs, reads, self.acts.on_member)
        self.parts = QTabWidget()
        self._days = DayWatch(parent=self)
        self._build()
        self._connect()
        self._follow_row()

    # What is shown

    def show_area(self, node: Node | None) -> None:
        """Show another area."""
        self._node = node
        self._found = None
        self.acts.add.setEnabled(node is not None)
        for view in self._views:
            view.show_area(node)
        self.reload()

    def reload(self) -> None:
        """Show what was written in the meantime."""
        self._stale = set(Part)
        self._read()
        if self.side.card is not None:
            self._show_card_of(self.side.card.uid)

    def show_part(self, part: Part) -> None:
        """Show one of the parts, ready for the keyboard."""
        self._found = None
        self.parts.setCurrentIndex(part)
        self._views[part].setFocus()

    def show_shortage(self, code: str = "") -> None:
        """Show what is lacking, of a grid first."""
        self.shortage.choose_grid(code)
        self._stale.add(Part.SHORTAGE)
        self.show_part(Part.SHORTAGE)
        self._read()

    def show_member(self, member: Uid) -> None:
        """Show the card of a member, whether the lists hold them or not."""
        self.parts.setCurrentIndex(Part.PEOPLE)
        self._found = member
        self._show_card_of(member)
        self.side.begin()

    @property
    def view(self) -> PeopleView | ShortageView | OpeningsView:
        """The part that is seen."""
        return self._views[self.parts.currentIndex()]

    def subject(self) -> Subject | None:
        """Whom the current row is about, or who was come for."""
        shown = self.side.card
        if self._found is not None and shown is not None and shown.uid == self._found:
            return Subject(shown.uid, shown.member.name)
        return self.view.subject()

    def save_state(self, settings: QSettings) -> None:
        """Note how it stands."""
        self.side.fields.commit()
        settings.setValue("teams/part", Part(self.parts.currentIndex()).name)

    def restore_state(self, settings: QSettings) -> None:
        """Stand as it was noted."""
        part = str(settings.value("teams/part"))
        if part in Part.__members__:
            self.parts.setCurrentIndex(Part[part])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.setFixedWidth(WIDTH if event.size().width() >= _WIDE else NARROW)

    # How it is built

    def _build(self) -> None:
        self.parts.setDocumentMode(True)
        names = (self.tr("名册"), self.tr("缺口"), self.tr("后备"), self.tr("请假"))
        for view, name in zip(self._views, names, strict=True):
            at = self.parts.addTab(view, name)
            self.parts.setTabToolTip(at, self.tr("{0} (Ctrl+Tab 切换)").format(name))
            view.table.addActions([self.acts.add, *self.acts.on_member])
        add = QToolButton()
        add.setDefaultAction(self.acts.add)
        add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.parts.setCornerWidget(add)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.parts, 1)
        line.addWidget(self.side)

    def _connect(self) -> None:
        window, teams = self._window, self._window.teams
        for view in self._views:
            view.failed.connect(self.failed)
            view.current_changed.connect(self._go_on)
        for people in (self.people, self.reserve):
            people.opened.connect(self.side.begin)
            people.add_asked.connect(teams.add)
            people.import_asked.connect(window.files.ask_import)
            people.area_asked.connect(window.files.ask_area)
        self.away.opened.connect(self.side.begin)
        self.shortage.fill_asked.connect(self._fill)
        self.shortage.add_asked.connect(self._add_to)
        self.away.fill_asked.connect(self._fill)
        self.away.back_asked.connect(self._come_back)
        self.parts.currentChanged.connect(self._change_part)
        self.side.back.connect(lambda: self.view.setFocus())
        self.side.fields.stored.connect(self._tell)
        self.side.fields.refused.connect(window.status.show_refusal)
        self.side.fields.copied.connect(
            lambda number: window.status.show_notice(self.tr("已复制电话 {0}").format(number))
        )
        self.side.strip.done.connect(self._tell)
        self.side.strip.failed.connect(self.failed)
        self.side.story.household_asked.connect(lambda one: window.go_to_household(one.area_code, one.household))
        self.side.story.absence_asked.connect(self._change_absence)
        self._days.turned.connect(self.reload)

    # What happens

    def _read(self) -> None:
        part = Part(self.parts.currentIndex())
        if self.isVisible() and part in self._stale:
            self._stale.discard(part)
            self._views[part].read()

    def _change_part(self, _at: int) -> None:
        self._found = None
        self._read()
        self._follow_row()

    def _go_on(self) -> None:
        """Another row may be current: of the part that is seen, once somebody has come for nobody else."""
        if self.sender() is not self.view:
            return
        if self._found is not None and not self.view.table.hasFocus():
            return
        self._found = None
        self._follow_row()

    def _follow_row(self) -> None:
        subject = self.subject()
        self.acts.show_subject(subject)
        if subject is None:
            self.side.show_card(None)
        elif self.side.card is None or self.side.card.uid != subject.member:
            self.side.fields.commit()
            self._show_card_of(subject.member)

    def _show_card_of(self, member: Uid) -> None:
        register = self._window.register

        def read() -> Card | None:
            try:
                return card(register, member)
            except UserError:
                return None  # deleted meanwhile

        self._window.read(read, lambda found: self._take_card(member, found))

    def _take_card(self, member: Uid, found: Card | None) -> None:
        subject = self.view.subject()
        wanted = self._found or (subject.member if subject is not None else None)
        if wanted == member:
            self.side.show_card(found)
            self.acts.show_subject(self.subject() if found is not None else None)

    def _fill(self, row: Shortage | Opening | None) -> None:
        absence = row.away.uid if isinstance(row, Opening) else row.absence if row is not None else None
        if absence is not None:
            self._window.teams.substitute_for(absence)

    def _add_to(self, row: Shortage) -> None:
        self._window.teams.add(self._window.dock.model.find(row.area_code), row.role.key)

    def _come_back(self, row: Opening | None) -> None:
        if row is not None:
            self._window.teams.come_back(Subject(row.away.member, row.name))

    def _change_absence(self, away: object) -> None:
        if self.side.card is not None:
            self._window.teams.change_absence(self.side.card, away)  # type: ignore[arg-type]

    def _tell(self, label: str) -> None:
        window = self._window
        window.status.show_notice(self.tr("已{0}").format(label), self.tr("撤销"), window.undo)
