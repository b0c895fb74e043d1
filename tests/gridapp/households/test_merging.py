"""Two people edit the same household: nothing that either of them wrote is dropped unseen."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from gridapp.households.editing import HouseholdDraft, ResidentDraft
from gridapp.households.merging import contested, merged

FIELDS = ("head", "phone", "note", "people", "categories")
drafts = st.builds(
    HouseholdDraft,
    area=st.just(bytes(16)),
    uid=st.just(b"1"),
    **{
        name: st.sampled_from((1, 2, 3)) if name in ("people", "categories") else st.sampled_from("甲乙丙")
        for name in FIELDS
    },
)
BASE = HouseholdDraft(bytes(16), b"1", residents=[ResidentDraft(b"a", "甲"), ResidentDraft(b"b", "乙")])


@given(drafts, drafts, drafts)
def test_every_field_is_mine_where_i_changed_it_and_else_theirs(
    mine: HouseholdDraft, base: HouseholdDraft, theirs: HouseholdDraft
) -> None:
    result, told = merged(mine, base, theirs), contested(mine, base, theirs)
    for name in FIELDS:
        my, old, their, value = (getattr(draft, name) for draft in (mine, base, theirs, result))
        assert value == (my if my != old else their)
        assert told.get(name) == (their if len({my, old, their}) == 3 else None)


@given(drafts, drafts)
def test_who_changed_nothing_gets_what_is_stored(base: HouseholdDraft, theirs: HouseholdDraft) -> None:
    assert merged(base.copy(), base, theirs) == theirs
    assert merged(theirs.copy(), base, base) == theirs


def test_residents_of_both_sides_are_kept() -> None:
    mine, theirs = BASE.copy(), BASE.copy()
    mine.residents[0].phone, theirs.residents[0].note = "1", "耳背"
    mine.residents.append(ResidentDraft(name="我加的"))
    theirs.residents.append(ResidentDraft(b"c", "他加的"))
    result = merged(mine, BASE, theirs)
    assert [one.name for one in result.residents] == ["甲", "乙", "我加的", "他加的"]
    assert (result.residents[0].phone, result.residents[0].note) == ("1", "耳背")


def test_who_was_taken_out_on_one_side_is_gone_unless_edited_on_the_other() -> None:
    mine, theirs = BASE.copy(), BASE.copy()
    del mine.residents[1], theirs.residents[0]
    assert merged(mine, BASE, theirs).residents == []
    mine.residents[0].phone = "1"
    assert merged(mine, BASE, theirs).residents == [dataclasses.replace(mine.residents[0], uid=None)]
