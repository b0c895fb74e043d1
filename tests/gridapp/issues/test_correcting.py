"""Correcting what was written of an issue: what follows from it, and what is refused."""

from gridapp.issues import reading
from gridapp.issues.registering import change
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
