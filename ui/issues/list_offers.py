"""The ledger and the call list as they are seen, to be taken away with their filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.issues.ledger_bar import Form
from ui.taking import Offer, Taken, area_name

if TYPE_CHECKING:
    from ui.issues.page import LedgerPage
    from ui.main_window import MainWindow


def offer_of(window: MainWindow, page: LedgerPage) -> Offer | None:
    """What the ledger has to offer in the form in which it is seen: as a board, nothing."""
    if page.form is Form.TABLE:
        return Offer(
            window.tr("导出所示民意…"),
            window.tr("打印所示民意"),
            window.tr("已导出 {0} 条：{1}"),
            window.tr("账单中没有符合条件的民意，没有可导出的。"),
            lambda: _ledger(window, page),
        )
    if page.form is Form.CALLS:
        return Offer(
            window.tr("导出反馈电话单…"),
            window.tr("打印反馈电话单"),
            window.tr("已导出 {0} 条：{1}"),
            window.tr("没有等待反馈的反映人，没有可导出的。"),
            lambda: _calls(window, page),
        )
    return None


def _ledger(window: MainWindow, page: LedgerPage) -> Taken | None:
    from exports.issue_lists import export_ledger, ledger_name
    from gridapp.issues.shown import shown_ledger

    listing, columns = page.model.listing, page.table.shown_columns()
    if listing is None or not listing.count:
        return None
    register, area = window.register, area_name(window)
    return Taken(
        lambda ending: ledger_name(area, ending),
        lambda path, progress, cancel: export_ledger(shown_ledger(register, listing, columns), path, progress, cancel),
    )


def _calls(window: MainWindow, page: LedgerPage) -> Taken | None:
    from exports.issue_lists import call_list_name, export_call_list
    from gridapp.issues.shown import shown_calls

    chosen = page.shown_filter()
    if chosen is None or not page.calls.model.rowCount():
        return None
    register, area = window.register, area_name(window)
    return Taken(
        lambda ending: call_list_name(area, ending),
        lambda path, progress, cancel: export_call_list(shown_calls(register, chosen), path, progress, cancel),
    )
