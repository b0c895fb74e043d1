"""Correcting what was written of an issue: what follows from it, and what is refused."""

import json

import pytest

from gridapp.issues import category_editing as editing
from gridapp.issues import reading
from gridapp.issues.categories import Category, ExtraField, built_in
from gridapp.issues.registering import NewIssue, Unfit, change, register_issue
from gridapp.issues.stepping import Entry, take
from gridapp.issues.workflow import Step
from gridapp.register import Register
from gridapp.store import undo
from tests import factories as make


def test_another_handler_in_words_takes_the_place_of_the_member_who_had_it(register: Register) -> None:
    grid = make.make_grid(register)
    issue, member = make.make_issue(register, grid), make.make_member(register, name="网格小刘")
    take(register, issue, Step.ASSIGN, Entry(assignee=member))
    assert not change(register, issue, {"handler": "网格小刘 "})
    assert reading.read(register, issue).values["assignee"] == member
    assert change(register, issue, {"handler": "物业公司"})
    whole = reading.read(register, issue)
    assert (whole.values["handler"], whole.values["assignee"]) == ("物业公司", None)
    assert whole.events[-1].lines == ("承办",)
    undo.undo(register)
    assert reading.read(register, issue).values["assignee"] == member


HEAT = Category(
    "heating", "供暖", fields=(ExtraField("degrees", "实测室温（℃）", "number"), ExtraField("day", "哪天起", "date"))
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"degrees": " 17.5 "}, {"degrees": "17.5"}),
        ({"degrees": "１７"}, {"degrees": "17"}),
        ({"degrees": "-3", "day": "2020.8.3"}, {"degrees": "-3", "day": "2020-08-03"}),
        ({"degrees": " ", "other": "随便"}, {"other": "随便"}),
    ],
)
def test_extra_fields_are_kept_as_what_they_hold(register: Register, typed: dict, kept: dict) -> None:
    editing.save(register, editing.replace(built_in().tops, HEAT))
    new = NewIssue("暖气不热", area=make.make_grid(register), category="heating", extra=typed)
    assert json.loads(reading.read(register, register_issue(register, new).uid).values["extra"]) == kept


@pytest.mark.parametrize(
    ("key", "typed"), [("degrees", "很冷"), ("degrees", "17度"), ("day", "2020-13-01"), ("day", "?")]
)
def test_what_an_extra_field_does_not_hold_is_refused_beside_it(register: Register, key: str, typed: str) -> None:
    grid = make.make_grid(register)
    before = make.make_issue(register, grid, category="heating", extra=json.dumps({key: typed}))
    editing.save(register, editing.replace(built_in().tops, HEAT))
    with pytest.raises(Unfit) as refused:
        register_issue(register, NewIssue("暖气不热", area=grid, category="heating", extra={key: typed}))
    assert (refused.value.field, refused.value.key) == ("extra", key)
    assert next(one.name for one in HEAT.fields if one.key == key) in str(refused.value)
    with pytest.raises(Unfit):
        change(register, before, {"extra": {key: f"{typed}{typed}"}})
    assert change(register, before, {"extra": {key: typed, "other": "新的"}})  # what was there before may stay
