"""``emergency``: calling one, calls and reports while it goes on, how it stands, and its end."""

import datetime
from dataclasses import asdict
from typing import Any

import click

from gridapp.errors import UserError
from gridapp.ids import Uid, uid_text
from gridapp.register import Register
from ui.cli.common import area_option, bar, db_option, json_option, opened, print_json, print_records

_KINDS = ("epidemic", "flood", "snow_and_ice", "heat_wave", "gas_leak", "missing_person", "other")
_OUTCOMES = ("reached", "not_reached", "needs_help")
_VIEWS = ("all", "not_called", "not_reached", "needs_help", "reached")
kind_option = click.option("--kind", type=click.Choice(_KINDS), default=None, help="哪一类；有几次在进行时写明。")
_FIGURES = {
    "area_code": "区域编码",
    "name": "名称",
    "first": "先联系",
    "first_called": "已联系其中",
    "called": "联系",
    "reached": "联系上",
    "not_reached": "未联系上",
    "needs": "需求",
    "needs_met": "已解决",
    "tasks_done": "任务完成",
    "tasks_late": "任务逾期",
    "tasks": "任务",
    "on_duty": "在岗值守",
    "reported_at": "最近报告",
}


class Moment(click.ParamType):
    """A moment as it is typed in the window, or as ISO 8601 has it; an hour alone is the last one that was."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.datetime:
        from gridapp.emergency.clock import typed_moment

        try:
            return typed_moment(value.replace("T", " "), datetime.datetime.now())
        except UserError as error:
            self.fail(str(error), param, ctx)


@click.group()
def emergency() -> None:
    """应急响应：启动、联系、报告、查看、结束。"""


@emergency.command()
@db_option
@area_option()
@click.option("--kind", type=click.Choice(_KINDS), required=True, help="哪一类突发事件。")
@click.option("--reason", required=True, help="启动原因。")
@click.option("--at", type=Moment(), help="从什么时候开始，如 02:00、昨天 22:30；不写为现在，不能是将来。")
@click.option("--days", type=click.IntRange(1, 14), default=2, show_default=True, help="排几天的值班表。")
def start(db: str | None, code: str, kind: str, reason: str, at: datetime.datetime | None, days: int) -> None:
    """启动一个区域的应急响应：按预案派发任务，排出值班表。"""
    from gridapp.emergency.activation import activate

    with opened(db) as register, bar("启动应急响应") as progress:
        made = activate(register, code, kind, reason, at, days=days, progress=progress)
    click.echo(f"已{made.label}：派发任务 {made.tasks:,} 项，值班 {made.duties:,} 班")
    for line in made.remarks():
        click.echo(line, err=True)


@emergency.command()
@db_option
@area_option()
@kind_option
@click.option("--summary", required=True, help="处置小结。")
@click.option("--at", type=Moment(), help="什么时候结束的；不写为现在。")
def end(db: str | None, code: str, kind: str | None, summary: str, at: datetime.datetime | None) -> None:
    """结束一个区域的应急响应，关闭还没有完成的任务和值班。"""
    from gridapp.emergency.standing_down import stand_down

    with opened(db) as register:
        done = stand_down(register, _own(register, code, kind), summary, at)
    click.echo(f"已{done.label}{f'：{done.told}' if done.told else ''}")


@emergency.command("list")
@db_option
@area_option(required=False)
@click.option("--past", is_flag=True, help="也列出已经结束的。")
@json_option
def list_(db: str | None, code: str | None, past: bool, as_json: bool) -> None:
    """进行中的应急响应。"""
    from gridapp.emergency import running

    with opened(db) as register:
        found = list(running.over(register, code).all if code else running.active(register))
        if past:
            found += running.past(register, code or "")
        records = [_record(one) for one in found]
    columns = {"area_code": "区域编码", "name": "应急响应", "started_at": "启动", "ended_at": "结束", "reason": "原因"}
    print_records(records, as_json, columns)


@emergency.command()
@db_option
@area_option()
@kind_option
@json_option
def status(db: str | None, code: str, kind: str | None, as_json: bool) -> None:
    """一个区域的应急响应进展到哪里：逐个网格。"""
    from gridapp.emergency import progress

    with opened(db) as register:
        uid = _over(register, code, kind)
        found = progress.progress(register, uid, code=code)
        records = [_figures(one) for one in found.by_code.values()]
        if as_json:
            print_json({**_record(found.emergency), "areas": records})
            return
        click.echo(found.emergency.told(datetime.datetime.now()))
        print_records(records, False, _FIGURES)


@emergency.command()
@db_option
@area_option()
@kind_option
@click.option("--view", type=click.Choice(_VIEWS), default="all", show_default=True, help="哪些户。")
@click.option("--first-only", is_flag=True, help="只要先联系的户。")
@json_option
def calls(db: str | None, code: str, kind: str | None, view: str, first_only: bool, as_json: bool) -> None:
    """联系名单：先联系的户在前，各色按走访路线。"""
    from gridapp.emergency.calls import CallFilter, Listing, View

    now = datetime.datetime.now()
    with opened(db) as register:
        chosen = CallFilter(_over(register, code, kind), code, View(view), only_first=first_only)
        listing = Listing(register, chosen)
        rows = (row for start in range(0, listing.count, 500) for row in listing.page(start, 500))
        records = (
            {
                "household": uid_text(row.uid),
                "area_code": row.area_code,
                "address": row.address,
                "head": row.head,
                "phone": row.phone,
                "emergency_contact": row.emergency_contact,
                "categories": [one.key for one in row.categories],
                "paired": row.paired,
                "first": row.is_first,
                "outcome": row.outcome or None,
                "called_at": _text(row.called_at),
                "state": row.state_text(now),
                "note": row.note,
                "issue": row.issue or None,
            }
            for row in rows
        )
        columns = {"address": "住址", "head": "户主", "phone": "电话", "emergency_contact": "紧急联系人"}
        print_records(records, as_json, {**columns, "paired": "结对", "state": "情况", "note": "说明", "issue": "民意"})


@emergency.command()
@db_option
@area_option(required=False)
@kind_option
@click.option("--household", required=True, help="住户的编号或住址。")
@click.option("--outcome", type=click.Choice(_OUTCOMES), required=True, help="联系上、未联系上、需要帮助。")
@click.option("--note", default="", help="说明；需要帮助的必须写明。")
@click.option("--at", type=Moment(), help="什么时候联系的；不写为现在。")
@click.option("--category", default="", help="需求的民意类别（键）；不写则随应急类别。")
def call(
    db: str | None,
    code: str | None,
    kind: str | None,
    household: str,
    outcome: str,
    note: str,
    at: datetime.datetime | None,
    category: str,
) -> None:
    """登记一次联系；需要帮助的同时登记一条紧急民意。"""
    from gridapp.emergency.calls import record
    from gridapp.households.families import grid_of
    from gridapp.visits.naming import household_named

    with opened(db) as register:
        home = household_named(register, household, code or "")
        uid = _over(register, grid_of(register, home) or "", kind)
        made = record(register, uid, home, outcome, note, at, category=category)
    click.echo(f"已{made.label}")


@emergency.command()
@db_option
@area_option()
@kind_option
@click.option("--text", default="", help="报告什么；不写为零报告。")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="哪一天；不写为今天。")
def report(db: str | None, code: str, kind: str | None, text: str, day: datetime.datetime | None) -> None:
    """报告一个网格或社区当天的情况；没有情况也要报。"""
    from gridapp.emergency import reports

    with opened(db) as register:
        on = day.date() if day is not None else None
        _uid, label = reports.report(register, _over(register, code, kind), code, text, on)
    click.echo(f"已登记：{label}")


@emergency.command()
@db_option
@area_option()
@kind_option
@json_option
def duty(db: str | None, code: str, kind: str | None, as_json: bool) -> None:
    """值班表：现在和以后的班次。"""
    from gridapp.emergency import duties

    with opened(db) as register:
        rows = duties.listing(register, _over(register, code, kind), code, datetime.datetime.now())
        records = [
            {
                "area_code": row.area_code,
                "area": row.area_name,
                "name": row.name,
                "phone": row.phone,
                "starts_at": _text(row.starts_at),
                "ends_at": _text(row.ends_at),
                "time": row.time_text,
            }
            for row in rows
        ]
    print_records(records, as_json, {"time": "时间", "area": "网格", "name": "值守", "phone": "电话"})


def _over(register: Register, code: str, kind: str | None) -> Uid:
    """The emergency that holds for an area."""
    from gridapp.emergency.pack import emergency_of

    return emergency_of(register, code, kind or "").uid


def _own(register: Register, code: str, kind: str | None) -> Uid:
    """The emergency of just this area, so that no other is ended by mistake."""
    from gridapp.emergency import running

    found = [one for one in running.over(register, code).over if one.area_code == code]
    found = [one for one in found if not kind or one.kind == kind]
    if not found:
        raise UserError("这个区域没有进行中的这类应急响应；在哪个区域启动的，就在哪个区域结束。")
    if len(found) > 1:
        named = "、".join(f"{one.kind_name}（{one.kind}）" for one in found)
        raise UserError(f"这个区域有几次应急响应在进行：{named}。请用 --kind 写明结束哪一次。")
    return found[0].uid


def _record(one: Any) -> dict[str, Any]:
    return {
        "id": uid_text(one.uid),
        "area_code": one.area_code,
        "name": one.name,
        "kind": one.kind,
        "reason": one.reason,
        "started_at": _text(one.started_at),
        "ended_at": _text(one.ended_at),
        "report_at": one.report_at,
        "summary": one.summary,
    }


def _figures(one: Any) -> dict[str, Any]:
    named = {"area_code": one.area_code, "name": one.area_name, "level": one.level.name.lower()}
    last = {"on_duty": list(one.on_duty), "reported_at": _text(one.reported_at)}
    return {**named, **asdict(one.figures), **last}


def _text(moment: datetime.datetime | None) -> str | None:
    return moment.isoformat(timespec="minutes") if moment is not None else None
