"""Attachments are added, renamed and taken away with their undo, on both engines."""

from pathlib import Path

import pytest

from gridapp.attachments import changing
from gridapp.attachments.listing import attached_to, counts
from gridapp.attachments.model import Attachment
from gridapp.attachments.preparing import prepared
from gridapp.errors import Cancelled, UserError
from gridapp.ids import new_uid
from gridapp.progress import CancelToken
from gridapp.register import Register
from gridapp.store import contents, dialects
from gridapp.store.check import check
from gridapp.store.undo import redo, undo
from tests.gridapp.attachments import files

PHOTO = ("楼道.jpg", files.picture())


def names(register: Register, owner: bytes) -> list[str]:
    return [one.name for one in attached_to(register, owner)]


def test_a_file_is_added_with_its_content_and_taken_back_and_added_again(
    engine_register: Register, tmp_path: Path
) -> None:
    register, owner = engine_register, new_uid()
    path = tmp_path / PHOTO[0]
    path.write_bytes(PHOTO[1])
    changing.add(register, "issue", owner, path)
    (one,) = attached_to(register, owner)
    assert (one.name, one.kind, one.size, one.width, one.height) == (PHOTO[0], "image/jpeg", len(PHOTO[1]), 240, 160)
    assert contents.read(register, one.digest) == PHOTO[1]
    assert one.thumbnail is not None and contents.exists(register, one.thumbnail)
    assert {one.digest, one.thumbnail} == set(contents.each(register))
    assert undo(register) == "添加楼道.jpg"
    assert names(register, owner) == [] and check(register) == []
    redo(register)
    assert attached_to(register, owner) == [one]
    assert check(register) == []


def test_the_same_content_is_kept_once_however_often_it_is_added(engine_register: Register) -> None:
    owners = [new_uid(), new_uid()]
    for owner in owners:
        changing.add(engine_register, "issue", owner, PHOTO)
    assert len(list(contents.each(engine_register))) == 2  # the photograph and its thumbnail
    assert counts(engine_register, [*owners, new_uid()]) == dict.fromkeys(owners, 1)


def test_what_a_recording_adds_is_part_of_it_and_goes_with_it(engine_register: Register) -> None:
    register, owner = engine_register, new_uid()
    with pytest.raises(ZeroDivisionError), register.recording("登记") as recording:
        changing.add(recording, "issue", owner, prepared(PHOTO))
        _ = 1 / 0
    assert names(register, owner) == [] and check(register) == []
    with register.recording("登记民意") as recording:
        for number in range(3):
            changing.add(recording, "issue", owner, (f"{number}.jpg", PHOTO[1]))
    assert names(register, owner) == ["0.jpg", "1.jpg", "2.jpg"]
    assert undo(register) == "登记民意"
    assert names(register, owner) == []


def test_one_refused_file_does_not_stop_the_others(engine_register: Register, tmp_path: Path) -> None:
    register, owner, told = engine_register, new_uid(), []
    sources = [PHOTO, ("病毒.exe", b"MZ" + bytes(60)), tmp_path / "缺.jpg", ("通知.pdf", files.PDF)]
    added = changing.add_all(register, "visit", owner, sources, lambda *step: told.append(step))
    assert (added.label, len(added.uids), len(added.refused)) == ("添加2个附件", 2, 2)
    assert names(register, owner) == ["楼道.jpg", "通知.pdf"]
    assert told[0] == (0, 4, "添加 楼道.jpg") and len(told) == 4
    assert undo(register) == "添加2个附件" and names(register, owner) == []
    assert changing.add_all(register, "visit", owner, sources[1:3]).label == ""


def test_adding_that_is_cancelled_adds_nothing(register: Register) -> None:
    owner, cancel = new_uid(), CancelToken()
    with pytest.raises(Cancelled):
        changing.add_all(register, "visit", owner, [PHOTO, PHOTO], lambda *_step: cancel.cancel(), cancel)
    assert names(register, owner) == []


def test_a_name_is_changed_and_its_ending_stays(engine_register: Register) -> None:
    register, owner = engine_register, new_uid()
    uid = changing.add(register, "issue", owner, PHOTO)
    for typed, kept in (("三层灯", "三层灯.jpg"), (" 四层灯.jpg ", "四层灯.jpg"), ("a/b.exe", "b.exe.jpg")):
        changing.rename(register, uid, typed)
        assert names(register, owner) == [kept]
    with pytest.raises(UserError, match="名称"):
        changing.rename(register, uid, "  ")
    changing.describe(register, uid, " 修好以后 ")
    assert attached_to(register, owner)[0].note == "修好以后"
    assert undo(register) == "说明b.exe.jpg"
    assert undo(register) == "附件改名为b.exe.jpg"
    assert names(register, owner) == ["四层灯.jpg"]


def test_attachments_are_taken_away_and_come_back(engine_register: Register) -> None:
    register, owner = engine_register, new_uid()
    uids = [changing.add(register, "issue", owner, (f"{number}.jpg", PHOTO[1])) for number in range(3)]
    assert changing.remove(register, uids[:1]) == "删除0.jpg"
    assert changing.remove(register, uids[1:]) == "删除2个附件"
    assert names(register, owner) == [] and check(register) == []
    with pytest.raises(UserError, match="已被删除"):
        changing.remove(register, uids[:1])
    with pytest.raises(UserError, match="已被删除"):
        changing.rename(register, uids[0], "名")
    undo(register)
    assert names(register, owner) == ["1.jpg", "2.jpg"] and check(register) == []


def test_what_belongs_to_a_record_goes_and_comes_back_with_it(engine_register: Register) -> None:
    register, owners = engine_register, [new_uid(), new_uid()]
    for owner in owners:
        changing.add(register, "issue", owner, PHOTO)
    with register.recording("删除民意") as recording:
        assert changing.remove_with(recording, owners[:1]) == 1
    assert [names(register, owner) for owner in owners] == [[], ["楼道.jpg"]]
    undo(register)
    assert names(register, owners[0]) == ["楼道.jpg"]


def test_those_of_a_record_are_found_by_an_index(engine_register: Register) -> None:
    query = Attachment.select().where(Attachment.owner == new_uid())
    if engine_register.path is not None:
        assert "attachment_owner" in dialects.explain(engine_register.db, query)
