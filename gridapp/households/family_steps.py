"""The steps of which the operations on families are made, within one recording."""

import contextlib
import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from gridapp.emergency.model import EmergencyCall
from gridapp.errors import UserError
from gridapp.households import address
from gridapp.households.kinship import under
from gridapp.households.model import ENTERPRISE, HEAD, OTHERWISE, Household, Resident
from gridapp.ids import Uid
from gridapp.issues.model import Issue, Reporter
from gridapp.store.changes import Recording
from gridapp.store.record import Record
from gridapp.store.register import Register
from gridapp.teams.model import Pairing
from gridapp.visits.model import Visit

_CHUNK = 500

Row = dict[str, Any]


def leads(household: Row, resident: Row) -> bool:
    """Whether a resident is the one that the household is called after."""
    called = resident["relation"] == HEAD or resident["name"] == household["head"]
    return called and household["kind"] != ENTERPRISE


def door_of(household: Row) -> str:
    """``3号楼2门501``."""
    return address.short_label(household["building"], household["entrance"], household["room"])


def label_of(household: Row) -> str:
    """``3号楼2门501 马玉兰``."""
    return f"{door_of(household)} {household['head']}".strip()


def verb(how: str) -> str:
    """What somebody does who leaves in this way."""
    return "离开" if how in ("", OTHERWISE) else how


def stored(register: Register, model: type[Record], uid: Uid) -> Row:
    """A row as it is stored.

    Raises:
        UserError: it has been deleted.
    """
    row: Row | None = register.first(model.select().where(model.uid == uid).dicts())
    if row is None:
        raise UserError("这一户已被删除。" if model is Household else "这位居民已被删除。")
    return row


@contextlib.contextmanager
def recorded(register: Register, label: str) -> Iterator["Steps"]:
    """One batch under this label."""
    with register.recording(label) as recording:
        yield Steps(recording)


def refuse_day(on: datetime.date, people: Iterable[Row]) -> None:
    """A day in the future, or one before somebody was born or moved in."""
    if on > datetime.date.today():
        raise UserError("日期在今天之后，请核对。")
    for one in people:
        for name, what in (("birth_date", "出生日期"), ("moved_in_on", "迁入日期")):
            if one[name] is not None and on < one[name]:
                raise UserError(f"日期早于{one['name']}的{what} {one[name].isoformat()}，请核对。")


def behind(residents: Sequence[Row]) -> int:
    """The position behind the last of some residents."""
    return max((one["position"] for one in residents), default=-1) + 1


