"""Categories that what is known of a household suggests; whether it gets them, a person says."""

import datetime
from dataclasses import dataclass

from gridapp.households import id_numbers
from gridapp.households.categories import BY_KEY, from_mask
from gridapp.households.editing import HouseholdDraft, ResidentDraft, tidied
from gridapp.households.model import ENTERPRISE

OLD = 60
"""From this age on somebody is elderly: Law on the Protection of the Rights of the Elderly, article 2."""


@dataclass(frozen=True)
class Suggestion:
    """A category, and the facts that speak for it.

    Attributes:
        certain: whether the facts say it all; else somebody has to ask.
    """

    key: str
    reason: str
    certain: bool = True

    @property
    def text(self) -> str:
        """``建议：独居（1人，72岁）``."""
        return f"建议：{BY_KEY[self.key].name}{'' if self.certain else '？'}（{self.reason}）"


def suggestions(draft: HouseholdDraft, today: datetime.date | None = None) -> list[Suggestion]:
    """What the facts of a draft suggest beyond the categories that it carries, in precedence."""
    tidy = tidied(draft)
    if tidy.kind == ENTERPRISE:
        found = [Suggestion("enterprise", "类型为企业")]
    else:
        found = [*_of_an_elder_alone(tidy, today or datetime.date.today()), *_of_residents(tidy.residents)]
    carried = {category.key for category in from_mask(tidy.categories)}
    return [one for one in found if one.key not in carried]


def _of_an_elder_alone(draft: HouseholdDraft, today: datetime.date) -> list[Suggestion]:
    # A resident is alone only if nobody else is counted; how many people live there may be more than are on record.
    if len(draft.residents) != 1 or (draft.people or 1) > 1:
        return []
    born = draft.residents[0].birth_date
    age = id_numbers.age_on(born, today) if born is not None else 0
    if age < OLD:
        return []
    found = []
    if not draft.emergency_contact:
        found.append(Suggestion("lonely_elderly", f"1人，{age}岁，没有紧急联系人", certain=False))
    if "lonely_elderly" not in {category.key for category in from_mask(draft.categories)}:
        found.append(Suggestion("living_alone", f"1人，{age}岁"))  # of which 孤老户 says as much already
    return found


def _of_residents(residents: list[ResidentDraft]) -> list[Suggestion]:
    found = []
    special = [f"{one.name or '居民'}：{one.conditions}" for one in residents if one.conditions]
    if special:
        found.append(Suggestion("special_group", "；".join(special)))
    members = [one.name or "居民" for one in residents if one.party_member]
    if members:
        found.append(Suggestion("party_member", f"{'、'.join(members)}是党员"))
    return found
