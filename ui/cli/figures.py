"""``stats``: figures of an area."""

from datetime import datetime

import click

from ui.cli.common import area_option, db_option, json_option, opened, print_json

_day = click.DateTime(formats=["%Y-%m-%d"])

_LABELS = {
    "streets": "街道",
    "communities": "社区",
    "grids": "网格",
    "households": "住户",
    "residents": "居民",
    "visits": "走访次数",
    "households_visited": "走访户数",
    "issues": "民意",
    "issues_resolved": "已办结",
    "issues_reported_back": "已反馈",
    "issues_open": "未办结",
    "issues_overdue": "逾期",
    "issues_awaiting_report_back": "等待反馈",
}


@click.command()
@db_option
@area_option()
@click.option("--since", type=_day, help="走访和民意从这一天起，如 2020-06-01。")
@click.option("--until", type=_day, help="到这一天止，含当天。")
@json_option
def stats(db: str | None, code: str, since: datetime | None, until: datetime | None, as_json: bool) -> None:
    """统计一个区域的各项数字。"""
    from gridapp.households.categories import BY_KEY, UNCLASSED
    from gridapp.issues.states import STATE_NAMES, State
    from gridapp.reports.figures import figures
    from gridapp.teams.model import ROLE_BY_KEY

    if since and until and since > until:
        raise click.UsageError("--since 晚于 --until")
    with opened(db) as register:
        found = figures(register, code, since and since.date(), until and until.date()).as_dict()
    if as_json:
        print_json(found)
        return
    for key, label in _LABELS.items():
        click.echo(f"{label}\t{found[key]}")
    for key, count in found["issues_by_state"].items():
        click.echo(f"民意{STATE_NAMES[State[key.upper()]]}\t{count}")
    for key, count in found["households_by_category"].items():
        click.echo(f"{BY_KEY.get(key, UNCLASSED).name}\t{count}")
    for key, count in found["team_members_by_role"].items():
        click.echo(f"{ROLE_BY_KEY[key].name}\t{count}")
