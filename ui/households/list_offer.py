"""The household table as it is seen, to be taken away with its filter, its order and its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.taking import Offer, Taken, area_name

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def households_offer(window: MainWindow) -> Offer:
    """What the tab of households has to offer."""
    return Offer(
        window.tr("导出所示住户…"),
        window.tr("打印所示住户"),
        window.tr("已导出 {0} 户：{1}"),
        window.tr("住户表中没有住户，没有可导出的。"),
        lambda: _taken(window),
    )


def _taken(window: MainWindow) -> Taken | None:
    from exports.household_lists import export_household_list, file_name
    from gridapp.households.shown import shown

    listing, columns = window.page.model.listing, window.page.table.shown_columns()
    if listing is None or not listing.count:
        return None
    register, area = window.register, area_name(window)
    return Taken(
        lambda ending: file_name(area, ending),
        lambda path, progress, cancel: export_household_list(shown(register, listing, columns), path, progress, cancel),
    )