class Steps:
    """One recording, and what is done in it."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        self._register = recording.register

    def read(self, model: type[Record], uid: Uid) -> Row:
        return stored(self._register, model, uid)

    def update(self, model: type[Record], uid: Uid, values: Row) -> None:
        self.recording.update(model, uid, values)

    def home(self, uid: Uid, past: bool = False) -> Row:
        """A household that is here, or one that has left."""
        row = self.read(Household, uid)
        if row["left_on"] is not None and not past:
            raise UserError(f"{label_of(row)}一户已于 {row['left_on'].isoformat()} {verb(row['left_how'])}。")
        if row["left_on"] is None and past:
            raise UserError(f"{label_of(row)}一户没有离开过。")
        return row

    def family(self, uid: Uid) -> Row:
        """A household that is here and no shop."""
        row = self.home(uid)
        if row["kind"] == ENTERPRISE:
            raise UserError(f"{row['head']}是企业，不能与住户拆分、合并或互移。")
        return row

    def residents(self, household: Uid) -> list[Row]:
        """Who is on record in a household and has not left."""
        query = Resident.select().where((Resident.household == household) & Resident.is_here())
        return self._register.all(query.order_by(Resident.position, Resident.uid).dicts())

    def person(self, uid: Uid) -> tuple[Row, Row]:
        """A resident who has not left, and the household."""
        row = self.read(Resident, uid)
        if row["left_on"] is not None:
            raise UserError(f"{row['name']}已于 {row['left_on'].isoformat()} {verb(row['left_how'])}。")
        return row, self.home(row["household"])

    def add(self, home: Row, by: int) -> None:
        """Let the number of people grow, where somebody has counted."""
        if home["people"] is not None:
            self.update(Household, home["uid"], {"people": home["people"] + by})

    def part(self, home: Row, going: Sequence[Row], next_head: Uid | str | None) -> None:
        """Make a household do without some of its residents: its head and its number follow."""
        gone = {one["uid"] for one in going}
        staying = [one for one in self.residents(home["uid"]) if one["uid"] not in gone]
        uncounted = (home["people"] or 0) - len(going) - len(staying)
        if home["kind"] != ENTERPRISE:
            if not staying and uncounted <= 0:
                who = "、".join(one["name"] for one in going)
                raise UserError(f"{who}离开后这一户就没有人了，请改用“整户迁出”。")
            head = next((one for one in going if leads(home, one)), None)
            if head is not None:
                self._succeed(home, head, staying, next_head, uncounted > 0)
        if home["people"] is not None:
            # Where fewer were counted than are on record, the number is not made worse.
            left = max(home["people"] - len(going), min(home["people"], len(staying)))
            self.update(Household, home["uid"], {"people": left})

    def _succeed(self, home: Row, head: Row, staying: Sequence[Row], next_head: Uid | str | None, others: bool) -> None:
        if isinstance(next_head, str):
            next_head = " ".join(next_head.split())
        if not next_head:
            raise UserError(f"{head['name']}是户主，请先选定谁接任户主。")
        heir = next((one for one in staying if next_head in (one["uid"], one["name"])), None)
        if heir is None and isinstance(next_head, str) and others:
            self.update(Household, home["uid"], {"head": next_head})  # who is counted and not on record
            return
        if heir is None:
            raise UserError("选定的新户主不在这一户，请重新选择。")
        self.update(Household, home["uid"], {"head": heir["name"]})
        for one in staying:
            relation = HEAD if one is heir else under(one["relation"], heir["relation"])
            self.update(Resident, one["uid"], {"relation": relation})

    def join(
        self,
        home: Row,
        going: Sequence[Row],
        on: datetime.date,
        relation: Callable[[Row], str],
        head: Row | None = None,
        people: int | None = None,
    ) -> None:
        """Put residents into a household, behind those who are there.

        Args:
            relation: what each of them is to its head, but for ``head``.
            people: how many come; as many as are on record unless told.
        """
        for position, one in enumerate(going, behind(self.residents(home["uid"]))):
            related = HEAD if one is head else relation(one)
            if related == HEAD and one is not head:
                raise UserError(f"{label_of(home)}一户已有户主，请另选一种关系。")
            values = {"household": home["uid"], "position": position, "relation": related, "moved_in_on": on}
            self.update(Resident, one["uid"], values)
        self.add(home, len(going) if people is None else people)

    def hand_over(
        self, model: type[Visit] | type[EmergencyCall] | type[Issue] | type[Reporter], household: Uid, into: Uid
    ) -> None:
        """Let what was noted of one household be another's."""
        uids = [
            uid for (uid,) in self._register.all(model.select(model.uid).where(model.household == household).tuples())
        ]
        for start in range(0, len(uids), _CHUNK):
            self.recording.update_many(model, "household", uids[start : start + _CHUNK], lambda _uid, _old: into)

    def end_pairings(self, household: Uid, on: datetime.date) -> None:
        """Nobody looks after a household that has left. What began later than that day ends on the day it began."""
        for pairing in self._open_pairings(household):
            self.update(Pairing, pairing.uid, {"until": max(on, pairing.since)})

    def hand_over_pairings(self, household: Uid, into: Uid, on: datetime.date) -> None:
        """Who looks after a household looks after the one that it goes over into, once."""
        there = {pairing.__data__["member"] for pairing in self._open_pairings(into)}
        for pairing in self._open_pairings(household):
            if pairing.__data__["member"] not in there:
                self.update(Pairing, pairing.uid, {"household": into})
        self.end_pairings(household, on)

    def _open_pairings(self, household: Uid) -> list[Pairing]:
        lasting = (Pairing.household == household) & Pairing.until.is_null()
        return self._register.all(Pairing.select().where(lasting).order_by(Pairing.uid))
