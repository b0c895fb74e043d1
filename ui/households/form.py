"""The form of one household, with its residents."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gridapp.households import address, duplicates, merging, words
from gridapp.households.categories import from_mask, to_mask
from gridapp.households.duplicates import Twin
from gridapp.households.editing import HouseholdDraft, Problem, problems, tidied
from gridapp.households.model import ENTERPRISE, KIND_NAMES, KINDS
from gridapp.households.past import Past
from gridapp.households.suggestions import suggestions
from ui import theme
from ui.households.category_chips import CategoryChips
from ui.households.pairing_line import PairingLine
from ui.households.past import PastBanner, PastLines
from ui.households.pointing import point_out
from ui.households.residents import ResidentsEditor
from ui.households.suggestion_bar import SuggestionBar
from ui.households.tabs import HouseholdTabs, Tab
from ui.widgets.elided import ElidedLabel
from ui.widgets.fields import Field
from ui.widgets.marks import MarkRow

_LINES = ("estate", "building", "entrance", "floor", "room", "head", "credit_code", "phone", "emergency_contact")


class HouseholdForm(QFrame):
    """Edits one draft. ``save_asked`` and ``cancel_asked`` tell what the user wants done with it."""

    save_asked = Signal()
    cancel_asked = Signal()
    changed = Signal(bool)  # whether anything differs from what was loaded
    loaded = Signal()  # what is edited was read from the register
    household_asked = Signal(str, object)  # the code of a grid, and the uid of a household in it to be shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self._draft: HouseholdDraft | None = None
        self._base: HouseholdDraft | None = None
        self._filling = False
        self._twins: list[Twin] = []
        self._waved_off: set[str] = set()
        self._tried = False  # missing entries are pointed out only once saving was tried
        self._build_editors()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.banner)
        column.addLayout(self._build_fields())
        column.addWidget(self.pairings)
        column.addWidget(_rule())
        column.addWidget(self.residents)
        column.addWidget(self.past_lines)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        # Tab stops where something can be done; a click beside it still brings Ctrl+S and Esc to the form.
        scroll.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._build_heading())
        self.tabs = HouseholdTabs(scroll)
        whole.addWidget(self.tabs, 1)
        whole.addWidget(_rule())
        whole.addWidget(self._build_buttons())
        self._connect()

    # What is edited

    def edit(self, draft: HouseholdDraft) -> None:
        """Edit a copy of a draft; what it was is kept as the base."""
        if self._draft is None or draft.uid is None or draft.uid != self._draft.uid:
            self._twins, self._waved_off = [], set()
            self.tabs.show_nothing(draft.uid is not None)
            self.pairings.show_nothing(draft.uid is not None)
            self.past_lines.show_past(Past(), False)
        self._base = draft
        self._draft = draft.copy()
        self._tried = False
        self._overtaken: dict[str, str] = {}
        self._fill()
        self.loaded.emit()

    def rebase(self, stored: HouseholdDraft) -> None:
        """Keep what was typed, on top of what somebody else has stored since, and say where both differ."""
        mine, base = self._draft, self._base
        assert mine is not None and base is not None
        self._overtaken = {
            name: self._overtaken_text(name, value) for name, value in merging.contested(mine, base, stored).items()
        }
        self._base = stored
        self._draft = merging.merged(mine, base, stored).copy()
        self._fill()
        self.loaded.emit()

    def show_twins(self, twins: list[Twin]) -> None:
        """Point out where else in the register something that stands here is found."""
        if twins != self._twins:
            self._twins = twins
            self._show_problems()

    def show_past(self, past: Past) -> None:
        """Show who lived here before, and which households were merged into this one or this one into which."""
        is_past = self._draft is not None and self._draft.is_past
        self.past_lines.show_past(past, not is_past)
        if is_past:
            self.banner.show_into(past.into)

    @property
    def draft(self) -> HouseholdDraft | None:
        """What stands in the form now."""
        return self._draft

    @property
    def base(self) -> HouseholdDraft | None:
        """What was loaded; None for a household that is new."""
        return self._base if self._base is not None and self._base.uid is not None else None

    def is_changed(self) -> bool:
        """Whether something differs from what was loaded, blanks aside."""
        if self._draft is None or self._base is None:
            return False
        return tidied(self._draft) != tidied(self._base) or bool(self.residents.unread_dates())

    def refuse_reason(self) -> str:
        """Point out what has to be mended before saving, go to the first of it and say it; empty if nothing."""
        self._tried = True
        blocking = [problem for problem in self._show_problems() if problem.blocking]
        if not blocking:
            return ""
        first = blocking[0]
        self.tabs.setCurrentIndex(Tab.FORM)
        if first.resident is not None:
            self.residents.go_to(first)
        elif first.field in self._fields:
            self._fields[first.field].setFocus()
        return first.text

    # How it is built

    def _build_editors(self) -> None:
        self.lines = {name: QLineEdit() for name in _LINES}
        self.people = QLineEdit()
        self.people.setValidator(QIntValidator(0, 9_999, self))
        self.kind = QComboBox()
        for key in KINDS:
            self.kind.addItem(KIND_NAMES[key], key)
        self.categories = CategoryChips()
        self.suggestions = SuggestionBar()
        self.note = QPlainTextEdit()
        self.note.setFixedHeight(64)
        self.note.setTabChangesFocus(True)
        self.residents = ResidentsEditor()
        self.pairings = PairingLine()
        self.banner, self.past_lines = PastBanner(), PastLines()
        labels = {
            "estate": self.tr("小区"),
            "building": self.tr("楼栋"),
            "entrance": self.tr("楼门"),
            "floor": self.tr("层"),
            "room": self.tr("房号"),
            "head": self.tr("户主"),
            "credit_code": self.tr("统一社会信用代码"),
            "phone": self.tr("电话"),
            "emergency_contact": self.tr("紧急联系人"),
        }
        self._fields = {name: Field(label, self.lines[name]) for name, label in labels.items()}
        self._fields["people"] = Field(self.tr("人数"), self.people)
        self._fields["kind"] = Field(self.tr("类型"), self.kind)
        self._fields["categories"] = Field(self.tr("分类（可多选，按轻重取第一个为主色）"), self.categories)
        self._fields["note"] = Field(self.tr("备注"), self.note)

    def _build_fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(theme.GAP)
        grid.addWidget(self.suggestions, 1, 0, 1, 12)
        for name, row, column, width in (
            ("categories", 0, 0, 12),
            ("head", 2, 0, 5),
            ("kind", 2, 5, 4),
            ("people", 2, 9, 3),
            ("credit_code", 3, 0, 12),
            ("phone", 4, 0, 5),
            ("emergency_contact", 4, 5, 7),
            ("estate", 5, 0, 5),
            ("building", 5, 5, 4),
            ("entrance", 5, 9, 3),
            ("floor", 6, 0, 5),
            ("room", 6, 5, 7),
            ("note", 7, 0, 12),
        ):
            grid.addWidget(self._fields[name], row, column, 1, width, Qt.AlignmentFlag.AlignTop)
        for column in range(12):
            grid.setColumnStretch(column, 1)
        return grid

    def _build_heading(self) -> QWidget:
        self._marks = MarkRow()
        self._name = ElidedLabel()
        self._name.setProperty("title", True)
        self._address = ElidedLabel()
        self._address.setProperty("secondary", True)
        heading = QWidget()
        column = QVBoxLayout(heading)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        line = QHBoxLayout()
        line.addWidget(self._name)
        line.addWidget(self._marks)
        line.addStretch()
        self.more = QToolButton()
        self.more.setText(self.tr("更多"))
        self.more.setIcon(theme.icon("dots-three"))
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setShortcut(QKeySequence("Alt+M"))
        self.more.setToolTip(self.tr("家庭变动：迁入、迁出、分户、合并 (Alt+M)"))
        self.more.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes from the table straight to what can be typed
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        line.addWidget(self.more)
        column.addLayout(line)
        column.addWidget(self._address)
        return heading

    def _build_buttons(self) -> QWidget:
        self.save = QPushButton(self.tr("保存"))
        self.save.setProperty("primary", True)
        self.save.setToolTip(self.tr("保存 (Ctrl+S)"))
        self.cancel = QPushButton(self.tr("取消"))
        self.cancel.setToolTip(self.tr("恢复为保存过的内容 (Esc)"))
        self._state = QLabel()
        self._state.setProperty("secondary", True)
        bar = QWidget()
        line = QHBoxLayout(bar)
        line.setContentsMargins(16, 8, 16, 8)
        line.addWidget(self._state, 1)
        line.addWidget(self.cancel)
        line.addWidget(self.save)
        return bar

    def _connect(self) -> None:
        self.save.clicked.connect(self.save_asked)
        self.cancel.clicked.connect(self.cancel_asked)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+S"), self, context=within).activated.connect(self.save_asked)
        QShortcut(QKeySequence("Esc"), self, context=within).activated.connect(self.cancel_asked)
        for line in (*self.lines.values(), self.people):
            line.textEdited.connect(self._take_over)
        self.kind.currentIndexChanged.connect(self._take_over)
        self.note.textChanged.connect(self._take_over)
        self.categories.changed.connect(self._take_over)
        self.residents.changed.connect(self._take_over)
        for part in (self.residents, self.banner, self.past_lines):
            part.household_asked.connect(self.household_asked)
        self.suggestions.accepted.connect(self._accept)
        self.suggestions.dismissed.connect(self._wave_off)

    # Between the fields and the draft

    def _fill(self) -> None:
        draft = self._draft
        assert draft is not None
        self._filling = True
        for name, line in self.lines.items():
            line.setText(getattr(draft, name))
            line.setCursorPosition(0)
        self.people.setText("" if draft.people is None else str(draft.people))
        self.kind.setCurrentIndex(KINDS.index(draft.kind))
        self.categories.set_categories(draft.categories)
        self.note.setPlainText(draft.note)
        self.residents.set_residents(draft.residents)
        self._set_read_only(draft.is_past)
        self.banner.show_draft(draft)
        self.more.setVisible(draft.uid is not None)
        self._filling = False
        self._show_state()

    def _set_read_only(self, read_only: bool) -> None:
        for line in (*self.lines.values(), self.people):
            line.setReadOnly(read_only)
        self.note.setReadOnly(read_only)
        for widget in (self.kind, self.categories):
            widget.setEnabled(not read_only)
        self.residents.set_read_only(read_only)

    def _take_over(self, _value: object = None) -> None:
        draft = self._draft
        if self._filling or draft is None:
            return
        for name, line in self.lines.items():
            setattr(draft, name, line.text())
        draft.people = int(self.people.text()) if self.people.text().isdigit() else None
        draft.kind = self.kind.currentData()
        switched_off = draft.categories & ~self.categories.categories()
        self._waved_off.update(category.key for category in from_mask(switched_off))
        draft.categories = self.categories.categories()
        draft.note = self.note.toPlainText()
        self._show_state()

    def _accept(self, key: str) -> None:
        self.categories.set_categories(self.categories.categories() | to_mask([key]))
        self._take_over()

    def _wave_off(self, key: str) -> None:
        self._waved_off.add(key)
        self._show_state()

    def _show_state(self) -> None:
        draft = self._draft
        assert draft is not None
        changed = self.is_changed()
        self.save.setEnabled(changed)
        self.cancel.setEnabled(changed or draft.uid is None)
        self._state.setText(self.tr("有未保存的改动") if changed else "")
        self._show_kind(draft.kind)
        self._name.setText(draft.head.strip() or (self.tr("新住户") if draft.uid is None else self.tr("未填户主")))
        self._address.setText(address.full_label(draft.estate, draft.building, draft.entrance, draft.room))
        self._marks.set_categories(from_mask(draft.categories))
        offered = [] if draft.is_past else suggestions(draft)
        self.suggestions.show_suggestions([one for one in offered if one.key not in self._waved_off])
        self._show_problems()
        self.changed.emit(changed)

    def _show_kind(self, kind: str) -> None:
        """Ask for what a family or an enterprise has, and call the one it goes by as one does."""
        is_enterprise = kind == ENTERPRISE
        self._fields["credit_code"].setVisible(is_enterprise)
        self._fields["head"].set_label(self.tr("单位名称") if is_enterprise else self.tr("户主"))

    def _show_problems(self) -> list[Problem]:
        assert self._draft is not None
        found = [*problems(self._draft), *self.residents.unread_dates()]
        overtaken = [Problem(name, text, blocking=False) for name, text in self._overtaken.items()]
        pointed_out = [] if self._draft.is_past else duplicates.problems(self._draft, self._twins)
        missing = {"room", "head", "name"}
        wrong = found if self._tried else [one for one in found if not (one.blocking and one.field in missing)]
        shown = [*wrong, *overtaken, *pointed_out]
        for name, field in self._fields.items():
            mine = [problem for problem in shown if problem.resident is None and problem.field == name]
            point_out(field, mine, self.household_asked.emit)
        self.residents.show_problems([problem for problem in shown if problem.resident is not None])
        return found

    def _overtaken_text(self, name: str, value: object) -> str:
        if name == "categories" and isinstance(value, int):
            return self.tr("别人刚改为“{0}”").format(words.categories_text(value))
        if value in ("", None):
            return self.tr("别人刚清空了这一项")
        return self.tr("别人刚改为“{0}”").format(KIND_NAMES.get(str(value), value))


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("rule", True)
    return rule
