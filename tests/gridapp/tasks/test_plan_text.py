"""The text of a plan: what is written is read as it was, whatever stands in it."""

from hypothesis import given
from hypothesis import strategies as st

from gridapp.tasks.plan_text import LEVELS, Block, Kind, Run, fill, filled, joined, parse, plain, write

TEXTS = st.text(st.sampled_from("网格走访1.)-+#*\\_{} 　，。a"), max_size=12) | st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=12
)
RUNS = st.lists(st.builds(Run, TEXTS, st.booleans()), max_size=4).map(joined).filter(bool)
BLOCKS = st.one_of(
    st.builds(lambda runs, level: Block(Kind.HEADING, runs, level), RUNS, st.integers(1, LEVELS)),
    st.builds(Block, st.sampled_from([Kind.TEXT, Kind.BULLET, Kind.NUMBER]), RUNS),
)


def test_headings_lists_and_bold_are_read() -> None:
    assert parse("## 一、**目标**\n\n入格\n- 甲\n* 乙\n1. 丙**丁**\n\n") == [
        Block(Kind.HEADING, (Run("一、"), Run("目标", True)), 2),
        Block(Kind.TEXT, (Run("入格"),)),
        Block(Kind.BULLET, (Run("甲"),)),
        Block(Kind.BULLET, (Run("乙"),)),
        Block(Kind.NUMBER, (Run("丙"), Run("丁", True))),
    ]


def test_what_is_no_markdown_is_text() -> None:
    for text in ("2 * 3", "<b>粗</b>", "5.1节前", "#号楼", "**没有结尾", "-5度", "![](a.png)"):
        assert plain(text) == text


def test_fields_are_filled_in_and_those_that_nobody_knows_stay() -> None:
    values = {"网格": "第三网格"}
    assert filled("{网格}的{网长}", values) == "第三网格的{网长}"
    assert plain(write(fill(parse("## {网格}"), values))) == "第三网格"


@given(st.lists(BLOCKS, max_size=6))
def test_what_is_written_is_read_as_it_was(blocks: list[Block]) -> None:
    assert parse(write(blocks)) == blocks


@given(st.text())
def test_whatever_is_typed_has_one_way_to_be_written(text: str) -> None:
    once = write(parse(text))
    assert write(parse(once)) == once
