"""Options that say which issues a command is about."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING, Any

import click

from gridapp.areas.model import Level
from gridapp.errors import UserError
from gridapp.issues.states import Source, State

if TYPE_CHECKING:
    from gridapp.issues.ledger import LedgerFilter
    from gridapp.register import Register

VIEWS = (
    *("open", "today", "overdue", "soon", "suspended", "review"),
    *("report_back", "follow_up", "closed", "all"),
)
"""The everyday looks, but for "mine", since nobody sits at a desk here."""

_TEXT = click.option("--text", default="", help="编号、问题、承办或反映人含此文字。")
_WITHOUT_VIEW = (
    click.option("--category-of-issue", "issue_categories", multiple=True, help="类别，如 供水、楼道灯；可写多个。"),
    click.option("--level", type=click.Choice([one.name.lower() for one in Level]), help="办理级别。"),
    click.option("--source", type=click.Choice([one.value for one in Source]), help="来源。"),
)
_VIEW = (
    click.option("--view", type=click.Choice(VIEWS), help="视图，如 overdue 逾期、report_back 待反馈；不写为全部。"),
    click.option(
        "--state",
        "states",
        type=click.Choice([one.name.lower() for one in State]),
        multiple=True,
        help="状态；可写多个。",
    ),
)


def issue_options(view: bool = True, text: bool = True) -> Callable[[Callable], Callable]:
    """Let a command take the options of a filter; it gets them by their names, for ``chosen``.

    Args:
        view: whether it may ask for a view and for states.
        text: whether it has no option of its own for words.
    """
    options = ((*_VIEW,) if view else ()) + _WITHOUT_VIEW + ((_TEXT,) if text else ())
    return lambda command: reduce(lambda made, option: option(made), reversed(options), command)


NAMES = ("view", "states", "issue_categories", "level", "source")
"""The options that no other kind of record has."""


def chosen(register: Register, code: str, told: dict[str, Any]) -> LedgerFilter:
    """The filter that options mean.

    Raises:
        UserError: there is no such category.
    """
    from gridapp.issues.ledger import LedgerFilter, View

    return LedgerFilter(
        code,
        View(told.get("view") or View.ALL),
        states=frozenset(State[name.upper()] for name in told.get("states", ())),
        categories=frozenset(category(register, word) for word in told["issue_categories"]),
        level=Level[told["level"].upper()] if told["level"] else None,
        source=Source(told["source"]) if told["source"] else None,
        text=told["text"],
    )


def category(register: Register, word: str) -> str:
    """The key of the category that a word names.

    Raises:
        UserError: there is none.
    """
    from gridapp.issues import categories

    sorts = categories.of(register)
    key = sorts.key_of(word)
    if key and sorts.get(key) is None:
        raise UserError(f"没有类别“{word}”。可用的类别：{'、'.join(top.name for top in sorts.tops)}。")
    return key
