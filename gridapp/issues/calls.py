"""Who has still to hear how an issue ended, by telephone number, so that somebody with several is called once."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gridapp.ids import Uid
from gridapp.issues import categories
from gridapp.issues.ledger import LedgerFilter, View, conditions
from gridapp.issues.ledger_listing import within
from gridapp.issues.model import Issue, Reporter
from gridapp.issues.states import State
from gridapp.store.register import Register


@dataclass(frozen=True)
class Told:
    """One issue of which somebody has to hear.

    Attributes:
        reporter: their entry among those who raised it.
        category: in words.
    """

    reporter: Uid
    issue: Uid
    number: str
    category: str
    description: str
    state: State
    result: str
    resolved_on: datetime.date | None

    @property
    def to_read_out(self) -> str:
        """What is said on the telephone: what was raised, and what became of it."""
        raised = " ".join(self.description.split()).rstrip("。")
        became = " ".join(self.result.split()).rstrip("。") or "没有写明结果"
        how = "不予受理" if self.state is State.REJECTED else "已经办结"
        return f"您反映的“{raised}”{how}：{became}。"


@dataclass(frozen=True)
class Call:
    """Somebody to be called, and all that they have to hear."""

    name: str
    phone: str
    told: tuple[Told, ...]


def calls(register: Register, chosen: LedgerFilter) -> list[Call]:
    """All calls of an area, under a filter whose view is of no matter: by phone, then those who left none.

    Who has waited longest is called first.
    """
    sorts = categories.of(register)
    query = within(register, Issue.select(*_COLUMNS), chosen.area_code)
    query = query.join(Reporter, on=(Reporter.issue == Issue.uid)).where(~Reporter.is_settled())
    wanted = replace(chosen, view=View.REPORT_BACK, states=frozenset())
    for condition in conditions(wanted, sorts, datetime.datetime.now()):
        query = query.where(condition)
    grouped: dict[tuple[str, Uid | None], list[tuple[str, str, Told]]] = {}
    for reporter, name, phone, *about in register.all(query.order_by(Issue.registered_on, Reporter.uid).tuples()):
        issue, number, category, description, state, result, resolved = about
        one = Told(
            *(bytes(reporter), bytes(issue), number, sorts.name_of(category), description, State(state), result),
            resolved,
        )
        dialled = "".join(character for character in phone if character.isdigit())
        # Without a number, nothing says that two of the same name are one person.
        key = (dialled, None if dialled else one.reporter)
        grouped.setdefault(key, []).append((name, phone, one))
    found = [_call(group) for group in grouped.values()]
    return sorted(found, key=lambda call: not call.phone)


def _call(group: Sequence[tuple[str, str, Told]]) -> Call:
    names = dict.fromkeys(name or "匿名" for name, _phone, _one in group)
    return Call("、".join(names), group[0][1], tuple(one for _name, _phone, one in group))


_COLUMNS = (
    *(Reporter.uid, Reporter.name, Reporter.phone, Issue.uid, Issue.number, Issue.category, Issue.description),
    *(Issue.state, Issue.result, Issue.resolved_on),
)
