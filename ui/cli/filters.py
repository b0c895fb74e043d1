"""Options that say which households a command is about."""

from collections.abc import Callable
from functools import reduce
from typing import Any

import click

from gridapp.errors import UserError
from gridapp.households.categories import CATEGORIES
from gridapp.households.filter_words import typed_band, typed_days
from gridapp.households.filters import Filter, Place
from gridapp.households.model import CONDITIONS, KIND_NAMES

_CATEGORY = click.option(
    "--category",
    "categories",
    type=click.Choice([category.key for category in CATEGORIES]),
    multiple=True,
    help="带有此分类的住户；可写多个，带有其一即可。",
)

_OPTIONS = (
    click.option("--all-categories", is_flag=True, help="同时带有所写的全部分类。"),
    click.option("--estate", help="小区。"),
    click.option("--building", "buildings", multiple=True, help="楼栋，如 3；可写多个。"),
    click.option("--entrance", help="楼门，如 2。"),
    click.option("--not-visited-days", "days", help="这么多天没有走访，或从未走访。"),
    click.option("--open-issues", is_flag=True, help="有未结民意。"),
    click.option("--age", "ages", multiple=True, help="有居民在此年龄段，如 60-79、80-；可写多个。"),
    click.option(
        "--condition", "special", type=click.Choice(CONDITIONS), multiple=True, help="有居民属于此特殊情况；可写多个。"
    ),
    click.option("--party-member", is_flag=True, help="居民中有党员。"),
    click.option("--kind", "of_kind", type=click.Choice(list(KIND_NAMES)), help="住户或企业。"),
    click.option("--no-phone", is_flag=True, help="没有电话。"),
    click.option("--no-residents", is_flag=True, help="没有居民登记。"),
    click.option("--text", default="", help="户主、电话、住址或备注含此文字；对 issues，是编号、问题、承办或反映人。"),
)
_FLAGS = ("open_issues", "party_member", "no_phone", "no_residents")


def filter_options(command: Callable) -> Callable:
    """Let a command take the options of a filter; it gets them by their names, for ``chosen``."""
    return reduce(lambda made, option: option(made), reversed((_CATEGORY, *_OPTIONS)), command)


def chosen(code: str, told: dict[str, Any]) -> Filter:
    """The filter that options mean.

    Raises:
        click.UsageError: a number of days or an age makes no sense.
    """
    try:
        return Filter(
            code,
            carrying=frozenset(told["categories"]),
            carrying_all=told["all_categories"],
            text=told["text"],
            places=tuple(_places(told)),
            unvisited_days=typed_days(told["days"]) if told["days"] is not None else None,
            ages=tuple(map(typed_band, told["ages"])),
            special=frozenset(told["special"]),
            kind=told["of_kind"] or "",
            **{name: told[name] for name in _FLAGS},
        )
    except UserError as error:
        raise click.UsageError(str(error)) from error


def asks_for_more(told: dict[str, Any]) -> bool:
    """Whether any of the options but the category is used."""
    return any(value for name, value in told.items() if name != "categories")


def _places(told: dict[str, Any]) -> list[Place]:
    entrance = told["entrance"] and told["entrance"].removesuffix("门")
    buildings = [building.removesuffix("号楼") for building in told["buildings"]] or [None]
    found = [Place(told["estate"], building, entrance) for building in buildings]
    return [place for place in found if place != Place()]
