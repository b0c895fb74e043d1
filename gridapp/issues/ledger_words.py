"""How a filter of the ledger is said in words, for chips, empty tables, workbooks and paper alike."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from gridapp.areas.model import LEVEL_NAMES
from gridapp.issues.categories import Categories
from gridapp.issues.ledger import VIEW_NAMES, LedgerFilter, View
from gridapp.issues.states import SATISFACTION_NAMES, SOURCE_NAMES, STATE_NAMES


@dataclass(frozen=True)
class LedgerPart:
    """One thing that a filter asks for.

    Attributes:
        text: what it is, in words.
        rest: the filter without it.
    """

    text: str
    rest: LedgerFilter


def parts(chosen: LedgerFilter, sorts: Categories, assignee: str = "") -> list[LedgerPart]:
    """What a filter asks for beside its view, one by one; empty where it leaves all.

    Args:
        assignee: the name of the member of a team whose issues are asked for.
    """
    return list(_parts(chosen, sorts, assignee))


def describe(chosen: LedgerFilter, sorts: Categories, assignee: str = "") -> list[str]:
    """What a filter asks for, in words, its view first where that leaves not all."""
    return [*_view(chosen), *(part.text for part in _parts(chosen, sorts, assignee))]


def view_text(chosen: LedgerFilter) -> str:
    """``逾期``; of "mine" with whose they are."""
    name = VIEW_NAMES[chosen.view]
    return f"{name}（{chosen.desk.name}）" if chosen.view is View.MINE and chosen.desk is not None else name


def _view(chosen: LedgerFilter) -> Iterator[str]:
    if chosen.view is not View.ALL:
        yield view_text(chosen)


def _parts(chosen: LedgerFilter, sorts: Categories, assignee: str) -> Iterator[LedgerPart]:
    if chosen.states:
        names = "、".join(STATE_NAMES[state] for state in sorted(chosen.states))
        yield LedgerPart(f"状态：{names}", replace(chosen, states=frozenset()))
    if chosen.categories:
        told = [one.key for one in sorts if one.key in chosen.categories]
        told += sorted(chosen.categories - set(told))
        names = "、".join(map(sorts.name_of, told))
        yield LedgerPart(f"类别：{names}", replace(chosen, categories=frozenset()))
    if chosen.level is not None:
        yield LedgerPart(f"级别：{LEVEL_NAMES[chosen.level]}", replace(chosen, level=None))
    if chosen.source is not None:
        yield LedgerPart(f"来源：{SOURCE_NAMES[chosen.source]}", replace(chosen, source=None))
    if chosen.urgent:
        yield LedgerPart("只看紧急", replace(chosen, urgent=False))
    if chosen.assignee is not None:
        yield LedgerPart(f"承办人：{assignee or '所选队员'}", replace(chosen, assignee=None))
    if chosen.since is not None or chosen.until is not None:
        yield LedgerPart(f"登记：{_days(chosen)}", replace(chosen, since=None, until=None))
    if chosen.satisfaction is not None:
        name = SATISFACTION_NAMES[chosen.satisfaction]
        yield LedgerPart(f"满意度：{name}", replace(chosen, satisfaction=None))
    if chosen.text.strip():
        yield LedgerPart(f"含“{chosen.text.strip()}”", replace(chosen, text=""))


def _days(chosen: LedgerFilter) -> str:
    if chosen.since is None:
        return f"{chosen.until} 及以前"
    if chosen.until is None:
        return f"{chosen.since} 起"
    return f"{chosen.since} 至 {chosen.until}"
