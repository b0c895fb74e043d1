"""What a household needs in an emergency becomes an urgent issue of the ledger."""

import datetime

from gridapp.emergency.model import EmergencyCall
from gridapp.emergency.running import Running
from gridapp.ids import Uid
from gridapp.issues.model import Issue
from gridapp.issues.registering import NewIssue, NewReporter, register_issue
from gridapp.issues.states import Source
from gridapp.store.register import Register

ISSUE_CATEGORIES = {
    "epidemic": "epidemic",
    "flood": "drainage.flooding",
    "snow_and_ice": "heating.cold",
    "heat_wave": "elderly",
    "gas_leak": "gas.leak",
    "missing_person": "other",
    "other": "other",
}
"""Under which category a need is registered, by the kind of emergency, unless another is told."""


def register_need(
    register: Register,
    one: Running,
    household: Uid,
    who: tuple[str, str],
    note: str,
    category: str,
    moment: datetime.datetime,
    now: datetime.datetime,
) -> tuple[Uid, str]:
    """The issue of a need and its number: the one that is open already in the same words, or a new one.

    Args:
        who: name and phone of the household's head.
    """
    text = f"{one.kind_name}：{note}"
    same = (EmergencyCall.household == household) & (EmergencyCall.emergency == one.uid)
    query = (
        EmergencyCall.select(Issue.uid, Issue.number)
        .join(Issue, on=(Issue.uid == EmergencyCall.issue))
        .where(same & Issue.is_open() & (Issue.description == text))
    )
    found = register.first(query.tuples())
    if found is not None:
        return bytes(found[0]), found[1]
    made = register_issue(
        register,
        NewIssue(
            text,
            household=household,
            category=category or ISSUE_CATEGORIES.get(one.kind, ""),
            urgent=True,
            reporters=[NewReporter(*who, Source.PHONE, household)],
            registered_on=moment.date(),
        ),
        now=moment if moment.date() == now.date() else now,
    )
    return made.uid, made.number
