"""``issue``: registering an issue, taking its steps, and looking at one whole."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import click

from gridapp.areas import tree
from gridapp.areas.model import LEVEL_NAMES, Level
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.issues.states import STATE_NAMES, Channel, Satisfaction, Source, State
from gridapp.issues.workflow import TRANSITIONS, Step, allowed
from gridapp.register import Register
from ui.cli.common import area_option, db_option, json_option, opened, print_json
from ui.cli.issue_filters import category

_day = click.DateTime(formats=["%Y-%m-%d"])


def _words(choices: type[StrEnum]) -> click.Choice:
    # Of an enumeration itself, click would ask for the names in capitals.
    return click.Choice([one.value for one in choices])


_STEPS = [row.step.value for row in TRANSITIONS if row.step is not Step.EDIT]
_SHOWN = {
    "number": "编号",
    "state": "状态",
    "area_code": "区域编码",
    "category": "类别",
    "level": "级别",
    "description": "问题",
    "place": "地点",
    "handler": "承办",
    "registered_on": "登记",
    "due_at": "期限",
    "resolved_on": "办结",
    "reported_back_on": "反馈",
    "result": "结果",
    "satisfaction": "满意度",
}


@click.group()
def issue() -> None:
    """民意：登记、办理、查看。"""


@issue.command()
@db_option
@area_option(required=False)
@click.option("--household", help="涉及的住户：编号或住址；网格随这一户。")
@click.option("--text", required=True, help="反映的问题。")
@click.option("--category", default="", help="类别，如 供水、楼道灯。")
@click.option("--source", type=_words(Source), default=Source.PHONE.value, show_default=True, help="来源。")
@click.option("--reporter", default="", help="反映人；不写为匿名。")
@click.option("--phone", default="", help="反映人电话。")
@click.option("--urgent", is_flag=True, help="紧急，24 小时内办结。")
@json_option
def add(db: str | None, code: str | None, household: str | None, as_json: bool, **told: Any) -> None:
    """登记一条民意。"""
    from gridapp.issues.registering import NewIssue, NewReporter, register_issue
    from gridapp.visits.naming import household_named

    if code is None and household is None:
        raise click.UsageError("请用 --area 或 --household 写明在哪里")
    with opened(db) as register:
        area = tree.find(register, code).uid if code is not None else None
        home = household_named(register, household, code or "") if household is not None else None
        person = NewReporter(told["reporter"], told["phone"], Source(told["source"]), home)
        new = NewIssue(
            told["text"],
            area=area,
            household=home,
            category=category(register, told["category"]),
            urgent=told["urgent"],
            reporters=[person],
        )
        made = register_issue(register, new)
        _tell(register, made.uid, as_json, made.label)


@issue.command()
@click.argument("number")
@click.argument("step", type=click.Choice(_STEPS))
@db_option
@area_option(required=False)
@click.option("--note", default="", help="说明、理由或办理结果。")
@click.option("--handler", default="", help="承办单位或承办人。")
@click.option("--reporter", default="", help="反馈给哪一位反映人（姓名）；join 时是又来反映的人。")
@click.option("--phone", default="", help="join 时，反映人的电话。")
@click.option("--channel", type=_words(Channel), help="反馈方式。")
@click.option("--satisfaction", type=_words(Satisfaction), help="满意度。")
@click.option("--on", type=_day, help="办理的日期，如 2020-08-21；不写为今天。")
@click.option("--review-on", type=_day, help="挂起后的复查日期。")
@click.option("--due-on", type=_day, help="延期后的期限。")
@click.option("--original", help="并入哪一条民意（编号）。")
@json_option
def step(number: str, step: str, db: str | None, code: str | None, as_json: bool, **told: Any) -> None:
    """办理一步：受理、派遣、办结、反馈……"""
    from gridapp.issues import finding, reading, stepping

    with opened(db) as register:
        uid = finding.by_number(register, number, code or "")
        whole = reading.read(register, uid)
        _refuse_unless_allowed(number, Step(step), whole.state, whole.level)
        original = finding.by_number(register, told["original"], code or "") if told["original"] else None
        label = stepping.take(register, uid, Step(step), _entry(Step(step), whole, original, told), whole.seen)
        _tell(register, uid, as_json, label)


@issue.command()
@click.argument("number")
@db_option
@area_option(required=False)
@json_option
def show(number: str, db: str | None, code: str | None, as_json: bool) -> None:
    """查看一条民意，连同办理经过。"""
    from gridapp.issues import finding

    with opened(db) as register:
        _tell(register, finding.by_number(register, number, code or ""), as_json, "")


def _refuse_unless_allowed(number: str, step: Step, state: State, level: Level) -> None:
    rows = [row for row in allowed(state, level) if row.step is not Step.EDIT]
    if all(row.step is not step for row in rows):
        ways = "、".join(f"{row.name}（{row.step.value}）" for row in rows)
        raise UserError(f"{number} 现在是“{STATE_NAMES[state]}”，不能 {step.value}。可以：{ways}。")


def _entry(step: Step, whole: Any, original: Uid | None, told: dict[str, Any]) -> Any:
    from gridapp.issues.registering import NewReporter
    from gridapp.issues.stepping import Entry

    joins = step is Step.JOIN
    return Entry(
        note=told["note"],
        on=_date(told["on"]),
        handler=told["handler"],
        review_on=_date(told["review_on"]),
        due_on=_date(told["due_on"]),
        original=original,
        reporter=_waiting(whole, told["reporter"]) if told["reporter"] and not joins else None,
        channel=Channel(told["channel"]) if told["channel"] else None,
        satisfaction=Satisfaction(told["satisfaction"]) if told["satisfaction"] else None,
        new_reporter=NewReporter(told["reporter"], told["phone"]) if joins else None,
    )


def _waiting(whole: Any, name: str) -> Uid:
    """Who has not been told yet and is called so."""
    found = [one for one in whole.waiting if one.name == name]
    if len(found) != 1:
        names = "、".join(one.name or "匿名" for one in whole.waiting) or "没有"
        raise UserError(f"待反馈的反映人中{'没有' if not found else '不止一位'}“{name}”。待反馈的有：{names}。")
    return Uid(found[0].uid)


def _date(moment: datetime | None) -> date | None:
    return moment.date() if moment is not None else None


def _tell(register: Register, uid: Uid, as_json: bool, label: str) -> None:
    """Print an issue as JSON; else what was done with it, or all of it where nothing was."""
    from gridapp.reports import records

    found = records.issue(register, uid)
    if as_json:
        print_json(found)
    elif label:
        click.echo(f"{label}，现在是“{_state(found['state'])}”。")
    else:
        words = {**found, "state": _state(found["state"]), "level": LEVEL_NAMES[Level[found["level"].upper()]]}
        for key, name in _SHOWN.items():
            if words[key]:
                click.echo(f"{name}\t{words[key]}")
        for one in found["reporters"]:
            click.echo("\t".join(["反映人", one["name"] or "匿名", one["phone"]]).rstrip())
        for event in found["timeline"]:
            parts = (event["at"][:16].replace("T", " "), event["title"], event["by"], "；".join(event["lines"]))
            click.echo("\t".join(parts).rstrip())


def _state(word: str) -> str:
    return STATE_NAMES[State[word.upper()]]
