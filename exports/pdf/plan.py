"""The work plan and the task list of a handbook."""

from collections.abc import Sequence

from exports.fonts.pdf import BOLD, REGULAR
from exports.look import INK, SECONDARY
from exports.pdf.flow import Flow
from exports.pdf.furniture import LEFT, RIGHT, TOP, Section
from exports.pdf.page import Bookmark, Page, Style
from exports.pdf.table import Column, Row, Table
from exports.pdf.typesetting import Typesetter, wrap
from gridapp.handbook.content import Handbook, TaskLine, WorkPlan
from gridapp.tasks.plan_text import Block, Kind, Run

_TITLE: Style = (BOLD, 19, INK)
_QUIET: Style = (REGULAR, 8.5, SECONDARY)
_SIZE = 10.5
_LEADING = 18.5
_HEADINGS = {1: 14.0, 2: 12.0, 3: 10.5}
_BEFORE_HEADING = 12.0
_AFTER_HEADING = 5.0
_AFTER_TEXT = 4.0
_HANGING = 20.0
"""How far the entries of a list stand in."""

_WIDE = "一"
"""Stands for an indent of one character while lines are broken."""

Line = Sequence[Run]


def work_plan(typesetter: Typesetter, plan: WorkPlan) -> Flow:
    """The plan with its headings and lists, from whom it comes and since when it holds."""
    flow = Flow(Section("工作方案"))
    flow.new_page()
    flow.page.bookmarks.append(Bookmark("plan", "工作方案", 0))
    typesetter.put(flow.page, _TITLE, LEFT, TOP - 20, "工作方案")
    comes = f"{plan.source}布置，本网格沿用" if plan.source else "本网格的方案"
    since = f"自 {plan.since.isoformat()} 起" if plan.since else ""
    typesetter.put(flow.page, _QUIET, LEFT, TOP - 40, "  ·  ".join(filter(None, (comes, since))))
    flow.y = TOP - 50
    _put_block(flow, typesetter, Block(Kind.HEADING, (Run(plan.title),), 1), 0)
    number = 0
    for block in plan.blocks:
        number = number + 1 if block.kind is Kind.NUMBER else 0
        _put_block(flow, typesetter, block, number)
    return flow


def task_list(typesetter: Typesetter, handbook: Handbook) -> Flow:
    """What is to be done, a line each; what was ordered from above says by whom."""
    columns = (
        Column("任务", 172, strong=True),
        Column("负责人", 88),
        Column("期限", 62),
        Column("重复", 46),
        Column("进度", 64),
        Column("布置", 63),
    )
    table = Table(typesetter, columns)
    flow = Flow(Section("任务清单"), table.head)
    flow.pages.append(Page())
    flow.sections.append(flow.section)
    page = flow.page
    page.bookmarks.append(Bookmark("tasks", "任务清单", 0))
    typesetter.put(page, _TITLE, LEFT, TOP - 20, "任务清单")
    above = sum(bool(task.source) for task in handbook.tasks)
    told = f"到 {handbook.issued_on.isoformat()} 还没有完成的 {len(handbook.tasks)} 项任务"
    typesetter.put(page, _QUIET, LEFT, TOP - 40, f"{told}，其中 {above} 项由上级布置。" if above else f"{told}。")
    flow.y = table.head(page, TOP - 54)
    for task in handbook.tasks:
        texts = _texts(task)
        cells = [table.broken(text, column) if text else [] for column, text in enumerate(texts)]
        table.add(flow, Row(cells, table.broken_below(task.note) if task.note else []))
    return flow


def _texts(task: TaskLine) -> tuple[str, ...]:
    due = task.due_on.isoformat() if task.due_on else ""
    return task.title, task.who, due, task.rule, task.state, task.source or "本网格"


def _put_block(flow: Flow, typesetter: Typesetter, block: Block, number: int) -> None:
    is_heading = block.kind is Kind.HEADING
    size = _HEADINGS[block.level] if is_heading else _SIZE
    leading = size * _LEADING / _SIZE
    runs = [Run(run.text, True) for run in block.runs] if is_heading else block.runs
    hanging = _HANGING if block.kind in (Kind.BULLET, Kind.NUMBER) else 0.0
    indent = 2 if block.kind is Kind.TEXT else 0  # as Chinese paragraphs begin
    lines = broken(typesetter, runs, RIGHT - LEFT - hanging, size, indent)
    if is_heading and not flow.at_top:
        flow.y -= _BEFORE_HEADING
    if is_heading:
        flow.need(leading * len(lines) + 2 * _LEADING)  # with a line of what stands under it
    for position, line in enumerate(lines):
        flow.need(leading)
        flow.y -= leading
        baseline = flow.y + 0.3 * size
        if hanging and not position:
            mark = f"{number}." if number else "•"
            typesetter.put_right(flow.page, (REGULAR, size, INK), LEFT + hanging - 6, baseline, mark)
        _put_line(flow.page, typesetter, line, LEFT + hanging + (indent * size if not position else 0), baseline, size)
    flow.y -= _AFTER_HEADING if is_heading else _AFTER_TEXT


def _put_line(page: Page, typesetter: Typesetter, line: Line, x: float, y: float, size: float) -> None:
    for run in line:
        font = BOLD if run.bold else REGULAR
        typesetter.put(page, (font, size, INK), x, y, run.text)
        x += typesetter.width(run.text, font, size)


def broken(typesetter: Typesetter, runs: Sequence[Run], width: float, size: float, indent: int = 0) -> list[Line]:
    """Runs broken into lines no wider than ``width`` points.

    Args:
        indent: by how many characters the first line stands in.
    """
    text = "".join(run.text for run in runs)
    bold = [run.bold for run in runs for _ in run.text]
    font = BOLD if any(bold) else REGULAR  # whose Latin is the wider
    lines = wrap(_WIDE * indent + text, typesetter.typeface.widths[font], width / size)
    lines[0] = lines[0][indent:]
    found: list[Line] = []
    at = 0
    for line in lines:
        parts: list[Run] = []
        for character in line:
            while text[at] != character:  # blanks at the ends of lines are gone
                at += 1
            if parts and parts[-1].bold == bold[at]:
                parts[-1] = Run(parts[-1].text + character, bold[at])
            else:
                parts.append(Run(character, bold[at]))
            at += 1
        found.append(parts)
    return found
