"""Keeping in touch: promises, contacts, and who had none for a month, on both engines."""

import datetime

import pytest

from gridapp.errors import UserError
from gridapp.households import editing, history
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.store import undo
from gridapp.store.changes import Conflict
from gridapp.store.check import check
from gridapp.teams import pairing
from gridapp.teams import pairing_contacts as contacts
from gridapp.teams.model import PairingContact
from gridapp.teams.pairing_contacts import Listing, PairingFilter, Which
from tests import factories as make

TODAY = datetime.date.today()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def home(engine_register: Register) -> Uid:
    grid = make.make_grid(engine_register)
    return make.make_household(engine_register, grid, building="3", entrance="2", room="501", head="马玉兰")


def paired(register: Register, home: Uid, name: str = "小刘", days: int = 100, **values) -> Uid:
    member = make.make_member(register, name=name)
    return make.make_pairing(register, member, home, since=TODAY - days * DAY, **values)


def days(register: Register, code: str = make.GRID[:6], **wanted) -> dict[str, int]:
    listing = Listing(register, PairingFilter(code, **wanted), TODAY)
    return {row.member: row.days(TODAY) for row in listing.page(0, 50)}


def test_a_contact_is_one_step_that_undo_takes_back(engine_register: Register, home: Uid) -> None:
    uid = paired(engine_register, home)
    _contact, told = contacts.contact(engine_register, uid, "电话", note=" 一切都好 ")
    assert undo.undoable(engine_register) == told == "登记小刘与3号楼2门501 马玉兰的联系（电话）"
    (found,) = contacts.contacts_of(engine_register, uid, 5)
    assert (found.contacted_on, found.how, found.note) == (TODAY, "电话", "一切都好")
    assert history.entries(engine_register, home, 1)[0].lines == ("登记联系：小刘",)
    undo.undo(engine_register)
    assert contacts.contacts_of(engine_register, uid, 5) == []
    assert check(engine_register) == []


def test_what_cannot_be_is_refused(engine_register: Register, home: Uid) -> None:
    uid = paired(engine_register, home, days=10)
    with pytest.raises(UserError, match="还没有到"):
        contacts.contact(engine_register, uid, "上门", TODAY + DAY)
    with pytest.raises(UserError, match="联系日期不能更早"):
        contacts.contact(engine_register, uid, "上门", TODAY - 11 * DAY)
    with pytest.raises(UserError, match="之一"):
        contacts.contact(engine_register, uid, "飞鸽")
    with pytest.raises(UserError, match="最多2,000个字，现有2,001个"):
        contacts.contact(engine_register, uid, "上门", note="字" * 2_001)
    pairing.end(engine_register, uid)
    with pytest.raises(UserError, match="已经解除"):
        contacts.contact(engine_register, uid, "上门")
    with pytest.raises(UserError, match="已被撤销"):
        contacts.contact(engine_register, b"0" * 16, "上门")
    assert engine_register.all(PairingContact.select()) == []


def test_the_last_contact_counts_a_visit_of_the_member_and_of_nobody_else(engine_register: Register, home: Uid) -> None:
    uid = paired(engine_register, home, "小刘", days=100)
    other = paired(engine_register, home, "刘", days=40)
    assert days(engine_register) == {"小刘": 100, "刘": 40}
    make.make_visit(engine_register, home, visited_on=TODAY - 20 * DAY, members="老何、小刘")
    make.make_visit(engine_register, home, visited_on=TODAY - 5 * DAY, members="小刘子、老何")
    assert days(engine_register) == {"刘": 40, "小刘": 20}
    contacts.contact(engine_register, other, "微信", TODAY - 3 * DAY)
    assert days(engine_register) == {"小刘": 20, "刘": 3}
    assert [(one.how, one.uid is None) for one in contacts.contacts_of(engine_register, uid, 5)] == [("走访", True)]
    last = {one.name: one.last_on for one in pairing.of_household(engine_register, home)}
    assert last == {"小刘": TODAY - 20 * DAY, "刘": TODAY - 3 * DAY}
    make.make_visit(engine_register, home, visited_on=TODAY - 150 * DAY, members="小刘")  # before they were paired
    assert len(contacts.contacts_of(engine_register, uid, 5)) == 1


def test_contact_is_said_in_words() -> None:
    since = TODAY - 32 * DAY
    assert contacts.contact_text(since, None, TODAY) == "32天未联系"
    assert contacts.contact_text(since, TODAY - 30 * DAY, TODAY) == "30天未联系"
    assert contacts.contact_text(since, TODAY - 29 * DAY, TODAY) == "29天前联系"
    assert contacts.contact_text(since, TODAY, TODAY) == "今天联系过"
    assert contacts.contact_text(TODAY - DAY, None, TODAY) == "还没有联系"


def test_an_area_lists_those_without_contact_for_longest_first(engine_register: Register, home: Uid) -> None:
    other = make.make_grid(engine_register, "120104003001004")
    elsewhere = make.make_household(engine_register, other, head="杨柳", room="701")
    paired(engine_register, home, "甲", days=31)
    paired(engine_register, elsewhere, "乙", days=90)
    paired(engine_register, home, "丙", days=29)
    paired(engine_register, home, "丁", days=200, until=TODAY - 100 * DAY)
    assert days(engine_register) == {"乙": 90, "甲": 31, "丙": 29}
    assert days(engine_register, which=Which.DUE) == {"乙": 90, "甲": 31}
    assert list(days(engine_register, which=Which.ENDED)) == ["丁"]
    assert days(engine_register, make.GRID) == {"甲": 31, "丙": 29}
    assert days(engine_register, text="杨柳") == days(engine_register, text="701 乙") == {"乙": 90}
    for which in Which:
        assert Listing(engine_register, PairingFilter(make.GRID[:9], which), TODAY).due == 2
    due = contacts.contacts_due(engine_register, make.GRID[:9], TODAY, 1)
    assert ([row.member for row in due.pairings], due.due) == (["乙"], 2)
    (row,) = due.pairings
    assert (row.household, row.area_code, row.head) == (elsewhere, "120104003001004", "杨柳")


def test_promises_are_kept_a_line_each_and_not_written_over(engine_register: Register, home: Uid) -> None:
    member = make.make_member(engine_register, name="小刘")
    make.make_service(engine_register, member, make.tree.find(engine_register, make.GRID).uid)
    uid, _told = pairing.pair(engine_register, member, home, promises=" 每周 送菜\n\n陪同就医 ")
    (one,) = pairing.of_household(engine_register, home)
    assert one.promises == "每周 送菜\n陪同就医"
    contacts.promise(engine_register, uid, "每天打电话", one.promises)
    assert history.entries(engine_register, home, 1)[0].lines == ("小刘 承诺：每周 送菜\n陪同就医 → 每天打电话",)
    with pytest.raises(Conflict):
        contacts.promise(engine_register, uid, "别的", one.promises)
    with pytest.raises(UserError, match="承诺最多"):
        contacts.promise(engine_register, uid, "字" * 2_001, "每天打电话")


def test_a_deleted_household_takes_its_contacts_along_and_brings_them_back(
    engine_register: Register, home: Uid
) -> None:
    uid = paired(engine_register, home)
    contacts.contact(engine_register, uid, "上门")
    editing.delete(engine_register, [home])
    assert engine_register.all(PairingContact.select()) == []
    undo.undo(engine_register)
    assert len(contacts.contacts_of(engine_register, uid, 5)) == 1
    assert check(engine_register) == []
