"""``task``: the task list of an area."""

import datetime

import click

from gridapp.areas import tree
from gridapp.errors import UserError
from gridapp.ids import Uid, uid_text
from gridapp.tasks.recurrence import MOST, ONCE, Frequency, Rule
from ui.cli.common import area_option, db_option, opened


@click.group()
def task() -> None:
    """任务：新增、完成。"""


@task.command()
@db_option
@area_option()
@click.option("--title", required=True, help="要做什么。")
@click.option("--due", default="", help="期限：明天、周五、8-30 或 2020-08-30。")
@click.option("--who", default="", help="负责人的姓名，或职务，如 网格员。")
@click.option("--repeat", type=click.Choice([one.value for one in Frequency]), help="重复；要有期限。")
@click.option("--every", type=click.IntRange(1, MOST), default=1, show_default=True, help="隔几次重复一次。")
@click.option("--note", default="", help="备注。")
def add(db: str | None, code: str, title: str, due: str, who: str, repeat: str | None, every: int, note: str) -> None:
    """给一个区域新增一项任务，印出它的编号。"""
    from gridapp.days import typed_day
    from gridapp.tasks import assigning, editing

    assignee, role = assigning.read(who)
    rule = Rule(Frequency(repeat), every) if repeat else ONCE
    draft = editing.TaskDraft(title, assignee, role, typed_day(due, datetime.date.today()), rule, note)
    with opened(db) as register:
        uid, _label = editing.create(register, tree.find(register, code).uid, draft)
    click.echo(uid_text(uid))


@task.command()
@db_option
@click.argument("ids", nargs=-1, required=True)
def done(db: str | None, ids: tuple[str, ...]) -> None:
    """完成几项任务；重复的任务同时列出下一次。编号见 list tasks --json。"""
    from gridapp.tasks import editing

    uids = [_uid(one) for one in ids]
    with opened(db) as register:
        click.echo(f"已{editing.finish(register, uids)}")


def _uid(text: str) -> Uid:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise UserError(f"{text} 不是任务的编号。编号见 list tasks --json。") from None
