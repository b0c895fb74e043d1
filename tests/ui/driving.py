"""Working the window as a person does: by rows that are seen, keys and clicks."""

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from gridapp.households.columns import POSITIONS
from ui.households.table_model import ROW
from ui.main_window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until nothing is read or done beside the window."""
    qtbot.waitUntil(lambda: not window.is_busy(), timeout=20_000)


def heads(window: MainWindow) -> list[str]:
    """Who stands in the table, from the top."""
    return [window.page.model.row(position).head for position in range(window.page.model.rowCount())]


def shown_text(window: MainWindow, head: str, column: str) -> str:
    """What a household's row says in a column."""
    model = window.page.model
    return model.index(heads(window).index(head), POSITIONS[column]).data()


def click_row(qtbot: QtBot, window: MainWindow, head: str, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Click the row of a household."""
    index = window.page.model.index(heads(window).index(head), 3)
    window.page.table.scrollTo(index)
    place = window.page.table.visualRect(index).center()
    kept = modifier or Qt.KeyboardModifier.NoModifier
    qtbot.mouseClick(window.page.table.viewport(), LEFT, kept, place)


def current_head(window: MainWindow) -> str | None:
    """Who stands in the row that is current."""
    row = window.page.table.currentIndex().data(ROW)
    return row.head if row else None


def click_heading(qtbot: QtBot, table: QTableView, column: int) -> None:
    """Click the heading of a column."""
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column) + 12, header.height() // 2)
    qtbot.mouseClick(header.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)


def retype(qtbot: QtBot, line: QLineEdit, text: str) -> None:
    """Go into a line, mark what stands there and type over it."""
    line.setFocus()
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    type_text(qtbot, line, text)


def type_text(qtbot: QtBot, widget: QWidget, text: str) -> None:
    """Type where the cursor stands: Latin by keys, Chinese as an input method hands it over."""
    if text.isascii():
        qtbot.keyClicks(widget, text)
    else:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(widget, event)


def press_save(qtbot: QtBot, window: MainWindow) -> None:
    """Ctrl+S where the cursor stands in the form."""
    qtbot.keyClick(focus_in(window.page.form), Qt.Key.Key_S, CONTROL)
    settle(qtbot, window)


def focus_in(widget: QWidget) -> QWidget:
    """The widget within another that has the focus, or the other itself."""
    return widget.focusWidget() or widget
