"""``list`` and ``search``: what the register holds."""

import datetime
from functools import partial
from typing import Any

import click

from gridapp.areas.model import LEVEL_NAMES, Level
from gridapp.households.categories import BY_KEY
from gridapp.issues.states import STATE_NAMES, State
from gridapp.tasks import listing
from gridapp.teams.model import ROLE_BY_KEY
from ui.cli import filters, issue_filters
from ui.cli.common import area_option, db_option, json_option, make_index, opened, print_records
from ui.cli.filters import filter_options

_COLUMNS = {
    "areas": {"code": "编码", "level": "级别", "name": "名称"},
    "households": {
        "area_code": "网格编码",
        "estate": "小区",
        "building": "楼栋",
        "entrance": "楼门",
        "room": "房号",
        "head": "户主",
        "people": "人数",
        "phone": "电话",
        "categories": "分类",
        "note": "备注",
    },
    "residents": {
        "area_code": "网格编码",
        "address": "住址",
        "name": "姓名",
        "relation": "与户主关系",
        "sex": "性别",
        "birth_date": "出生日期",
        "id_number": "身份证号",
        "phone": "电话",
    },
    "teams": {
        "area_code": "区域编码",
        "role": "职务",
        "name": "姓名",
        "unit": "单位",
        "phone": "电话",
        "away": "离岗",
        "stands_in_for": "替补",
    },
    "visits": {
        "area_code": "网格编码",
        "visited_on": "日期",
        "address": "住址",
        "head": "户主",
        "members": "走访人",
        "summary": "情况",
        "needs": "需求",
        "follow_up": "跟进",
        "follow_up_on": "跟进日期",
        "followed_up_on": "已跟进",
    },
    "issues": {
        "number": "编号",
        "area_code": "网格编码",
        "registered_on": "日期",
        "category": "类别",
        "reporter": "反映人",
        "description": "问题",
        "state": "状态",
        "resolved_on": "办结",
        "reported_back_on": "反馈",
    },
    "tasks": {
        "area_code": "区域编码",
        "title": "任务",
        "assignee": "负责人",
        "role": "职务",
        "due_on": "期限",
        "state": "状态",
        "progress": "进度",
        "recurrence": "重复",
        "done_on": "完成",
    },
}

_GAP_COLUMNS = {"area_code": "网格编码", "name": "网格", "strength": "在岗", "told": "缺员"}

_STATES = {
    **{state.name.lower(): STATE_NAMES[state] for state in State},
    **{state.value: listing.STATE_NAMES[state] for state in listing.State},
}
"""What the states of issues and of tasks are called on screen."""


@click.command("list")
@click.argument("kind", type=click.Choice(list(_COLUMNS)))
@db_option
@area_option(required=False)
@filter_options
@issue_filters.issue_options(text=False)
@click.option("--with", "extra", type=click.Choice(["residents"]), help="住户连同居民（配合 --json）。")
@click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), help="服务队在这一天的情况；不写则今天。")
@click.option("--gaps", is_flag=True, help="只列服务队缺员的网格。")
@click.option("--reserve", is_flag=True, help="列出服务队的后备力量。")
@json_option
def list_(
    kind: str,
    db: str | None,
    code: str | None,
    extra: str | None,
    on: datetime.datetime | None,
    gaps: bool,
    reserve: bool,
    as_json: bool,
    **told: Any,
) -> None:
    """列出区域、住户、居民、服务队、走访、民意账单或任务。"""
    from gridapp.areas import tree
    from gridapp.reports import records

    of_issues = {name: told.pop(name) for name in issue_filters.NAMES}
    if kind == "issues":
        of_issues["text"], told["text"] = told["text"], ""
    elif any(of_issues.values()):
        raise click.UsageError("--view、--state、--category-of-issue、--level、--source 只用于 issues")
    categories = told["categories"]
    if categories and kind not in ("households", "residents"):
        raise click.UsageError("--category 只用于 households 和 residents")
    if kind != "households" and (filters.asks_for_more(told) or len(categories) > 1):
        raise click.UsageError("这些筛选选项只用于 households（residents 可用一个 --category，issues 可用 --text）")
    which = filters.chosen(code or "", told) if kind == "households" else None
    if extra is not None and kind != "households":
        raise click.UsageError("--with residents 只用于 households")
    if kind != "teams" and (on is not None or gaps or reserve):
        raise click.UsageError("--on、--gaps、--reserve 只用于 teams")
    if gaps and reserve:
        raise click.UsageError("--gaps 与 --reserve 只能用一个")
    with opened(db) as register:
        if code is not None:
            tree.find(register, code)
        if kind == "teams":
            day = on.date() if on is not None else None
            read = records.team_gaps if gaps else partial(records.teams, in_reserve=reserve)
            found = read(register, code or "", day)
            print_records(
                found if as_json else map(_in_words, found), as_json, _GAP_COLUMNS if gaps else _COLUMNS[kind]
            )
            return
        category = categories[0] if categories else None
        if kind == "issues":
            found = records.issues(register, issue_filters.chosen(register, code or "", of_issues))
        else:
            found = records.of(register, kind, code or "", category, extra == "residents", which)
        print_records(found if as_json else map(_in_words, found), as_json, _COLUMNS[kind])


@click.command("search")
@click.argument("text")
@db_option
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="最多几条。")
@json_option
def search_(text: str, db: str | None, limit: int, as_json: bool) -> None:
    """按姓名、拼音首字母、电话、地址、身份证号查找。"""
    from gridapp.households.finding import search

    with opened(db) as register:
        make_index(register)
        hits = [hit.as_dict() for hit in search(register, text, limit)]
    columns = {
        "area_code": "网格编码",
        "address": "住址",
        "name": "姓名",
        "phone": "电话",
        "category": "分类",
        "left": "去向",
    }
    print_records(hits if as_json else map(_in_words, hits), as_json, columns)


def _in_words(record: dict[str, Any]) -> dict[str, Any]:
    """A record as one reads it: keys of categories, roles and levels by their names."""
    words = {
        "category": lambda key: BY_KEY[key].name if key in BY_KEY else key,
        "categories": lambda keys: [BY_KEY[key].name for key in keys],
        "role": lambda key: ROLE_BY_KEY[key].name if key in ROLE_BY_KEY else key,
        "state": lambda word: _STATES[word],
        "level": lambda word: LEVEL_NAMES[Level[word.upper()]],
    }
    return {name: words[name](value) if name in words else value for name, value in record.items()}
