"""Whatever is done in whatever order, the register is what a plain dictionary would be, and the check is clean."""

import shutil
import tempfile
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from gridapp.errors import UserError
from gridapp.households.model import Household, Resident
from gridapp.ids import Uid, new_uid
from gridapp.register import open_register
from gridapp.store.check import check
from gridapp.store.undo import redo, undo
from tests.factories import make_grid

texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6) | st.sampled_from(["马大爷", "𠮷"])
masks = st.integers(0, 127)
State = dict[Uid, tuple]


class History(RuleBasedStateMachine):
    """One actor's work on households and residents, with undo and redo as two stacks of whole states."""

    households = Bundle("households")

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.register = open_register(str(self.folder / "r.db"))
        self.grid = make_grid(self.register)
        self.state: State = {}
        self.done: list[State] = []
        self.undone: list[State] = []

    def teardown(self) -> None:
        if hasattr(self, "register"):
            self.register.close(backup=False)
            shutil.rmtree(self.folder)

    def act(self, state: State) -> None:
        if state != self.state:
            self.done.append(self.state)
            self.undone.clear()
            self.state = state

    @rule(target=households, head=texts, mask=masks)
    def insert(self, head: str, mask: int) -> Uid:
        with self.register.recording("登记", "甲") as recording:
            uid = recording.insert(Household, area=self.grid, head=head, categories=mask)
            resident = recording.insert(Resident, household=uid, name=head)
        self.act({**self.state, uid: (head, mask), resident: (uid, head)})
        return uid

    @rule(heads=st.lists(texts, min_size=1, max_size=4))
    def insert_many(self, heads: list[str]) -> None:
        rows = [(new_uid(), self.grid, head) for head in heads]
        with self.register.recording("导入", "甲") as recording:
            recording.insert_many(Household, ("uid", "area", "head"), rows)
        self.act({**self.state, **{uid: (head, 0) for uid, _grid, head in rows}})

    @rule(uid=households, head=texts, mask=masks)
    def update(self, uid: Uid, head: str, mask: int) -> None:
        try:
            with self.register.recording("修改", "甲") as recording:
                recording.update(Household, uid, {"head": head, "categories": mask})
        except UserError:
            assert uid not in self.state
        else:
            self.act({**self.state, uid: (head, mask)})

    @rule(uid=consumes(households))
    def delete(self, uid: Uid) -> None:
        if uid not in self.state:
            return
        state = deepcopy(self.state)
        with self.register.recording("删除", "甲") as recording:
            for resident in [key for key, value in state.items() if value[0] == uid]:
                recording.delete(Resident, resident)
                del state[resident]
            recording.delete(Household, uid)
            del state[uid]
        self.act(state)

    @rule(head=texts)
    def fail_halfway(self, head: str) -> None:
        with pytest.raises(RuntimeError), self.register.recording("坏", "甲") as recording:
            recording.insert(Household, area=self.grid, head=head)
            raise RuntimeError

    @rule()
    def undo(self) -> None:
        if not self.done:
            with pytest.raises(UserError):
                undo(self.register, "甲")
            return
        undo(self.register, "甲")
        self.undone.append(self.state)
        self.state = self.done.pop()

    @rule()
    def redo(self) -> None:
        if not self.undone:
            with pytest.raises(UserError):
                redo(self.register, "甲")
            return
        redo(self.register, "甲")
        self.done.append(self.state)
        self.state = self.undone.pop()

    @rule()
    def close_and_open(self) -> None:
        self.register.close(backup=False)
        self.register = open_register(str(self.folder / "r.db"))

    @invariant()
    def the_register_is_what_the_dictionary_is(self) -> None:
        households = Household.select(Household.uid, Household.head, Household.categories)
        residents = Resident.select(Resident.uid, Resident.household, Resident.name)
        stored = {row[0]: row[1:] for query in (households, residents) for row in self.register.each(query)}
        assert stored == self.state

    @invariant()
    def the_check_is_clean(self) -> None:
        assert check(self.register) == []


class TestHistory(History.TestCase):
    settings = settings(settings.get_profile("default"), max_examples=15, stateful_step_count=20)


@pytest.mark.soak
class TestLongHistory(History.TestCase):
    settings = settings(settings.get_profile("default"), max_examples=400, stateful_step_count=60)
