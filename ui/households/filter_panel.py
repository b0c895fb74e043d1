"""The panel of all filters, open below its button; what is changed in it holds at once."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gridapp.errors import UserError
from gridapp.households.categories import from_mask, to_mask
from gridapp.households.filter_words import UNVISITED_DAYS, typed_days
from gridapp.households.filters import Filter
from gridapp.households.model import CONDITIONS, KIND_NAMES
from ui import theme
from ui.households.age_picker import AgePicker
from ui.households.category_chips import CategoryChips
from ui.households.place_picker import PlacePicker
from ui.widgets.choice import Choice
from ui.widgets.fields import Field

_TYPING_PAUSE_MS = 250
_COLUMN = 300
_A_ROW = 4


class FilterPanel(QFrame):
    """Emits ``asked`` with the filter that is wanted instead. What is wrong is said beside its field and waits."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("filter-panel")
        self.setAccessibleName(self.tr("筛选"))
        self._shown = Filter("")
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self._make_editors()
        self._build()
        self._connect()

    def show_filter(self, chosen: Filter) -> None:
        """Show what is asked for."""
        if chosen == self._shown or self._pause.isActive():
            return  # it was asked for here, where something else may stand half typed
        self._shown = chosen
        self.places.set_places(chosen.places)
        self.ages.set_ages(chosen.ages)
        self.unvisited.setChecked(chosen.unvisited_days is not None)
        if chosen.unvisited_days is not None:
            self.days.setText(str(chosen.unvisited_days))
        self.days_field.set_remark("")
        self.kind.set_value(chosen.kind)
        self.carrying.set_categories(to_mask(chosen.carrying))
        self.carrying_all.set_value(chosen.carrying_all)
        for word, box in self.special.items():
            box.setChecked(word in chosen.special)
        for name, box in self.flags.items():
            box.setChecked(getattr(chosen, name))

    def open_below(self, button: QWidget) -> None:
        """Open at a button, within the screen, as high as its contents or the room there is."""
        screen = button.screen().availableGeometry()
        size = self._body.sizeHint()
        inner, foot = size.height() + 2, self._foot.sizeHint().height()
        self.resize(size.width() + 18, min(inner + foot + 2 * theme.GAP, screen.height() - 2 * theme.GAP))
        place = button.mapToGlobal(QPoint(0, button.height() + 2))
        place.setX(max(screen.left(), min(place.x(), screen.right() - self.width())))
        place.setY(max(screen.top(), min(place.y(), screen.bottom() - self.height())))
        self.move(place)
        self.show()
        self.places.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def _make_editors(self) -> None:
        self.places = PlacePicker()
        self.ages = AgePicker()
        self.unvisited = QCheckBox(self.tr("已有"))
        self.days = QLineEdit(str(UNVISITED_DAYS))
        self.days.setFixedWidth(56)
        self.days.setAccessibleName(self.tr("多少天没有走访"))
        self.kind = Choice({"": self.tr("全部"), **KIND_NAMES})
        self.carrying = CategoryChips()
        self.carrying_all = Choice({False: self.tr("含任一个"), True: self.tr("同时含全部")})
        self.special = {word: QCheckBox(word) for word in CONDITIONS}
        self.flags = {
            "open_issues": QCheckBox(self.tr("有未结民意")),
            "party_member": QCheckBox(self.tr("居民中有党员")),
            "no_phone": QCheckBox(self.tr("没有电话")),
            "no_residents": QCheckBox(self.tr("没有居民登记")),
        }
        self.count = QLabel()
        self.count.setProperty("heading", True)
        self.clear = QPushButton(self.tr("清除筛选"))
        self.close_ = QPushButton(self.tr("关闭"))

    def _connect(self) -> None:
        self.places.changed.connect(self._tell)
        self.ages.changed.connect(self._pause.start)
        self.unvisited.clicked.connect(self._tell)
        self.days.textEdited.connect(lambda _text: self.unvisited.setChecked(True))
        self.days.textEdited.connect(lambda _text: self._pause.start())
        self.kind.changed.connect(self._tell)
        self.carrying.changed.connect(self._tell)
        self.carrying_all.changed.connect(self._tell)
        for box in (*self.special.values(), *self.flags.values()):
            box.clicked.connect(self._tell)
        self.clear.clicked.connect(self._clear)
        self.close_.clicked.connect(self.close)

    def _tell(self, *_told: object) -> None:
        self._pause.stop()
        ages, days = self.ages.ages(), self._typed_days()
        if ages is None or days is False:
            return
        flags: dict[str, Any] = {name: box.isChecked() for name, box in self.flags.items()}
        wanted = replace(
            self._shown,
            places=self.places.places(),
            ages=ages,
            unvisited_days=days or None,
            kind=self.kind.value(),
            carrying=frozenset(category.key for category in from_mask(self.carrying.categories())),
            carrying_all=self.carrying_all.value(),
            special=frozenset(word for word, box in self.special.items() if box.isChecked()),
            **flags,
        )
        if wanted != self._shown:
            self._shown = wanted
            self.asked.emit(wanted)

    def _typed_days(self) -> int | bool | None:
        """The days that are asked for, None where none are, False where what is typed is wrong."""
        self.days_field.set_remark("")
        if not self.unvisited.isChecked():
            return None
        try:
            return typed_days(self.days.text())
        except UserError as error:
            self.days_field.set_remark(str(error))
            return False

    def _clear(self) -> None:
        self._pause.stop()
        self.asked.emit(Filter(self._shown.area_code))

    # How it is built

    def _build(self) -> None:
        self._body = QWidget()
        columns = QHBoxLayout(self._body)
        columns.setContentsMargins(16, 16, 16, theme.GAP)
        columns.setSpacing(24)
        columns.addLayout(_column(self.places, _titled(self.tr("居民年龄（有一人符合即可）"), self.ages)))
        columns.addLayout(
            _column(
                Field(self.tr("类型"), self.kind),
                _titled(self.tr("分类（不论首要与否）"), self.carrying, self.carrying_all),
                _titled(self.tr("居民情况（有一人符合即可）"), _in_rows(list(self.special.values()))),
                self._visits(),
                _titled(self.tr("其他"), _in_rows(list(self.flags.values()), 2)),
            )
        )
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._body)
        self._foot = QWidget()
        line = QHBoxLayout(self._foot)
        line.setContentsMargins(16, theme.GAP, 16, theme.GAP)
        line.addWidget(self.count)
        line.addStretch()
        line.addWidget(self.clear)
        line.addWidget(self.close_)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addWidget(self._foot)

    def _visits(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.unvisited, self.days, QLabel(self.tr("天没有走访，或从未走访"))):
            row.addWidget(widget)
        row.addStretch()
        self.days_field = Field(self.tr("走访"), line)
        return self.days_field


def _titled(title: str, *widgets: QWidget) -> QWidget:
    group = QWidget()
    column = QVBoxLayout(group)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    caption = QLabel(title)
    caption.setProperty("secondary", True)
    for widget in (caption, *widgets):
        column.addWidget(widget)
    return group


def _column(*groups: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(16)
    for group in groups:
        group.setMinimumWidth(_COLUMN)
        column.addWidget(group)
    column.addStretch()
    return column


def _in_rows(boxes: list[QCheckBox], a_row: int = _A_ROW) -> QWidget:
    group = QWidget()
    grid = QGridLayout(group)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.GAP)
    grid.setVerticalSpacing(0)
    for position, box in enumerate(boxes):
        grid.addWidget(box, position // a_row, position % a_row)
    grid.setColumnStretch(a_row, 1)
    return group
