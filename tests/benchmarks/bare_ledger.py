"""The floor of the ledger: the bare table over a paging query of issues, and for the board six of them side by side."""

import datetime
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QTableView, QWidget

from gridapp.issues.categories import built_in
from gridapp.issues.deadlines import soon_until
from tests.benchmarks.bare_table import PagingModel

BY_DEADLINE = """
 ORDER BY CASE WHEN issue.pending_at IS NULL THEN 2 WHEN issue.urgent THEN 0 ELSE 1 END, issue.pending_at,
          issue.registered_on DESC, issue.uid
"""
BY_NUMBER = " ORDER BY issue.number, issue.uid"
BY_HANDLER = " ORDER BY issue.handler, issue.uid"
BY_REGISTERED = " ORDER BY issue.registered_on DESC, issue.uid DESC"
BOARD = ("= 10", "= 20", "= 30", "= 40", "IN (50, 55)", "IN (60, 70)")
"""The states of the columns of the board."""


class IssueModel(PagingModel):
    """Counts issues and reads pages of them."""

    COUNT = "SELECT COUNT(*) FROM issue JOIN area ON area.uid = issue.area"
    ROWS = """
    SELECT issue.number, issue.state, issue.pending_at, issue.category, issue.description,
           household.estate || household.building || household.entrance || household.room || issue.place,
           (SELECT name FROM reporter WHERE reporter.issue = issue.uid ORDER BY reported_on, uid LIMIT 1),
           issue.level, issue.handler, issue.registered_on, issue.resolved_on, issue.reported_back_on,
           issue.satisfaction
    FROM issue JOIN area ON area.uid = issue.area LEFT JOIN household ON household.uid = issue.household
    """
    WITHIN = " WHERE area.code >= ? AND area.code < ?"
    COLUMNS = 13


def condition_of(case: str, now: datetime.datetime) -> str:
    """The condition behind a case that leaves something out."""
    midnight = datetime.datetime.combine(now.date() + datetime.timedelta(days=1), datetime.time())
    soon = datetime.datetime.combine(soon_until(now.date()) + datetime.timedelta(days=1), datetime.time())
    pending = "issue.state < 50 AND issue.pending_at"
    water = ", ".join(f"'{key}'" for key in built_in().within("water"))
    found = {
        "open": "issue.state < 50",
        "mine": "issue.state < 50 AND issue.handler LIKE '%物业公司%'",
        "today": f"{pending} >= '{now}' AND issue.pending_at < '{midnight}'",
        "overdue": f"{pending} < '{now}'",
        "soon": f"{pending} >= '{midnight}' AND issue.pending_at < '{soon}'",
        "suspended": "issue.state = 40",
        "review": f"issue.state = 40 AND issue.review_on <= '{now.date()}'",
        "report_back": "issue.state IN (50, 55)",
        "follow_up": "issue.state = 60",
        "closed": "issue.state = 80",
        "filter by category": f"issue.category IN ({water})",
        "filter by text": """(issue.description LIKE '%充电%' OR issue.number LIKE '%充电%'
             OR issue.handler LIKE '%充电%' OR issue.uid IN
                (SELECT issue FROM reporter WHERE name LIKE '%充电%' OR phone LIKE '%充电%'))""",
    }
    return f" AND {found[case]}" if case in found else ""


def shown(path: Path) -> tuple[IssueModel, QTableView]:
    model, view = IssueModel(path), QTableView()
    view.setModel(model)
    view.resize(1100, 800)
    view.show()
    return model, view


def shown_board(path: Path) -> tuple[list[IssueModel], list[QTableView], QWidget]:
    body = QWidget()
    line = QHBoxLayout(body)
    models, views = [IssueModel(path) for _ in BOARD], [QTableView() for _ in BOARD]
    for model, view in zip(models, views, strict=True):
        view.setModel(model)
        line.addWidget(view)
    body.resize(1100, 800)
    body.show()
    return models, views, body
