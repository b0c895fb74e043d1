"""Packs and reports of emergencies as PDF files: who is called stands there, those in need first."""

import datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from exports.emergencies import export_after_action, export_emergency_pack
from gridapp.emergency import activation, calls, pack, running, standing_down
from gridapp.emergency.model import NEEDS_HELP
from gridapp.errors import Cancelled, UserError
from gridapp.ids import Uid
from gridapp.progress import CancelToken
from gridapp.register import Register
from tests import factories as make
from tests.gridapp.emergency.scene import COMMUNITY, Scene, community

BEGAN = datetime.datetime.now().replace(second=0, microsecond=0) - datetime.timedelta(minutes=30)


@pytest.fixture
def scene(register: Register) -> Scene:
    return community(register, 2)


@pytest.fixture
def emergency(register: Register, scene: Scene) -> Uid:
    return activation.activate(register, COMMUNITY, "flood", "3号楼进水", BEGAN).uid


def _text(path: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(path).pages]


def test_a_pack_holds_steps_people_rota_and_whom_to_call(
    register: Register, scene: Scene, emergency: Uid, tmp_path: Path
) -> None:
    calls.record(register, emergency, scene.homes[0][0], NEEDS_HELP, "要转移")
    report = export_emergency_pack(register, emergency, COMMUNITY, tmp_path)
    (path,) = report.paths
    pages = _text(path)
    text = "\n".join(pages)
    assert path.name.startswith("紫光苑社区防汛排涝应急包") and report.rows == 12 and report.pages == len(pages)
    for said in ("处置步骤", "联系人", "值守表", "联系名单 · 第1网格", "3号楼进水", "张书记", "13800000001"):
        assert said in text
    assert all("请妥善保管，不得外传" in page for page in pages)
    first = next(page for page in pages if "联系名单 · 第1网格" in page)
    places = [first.index(name) for name in ("马11", "马12", "马13", "马14")]
    assert places == sorted(places) and "需要帮助" in first and first.count("□") >= 18
    drawn = next(page for page in pages if "网格分色管理图 · 第1网格" in page and "3号楼" in page)
    assert drawn.count("先") - drawn.count("先联系") == 4 and "先联系 3" in drawn
    alone = pack.assemble(register, emergency, scene.codes[1], only_first=True)
    assert (alone.place, alone.households, alone.first) == ("紫光苑社区第2网格", 3, 3)
    assert {one.place for one in alone.contacts} == {"紫光苑社区", "第2网格"}
    with pytest.raises(UserError, match="按网格或社区"):
        pack.assemble(register, emergency, COMMUNITY[:9])


def test_a_tower_stands_whole_on_an_upright_page_among_broad_ones(
    register: Register, scene: Scene, emergency: Uid, tmp_path: Path
) -> None:
    for storey in range(1, 34):
        make.make_household(register, scene.grids[1], building="9号楼", entrance="1门", room=f"{storey}01")
    (path,) = export_emergency_pack(register, emergency, COMMUNITY, tmp_path).paths
    pages = [(page.extract_text(), page.mediabox) for page in PdfReader(path).pages]
    upright = [text for text, box in pages if box.height > box.width]
    assert upright and all("网格分色管理图 · 第2网格" in text for text in upright)
    (drawn,) = [text for text in upright if "3301" in text and "101" in text]
    assert "9号楼（1/2）" not in drawn and sum("3301" in text for text, box in pages if box.width > box.height) == 1
    assert pages[-1][1].width > pages[-1][1].height


def test_what_is_to_be_learned_is_printed_with_its_course(
    register: Register, scene: Scene, emergency: Uid, tmp_path: Path
) -> None:
    calls.record(register, emergency, scene.homes[0][0], "reached", at=BEGAN + datetime.timedelta(minutes=12))
    standing_down.stand_down(register, emergency, "积水已退")
    (path,) = export_after_action(register, emergency, tmp_path).paths
    text = "\n".join(_text(path))
    for said in ("应急处置复盘", "12分", "首次联系上用时", "积水已退", "首次联系：3号楼2门101 马11", "处置经过"):
        assert said in text


def test_what_is_stopped_leaves_nothing(register: Register, emergency: Uid, tmp_path: Path) -> None:
    stopped = CancelToken()
    stopped.cancel()
    with pytest.raises(Cancelled):
        export_emergency_pack(register, emergency, COMMUNITY, tmp_path, cancel=stopped)
    late = CancelToken()
    with pytest.raises(Cancelled):  # by somebody who has seen that it is drawn
        export_emergency_pack(
            *(register, emergency, COMMUNITY, tmp_path),
            progress=lambda done, _total, message: late.cancel() if done and message == "印制应急包" else None,
            cancel=late,
        )
    assert not list(tmp_path.rglob("*.pdf"))
    assert running.active(register)
