"""What stands in the place of the household table where there is none to show, and the step that would fill it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gridapp.areas.model import Level
from gridapp.areas.tree import Node
from gridapp.households.filter_words import describe

if TYPE_CHECKING:
    from ui.households.page import HouseholdPage


def show(page: HouseholdPage, node: Node | None) -> None:
    """Say why an area's table is empty."""
    if node is None:
        page.empty.show_text(
            "tree-structure",
            page.tr("登记簿里还没有区域。\n先新增街道、社区和网格，再导入或登记住户。"),
            [(page.tr("新增区域…"), page.area_asked.emit)],
        )
    elif page.filtering.is_of_the_past():
        page.empty.show_text(
            "clock-counter-clockwise",
            page.tr("{0}没有迁出或并入他户的住户。").format(node.name),
            [(page.tr("看现有住户"), page.clear_filter)],
        )
    elif page.filtering.is_active():
        told = "、".join(describe(page.filtering.of("")))
        page.empty.show_text(
            "magnifying-glass",
            page.tr("{0}没有符合筛选条件的住户。\n{1}").format(node.name, told),
            [(page.tr("清除筛选"), page.clear_filter)],
        )
    else:
        steps: list[tuple[str, Callable[[], object]]] = [(page.tr("导入工作簿…"), page.import_asked.emit)]
        if node.level is Level.GRID:
            steps.append((page.tr("登记第一户"), page.add))
        page.empty.show_text("house", page.tr("{0}还没有住户。").format(node.name), steps)
