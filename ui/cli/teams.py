"""``team``: members that are away, and who stands in for them."""

import datetime
from typing import TYPE_CHECKING

import click

from gridapp.errors import UserError
from gridapp.ids import Uid, uid_text
from ui.cli.common import db_option, json_option, opened, print_json

if TYPE_CHECKING:
    from gridapp.register import Register
    from gridapp.teams.candidates import Candidate
    from gridapp.teams.substitution import Gap

_absence_option = click.option("--absence", required=True, help="离岗记录的编号，见 list teams --json。")


@click.group()
def team() -> None:
    """服务队：队员离岗、返岗，替补。"""


@team.group()
def absence() -> None:
    """队员离岗：登记、提前返岗。"""


@absence.command()
@db_option
@click.option("--member", required=True, help="队员的编号或姓名。")
@click.option("--since", default="今天", show_default=True, help="第一天：明天、8-30 或 2020-08-30。")
@click.option("--until", default="", help="最后一天；不写则未定。")
@click.option("--reason", default="", help="原因，如 本单位抽调。")
@click.option("--note", default="", help="备注。")
def add(db: str | None, member: str, since: str, until: str, reason: str, note: str) -> None:
    """登记一位队员离岗，印出这条记录的编号。"""
    from gridapp.teams import absences

    first, last = _day(since) or datetime.date.today(), _day(until)
    with opened(db) as register:
        draft = absences.AbsenceDraft(first, last, reason, note)
        uid, _label = absences.add(register, _member(register, member), draft)
    click.echo(uid_text(uid))


@absence.command()
@db_option
@_absence_option
@click.option("--on", default="今天", show_default=True, help="返岗的第一天。")
def end(db: str | None, absence: str, on: str) -> None:
    """队员提前返岗；替补同时结束。"""
    from gridapp.teams import absences

    with opened(db) as register:
        click.echo(absences.come_back(register, _uid(absence), _day(on)))


@team.command()
@db_option
@_absence_option
@click.option("--gap", "which", type=click.IntRange(1), help="第几个空缺；不写则第一个还没有补上的。")
@click.option("--accept", type=click.IntRange(1), help="选定第几位替补。")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="最多列出几位。")
@json_option
def substitute(db: str | None, absence: str, which: int | None, accept: int | None, limit: int, as_json: bool) -> None:
    """列出一次离岗留下的空缺和可以替补的人，先后有序；--accept N 选定其中一位。"""
    from gridapp.teams import substitution

    with opened(db) as register:
        gaps = substitution.gaps_of(register, _uid(absence))
        gap = _chosen(gaps, which)
        found = substitution.candidates(register, gap, max(limit, accept or 0)) if gap is not None else []
        if accept is not None:
            if gap is None or accept > len(found):
                raise UserError("没有这位替补人选，请先不带 --accept 列出人选。" if gap else "空缺都已经补上。")
            click.echo(substitution.accept(register, gap, found[accept - 1].member)[1])
        elif as_json:
            print_json({"gaps": [_gap(one) for one in gaps], "candidates": [_candidate(one) for one in found]})
        else:
            _print(gaps, gap, found)


def _print(gaps: "list[Gap]", gap: "Gap | None", found: "list[Candidate]") -> None:
    for number, one in enumerate(gaps, 1):
        people = "、".join(each.name for each in one.stand_ins)
        state = f"已由{people}替补" if one.is_filled else "未补" + ("（可不补）" if one.optional else "")
        click.echo(f"空缺{number}\t{one.area_name}{one.role.name}\t{one.days_text}\t{state}")
    if gap is not None:
        click.echo(f"{gap.area_name}{gap.role.name}的人选：" if found else "没有可以替补的人。")
    for number, person in enumerate(found, 1):
        click.echo("\t".join((str(number), person.name, person.phone, person.unit, person.reason)))


def _chosen(gaps: "list[Gap]", which: int | None) -> "Gap | None":
    if which is None:
        return next((gap for gap in gaps if not gap.is_filled), None)
    if which > len(gaps):
        raise UserError(f"这次离岗只有 {len(gaps)} 个空缺。")
    return gaps[which - 1]


def _gap(gap: "Gap") -> dict[str, object]:
    return {
        "area_code": gap.area_code,
        "role": gap.role.key,
        "since": gap.since.isoformat(),
        "until": gap.until and gap.until.isoformat(),
        "optional": gap.optional,
        "filled": gap.is_filled,
        "stand_ins": [one.name for one in gap.stand_ins],
    }


def _candidate(one: "Candidate") -> dict[str, object]:
    told = {"id": uid_text(one.member), "name": one.name, "phone": one.phone, "unit": one.unit}
    return {**told, "place": one.place, "role": one.role.key, "load": one.load, "reason": one.reason}


def _day(text: str) -> datetime.date | None:
    from gridapp.days import typed_day

    return typed_day(text, datetime.date.today())


def _member(register: "Register", text: str) -> Uid:
    """The member with this uid, or the only one of this name."""
    from gridapp.teams.model import Member

    named = [bytes(uid) for (uid,) in register.all(Member.select(Member.uid).where(Member.name == text).tuples())]
    if len(named) > 1:
        raise UserError(f"有 {len(named)} 位队员叫{text}，请写编号，见 list teams --json。")
    return named[0] if named else _uid(text)


def _uid(text: str) -> Uid:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise UserError(f"没有“{text}”。编号见 list teams --json。") from None
