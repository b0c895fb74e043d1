"""Every icon that a screen chooses by what an issue is, is there."""

import pytest
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.issues import head, table_model

NAMES = {
    *(name for name, _colour in head.LOOKS.values()),
    *(name for name, _colour in table_model.URGENCY_LOOKS.values()),
    *table_model.STATE_ICONS.values(),
    table_model.EMERGENCY_ICON[0],
}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_an_icon_is_in_the_set_and_shows_something(dressed: QApplication, name: str) -> None:
    drawn = theme.icon(name).pixmap(32, 32).toImage()
    assert any(drawn.pixelColor(x, y).alpha() for x in range(0, 32, 2) for y in range(32))
