"""Sentences that are offered with the steps of issues: kept by the register, and changed as one step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.errors import UserError
from gridapp.issues import replies
from gridapp.issues.workflow import Step
from gridapp.register import Register, open_register
from gridapp.store import undo


def test_several_steps_are_changed_at_once_and_taken_back_at_once(engine_register: Register) -> None:
    wanted = {"resolve": [" 已修好。 ", "", "已修好。", "已换新。"], "note": ["已到现场。"]}
    assert replies.save(engine_register, wanted)
    found = replies.of(engine_register)
    assert (found["resolve"], found["note"]) == (["已修好。", "已换新。"], ["已到现场。"])
    assert found["close"] == replies.built_in()["close"]
    assert not replies.save(engine_register, wanted)
    assert undo.undo(engine_register) == "修改常用语"
    assert replies.of(engine_register) == replies.built_in()


def test_a_step_may_be_left_without_any_and_have_back_what_comes_with_the_program(register: Register) -> None:
    replies.save(register, {"close": []})
    assert not replies.of(register).get("close")
    assert replies.save(register, {"close": replies.built_in()["close"]})
    assert replies.of(register) is replies.built_in()


def test_one_that_is_too_long_is_refused_where_it_stands(register: Register) -> None:
    with pytest.raises(replies.UnfitReply, match="“办结”的第2句写了501个字") as refused:
        replies.save(register, {"resolve": ["好。", "长" * 501]})
    assert (refused.value.step, refused.value.place) == ("resolve", 1)
    assert replies.of(register) == replies.built_in()


def test_who_saves_later_is_refused_only_where_both_changed_the_same_step(engine_url: str) -> None:
    first, second = open_register(engine_url), open_register(engine_url)
    read = replies.of(second)
    replies.save(first, {"resolve": ["已修好。"]}, replies.of(first))
    replies.save(second, {"close": ["归档。"]}, read)
    with pytest.raises(UserError, match="别人刚刚改过这些常用语"):
        replies.save(second, {"resolve": ["已换新。"]}, read)
    found = replies.of(first)
    assert (found["resolve"], found["close"]) == (["已修好。"], ["归档。"])
    for register in (first, second):
        register.close(backup=False)


def test_every_step_that_has_words_may_be_said_something_with() -> None:
    assert set(replies.built_in()) <= {step.value for step in replies.STEPS}
    assert Step.EDIT not in replies.STEPS


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory):
    opened = open_register(str(tmp_path_factory.mktemp("常用语") / "登记簿.db"))
    yield opened
    opened.close(backup=False)


@given(st.dictionaries(st.sampled_from(replies.STEPS), st.lists(st.text(max_size=12), max_size=4), max_size=3))
def test_whatever_is_typed_is_offered_once_on_one_line_and_in_order(empty: Register, wanted: dict) -> None:
    replies.save(empty, {step.value: lines for step, lines in wanted.items()})
    for step, lines in wanted.items():
        found = list(replies.of(empty).get(step.value, ()))
        assert found == list(dict.fromkeys(plain for line in lines if (plain := " ".join(line.split()))))
