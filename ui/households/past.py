"""What the form shows of the past: that a household has left, and who lived in it before."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from gridapp.households import words
from gridapp.households.editing import HouseholdDraft
from gridapp.households.past import Elsewhere, Former, Past
from ui import theme


class PastBanner(QFrame):
    """Says that a household has left and can only be read. ``back_asked`` when it shall be here again."""

    back_asked = Signal()
    household_asked = Signal(str, object)  # the code of a grid, and the uid of a household in it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._into: Elsewhere | None = None
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.back = QPushButton(theme.icon("arrow-u-up-left"), self.tr("恢复"))
        self.back.setToolTip(self.tr("这一户又住在这里，恢复到住户表中"))
        self.back.clicked.connect(self.back_asked)
        self.into = _link("", self._go)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 8, 8)
        line.addWidget(self.text, 1)
        line.addWidget(self.into)
        line.addWidget(self.back)
        self.hide()

    def show_draft(self, draft: HouseholdDraft) -> None:
        """Say it of a household, or nothing if it is here."""
        self.setVisible(draft.is_past)
        self.text.setText(self.tr("{0}，只供查看").format(words.left_text(draft.left_how, draft.left_on)))
        self.show_into(None)

    def show_into(self, into: Elsewhere | None) -> None:
        """Offer to go to the household that this one was merged into, which cannot simply be restored then."""
        self._into = into
        self.into.setVisible(into is not None)
        self.back.setVisible(into is None)
        if into is not None:
            self.into.setText(self.tr("转到 {0}").format(into.label))

    def _go(self) -> None:
        if self._into is not None:
            self.household_asked.emit(self._into.area_code, self._into.household)


class PastLines(QWidget):
    """Former residents and the households that were merged into this one, below a line that opens and closes them."""

    back_asked = Signal(object)  # a former resident
    household_asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._past = Past()
        self._may_return = True
        self.opener = QToolButton()
        self.opener.setCheckable(True)
        self.opener.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.opener.toggled.connect(lambda _open: self._show_open())
        self._lines = QWidget()
        self._rows = QVBoxLayout(self._lines)
        self._rows.setContentsMargins(8, 0, 0, 0)
        self._rows.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.opener, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._lines)
        self.hide()

    def show_past(self, past: Past, may_return: bool) -> None:
        """Show these.

        Args:
            may_return: whether somebody can live here again.
        """
        if (past, may_return) == (self._past, self._may_return):
            return
        self._past, self._may_return = past, may_return
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for one in past.former:
            self._rows.addWidget(self._former(one))
        for home in past.absorbed:
            go = _link(self.tr("查看"), partial(self._go, home))
            self._rows.addWidget(_line(self.tr("并入的户：{0}").format(home.label), go))
        self._name_opener()
        self.setVisible(bool(past.former or past.absorbed))
        self._show_open()

    def texts(self) -> list[str]:
        """What stands there, from the top."""
        return [label.text() for row in self._shown() for label in row.findChildren(QLabel)]

    def links(self) -> list[QPushButton]:
        """The buttons beside the lines, from the top."""
        return [link for row in self._shown() for link in row.findChildren(QPushButton)]

    def _shown(self) -> list[QWidget]:
        items = [self._rows.itemAt(position) for position in range(self._rows.count())]
        return [row for item in items if item is not None and (row := item.widget()) is not None]

    def _name_opener(self) -> None:
        parts = []
        if self._past.former:
            parts.append(self.tr("以前的居民 {0}").format(len(self._past.former)))
        if self._past.absorbed:
            parts.append(self.tr("并入的户 {0}").format(len(self._past.absorbed)))
        self.opener.setText("，".join(parts))

    def _show_open(self) -> None:
        self._lines.setVisible(self.opener.isChecked())
        self.opener.setIcon(theme.icon("caret-down" if self.opener.isChecked() else "caret-right"))

    def _former(self, one: Former) -> QWidget:
        born = self.tr("{0}年生").format(one.birth_date.year) if one.birth_date else ""
        if one.now is not None:
            text = "  ".join(filter(None, (one.name, born, self.tr("移到 {0}").format(one.now.label))))
            return _line(text, _link(self.tr("查看"), partial(self._go, one.now)))
        text = "  ".join(filter(None, (one.name, one.relation, born, one.left)))
        back = _link(self.tr("恢复…"), lambda: self.back_asked.emit(one))
        return _line(text, back if self._may_return else None)

    def _go(self, place: Elsewhere) -> None:
        self.household_asked.emit(place.area_code, place.household)


def _line(text: str, link: QPushButton | None) -> QWidget:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(label, 1)
    if link is not None:
        link.setAccessibleName(f"{link.text()} {text}")
        line.addWidget(link)
    return row


def _link(text: str, go: Callable[[], object]) -> QPushButton:
    link = QPushButton(text)
    link.setProperty("link", True)
    link.clicked.connect(lambda _checked=False: go())
    return link
