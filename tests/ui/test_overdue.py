"""The number of late issues beside the areas of the tree."""

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from gridapp.areas.model import Level
from gridapp.issues.stepping import Entry, take
from gridapp.issues.workflow import Step
from tests import factories as make
from tests.ui import people
from tests.ui.driving import settle
from ui.areas.delegate import badge_text
from ui.areas.tree_model import OVERDUE
from ui.day import DayWatch
from ui.main_window import MainWindow

LONG_AGO = datetime.date(2020, 8, 3)


def late(window: MainWindow, code: str) -> int | None:
    return index(window, code).data(OVERDUE)


def index(window: MainWindow, code: str):
    return window.dock.model.index_of(window.dock.model.find(code))


def raise_issue(window: MainWindow, code: str, **values) -> bytes:
    area = window.dock.model.find(code).uid
    return make.make_issue(window.register, area, **{"registered_on": LONG_AGO, **values})


def test_nothing_late_leaves_no_room_for_it(window: MainWindow) -> None:
    assert late(window, people.THIRD) is None
    assert "逾期" not in index(window, people.THIRD).data(Qt.ItemDataRole.ToolTipRole)


def test_what_becomes_late_is_counted_up_the_tree_and_gone_once_it_is_resolved(
    window: MainWindow, qtbot: QtBot
) -> None:
    first = raise_issue(window, people.THIRD)
    raise_issue(window, people.THIRD, level=int(Level.STREET))
    raise_issue(window, people.OTHER)
    raise_issue(window, people.THIRD, registered_on=datetime.date.today())
    settle(qtbot, window)
    codes = (people.THIRD, people.FOURTH, people.OTHER, people.COMMUNITY, people.THIRD[:6])
    assert [late(window, code) for code in codes] == [2, 0, 1, 2, 3]
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
        assert "民意逾期 3" in index(window, people.THIRD[:6]).data(role)
    take(window.register, first, Step.RESOLVE, Entry(note="换了灯泡"))
    settle(qtbot, window)
    assert [late(window, code) for code in codes] == [1, 0, 1, 1, 2]
    window.undo()
    settle(qtbot, window)
    assert late(window, people.THIRD[:6]) == 3


def test_another_day_is_counted_anew(window: MainWindow, qtbot: QtBot) -> None:
    days = [datetime.date(2020, 8, 30)]
    watch = DayWatch(lambda: days[0])
    with qtbot.assertNotEmitted(watch.turned):
        watch.look()
    days[0] = datetime.date(2020, 8, 31)
    with qtbot.waitSignal(watch.turned):
        watch.look()
    with qtbot.assertNotEmitted(watch.turned):
        watch.look()
    window.dock.model.set_overdue({people.THIRD: 7})
    window.overdue.watch.turned.emit()
    settle(qtbot, window)
    assert late(window, people.THIRD) is None


def test_more_than_a_glance_takes_is_told_in_words_alone(window: MainWindow) -> None:
    assert [badge_text(late) for late in (1, 99, 100, 3_406)] == ["1", "99", "99+", "99+"]
    window.dock.model.set_overdue({people.THIRD: 3_406}, "（按周一至周五计）")
    assert index(window, people.THIRD).data(Qt.ItemDataRole.ToolTipRole).endswith("民意逾期 3,406（按周一至周五计）")


@pytest.mark.parametrize("width", [190, 280])
def test_the_number_is_seen_in_a_wide_tree_and_a_narrow_one(window: MainWindow, width: int) -> None:
    def painted() -> QImage:
        image = QImage(width, 28, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        option = QStyleOptionViewItem()
        option.initFrom(window.dock.view)
        option.widget = window.dock.view
        option.rect = image.rect().adjusted(56, 0, 0, 0)
        painter = QPainter(image)
        delegate = window.dock.view.itemDelegate()
        delegate.paint(painter, option, index(window, people.THIRD))
        painter.end()
        return image

    window.dock.model.set_overdue({people.THIRD: 3, people.FOURTH: 4})
    three = painted()
    window.dock.model.set_overdue({people.FOURTH: 4})
    none = painted()
    window.dock.model.set_overdue({people.THIRD: 3, people.FOURTH: 9})
    assert painted() == three != none
