"""Going to what was found, and making the index of a register that has none yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gridapp.finding import Found
from gridapp.store import search

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def go_to(window: MainWindow, found: Found) -> None:
    """Show the area of what was found, and there the row of its household, the issue, or the card of the member."""
    from ui.tabs import Tab

    if found.member is not None:
        window.team_tab.show_member(found.area_code, found.member)
        return
    node = window.dock.model.find(found.area_code) if found.area_code else None
    if node is None:
        window.status.show_refusal(window.tr("{0} 现在没有负责的区域。").format(found.title))
        return
    window.dock.choose(node)
    if window.node is None or window.node.uid != node.uid:
        return  # what stands in the form has to be mended first, and the status bar says so
    if found.issue is not None:
        window.ledger_tab.go_to(found.area_code, found.issue)
        return
    if found.household is None:
        return
    window.show_tab(Tab.HOUSEHOLDS)
    if not window.page.show_household(found.household):
        window.status.show_refusal(window.tr("{0} 已不在登记簿中。").format(found.title))


def make_index(window: MainWindow) -> None:
    """Make what is missing of the index beside the window, as after an upgrade or a large import."""
    register, title = window.register, window.tr("建立搜索索引")
    if search.is_made(register) or any(job.title == title for job in window.jobs.running):
        return
    window.run(
        title,
        lambda progress, cancel: search.make(register, progress, cancel),
        lambda _nothing: window.search.forget(),
    )
