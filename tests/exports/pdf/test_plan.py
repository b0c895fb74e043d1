"""Work plan and task list in the handbook: all of the text is there, in its face and in its order."""

import datetime
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from exports.fonts.pdf import BOLD, REGULAR
from exports.pdf.furniture import BOTTOM, LEFT, RIGHT
from exports.pdf.handbook import write_handbook
from exports.pdf.plan import broken, work_plan
from exports.pdf.typesetting import Typesetter
from gridapp.handbook.content import TaskLine, WorkPlan
from gridapp.tasks.plan_text import Block, Kind, Run, joined, parse
from tests.exports.pdf.books import book, entry

PLAN = WorkPlan(
    "第三网格日常工作方案",
    "兴南街道",
    datetime.date(2020, 6, 1),
    tuple(parse("## 一、目标\n人在**格中走**，事在格中办。\n- 每天巡查\n- 每周走访\n\n1. 先登记\n2. 再办理")),
)
TASK = TaskLine("清理楼道堆物", "小刘", datetime.date(2020, 9, 2), "每周", "进行中 40%", "紫光苑社区", "三号楼先做")
RUNS = st.lists(
    st.builds(Run, st.text(st.sampled_from("网格走访，。）（ 12aB{}"), max_size=30), st.booleans()), max_size=5
).map(joined)


def test_plan_and_tasks_stand_behind_the_team_and_in_the_contents(tmp_path) -> None:
    own = replace(TASK, source="", due_on=None, note="", rule="", title="走访孤老户")
    write_handbook(book(entry(), plan=PLAN, tasks=(TASK, own)), tmp_path / "手册.pdf")
    reader = PdfReader(tmp_path / "手册.pdf")
    texts = [page.extract_text() for page in reader.pages]
    assert all(name in texts[1] for name in ("网格服务队", "工作方案", "任务清单"))
    assert [item.title for item in reader.outline if not isinstance(item, list)][2:5] == [
        "网格服务队",
        "工作方案",
        "任务清单",
    ]
    plan, tasks = texts[4], texts[5]
    for line in ("兴南街道布置，本网格沿用", "自 2020-06-01 起", "第三网格日常工作方案", "一、目标", "每周走访", "2."):
        assert line in plan
    assert "人在格中走，事在格中办。" in plan.replace("\n", "")
    for word in ("2 项任务，其中 1 项由上级布置", "清理楼道堆物", "小刘", "2020-09-02", "每周", "进行中 40%"):
        assert word in tasks
    assert "三号楼先做" in tasks and "紫光苑社区" in tasks and "本网格" in tasks


def test_a_handbook_without_them_has_no_pages_for_them(tmp_path) -> None:
    write_handbook(book(entry()), tmp_path / "手册.pdf")
    texts = "".join(page.extract_text() for page in PdfReader(tmp_path / "手册.pdf").pages)
    assert "工作方案" not in texts and "任务清单" not in texts


def test_a_long_plan_goes_on_over_pages_and_no_heading_stands_alone_at_the_foot() -> None:
    blocks = [Block(Kind.TEXT, (Run("走访登记" * 40),)), Block(Kind.HEADING, (Run("标题"),), 2)] * 30
    flow = work_plan(Typesetter(), replace(PLAN, blocks=(*blocks, Block(Kind.TEXT, (Run("完"),)))))
    assert len(flow.pages) > 2
    for page in flow.pages:
        assert all(LEFT <= x <= RIGHT and y >= BOTTOM for _style, x, y, _text in page.texts)
        (font, _size, _colour), _x, _y, last = page.texts[-1]
        assert (font, last) != (BOLD, "标题")


@given(RUNS, st.integers(60, 400), st.sampled_from([0, 2]))
def test_broken_runs_keep_every_character_and_its_face_within_the_measure(
    runs: tuple[Run, ...], width: int, indent: int
) -> None:
    typesetter = Typesetter()
    lines = broken(typesetter, runs, width, 10, indent)
    assert _faces(run for line in lines for run in line) == _faces(runs)
    for position, line in enumerate(lines):
        used = sum(typesetter.width(run.text, BOLD if run.bold else REGULAR, 10) for run in line)
        assert used + (indent * 10 if not position else 0) <= width + 1e-6


def _faces(runs) -> list[tuple[str, bool]]:
    return [(character, run.bold) for run in runs for character in run.text if not character.isspace()]
