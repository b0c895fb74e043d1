"""The menus of the colour map: which of several households is meant, and what can be done with those selected."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from gridapp.households.listing import Row
from gridapp.ids import Uid
from ui import theme

Open = Callable[[Uid], object]


def of_households(parent: QWidget, homes: Sequence[Row], opened: Open) -> QMenu:
    """The households of one address to choose from."""
    menu = _menu(parent)
    _offer(menu, homes, opened)
    menu.setActiveAction(menu.actions()[0])
    return menu


def of_cell(
    parent: QWidget, homes: Sequence[Row], opened: Open, ask_building: Callable[[], object], further: Sequence[QAction]
) -> QMenu:
    """What leads on from a cell, and what can be done with the selected households."""
    menu = _menu(parent)
    _offer(menu, homes, opened)
    record = menu.addAction(theme.icon("buildings"), _tr("楼栋档案…\tAlt+Enter"))
    record.triggered.connect(lambda _checked=False: ask_building())
    if further and homes:
        menu.addSeparator()
        menu.addActions(further)
    return menu


def _menu(parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def _offer(menu: QMenu, homes: Sequence[Row], opened: Open) -> None:
    for home in homes:
        action = menu.addAction(theme.icon("house"), f"{home.head or home.address}  {home.phone}".strip())
        action.triggered.connect(lambda _checked=False, uid=home.uid: opened(uid))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ColourMap", text)
