"""Pointing out beside a field what is wrong with it, and where else to look."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from gridapp.households.duplicates import Duplicate
from gridapp.households.editing import Problem
from gridapp.ids import Uid
from ui.widgets.fields import Field


def point_out(field: Field, problems: Sequence[Problem], go: Callable[[str, Uid], object]) -> None:
    """Say the gravest of a field's problems; where another household has a part in one, offer to go there.

    Args:
        go: called with the code of the other household's grid and its uid.
    """
    first = min(problems, key=lambda one: (not one.blocking, not isinstance(one, Duplicate)), default=None)
    field.set_remark(first.text if first else "", first.blocking if first else True)
    twin = first.twin if isinstance(first, Duplicate) else None
    if twin is None:
        field.set_link("")
        return
    text = QCoreApplication.translate("HouseholdForm", "转到 {0}").format(twin.other)
    field.set_link(text, lambda: go(twin.area_code, twin.household))
