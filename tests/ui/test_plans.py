"""Reading and writing work plans: from a template, inherited, replaced, given back, with the bar and by keys."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridapp.register import open_register
from gridapp.tasks import plan_text, plans
from gridapp.tasks.plan_text import Block, Kind, Run, joined
from gridapp.tasks.plans import PlanDraft
from tests.ui import people
from tests.ui.driving import CONTROL, LEFT, retype, settle, type_text
from ui.main_window import MainWindow
from ui.tabs import Tab
from ui.tasks import plan_document
from ui.tasks.plan_page import PlanPage

ENTER = Qt.Key.Key_Return


@pytest.fixture
def window(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window on the plan of 第三网格; there is none yet."""
    window.show_tab(Tab.TASKS)
    window.tasks_tab.page.show_plan(True)
    settle(qtbot, window)
    return window


def page(window: MainWindow) -> PlanPage:
    return window.tasks_tab.page.plan


def go(qtbot: QtBot, window: MainWindow, code: str) -> None:
    window.dock.choose(window.dock.model.find(code))
    settle(qtbot, window)


def write_above(qtbot: QtBot, window: MainWindow, title: str = "{社区}方案", body: str = "## 目标\n看{网格}") -> None:
    plans.save(window.register, window.node.parent.uid, PlanDraft(title, body))
    settle(qtbot, window)


def test_a_plan_is_written_from_a_template_and_read_with_its_fields_filled_in(window: MainWindow, qtbot: QtBot) -> None:
    assert page(window).currentWidget() is page(window).empty
    page(window)._templates.actions()[0].trigger()
    editor = page(window).editor
    assert editor.title.text() == "{网格}日常工作方案" and editor.text.hasFocus()
    qtbot.keyClick(editor.text, Qt.Key.Key_S, CONTROL)
    settle(qtbot, window)
    assert not page(window).is_edited
    assert page(window).title.text() == "第三网格日常工作方案"
    assert page(window).source.text() == "第三网格自己的方案"
    assert "网格员（网格小刘）" in page(window).text.toPlainText()
    assert window.status.notice() == "已编写第三网格的工作方案"
    assert plans.plan_of(window.register, people.THIRD).body == plans.templates()[0].body
    window.undo()
    settle(qtbot, window)
    assert page(window).currentWidget() is page(window).empty


def test_an_inherited_plan_says_where_it_comes_from_and_can_be_replaced_and_taken_up_again(
    window: MainWindow, qtbot: QtBot
) -> None:
    write_above(qtbot, window)
    assert (page(window).title.text(), page(window).source.text()) == ("紫光苑社区方案", "来自 紫光苑社区")
    assert page(window).text.toPlainText() == "目标\n看第三网格"
    qtbot.mouseClick(page(window).replace_button, LEFT)
    retype(qtbot, page(window).editor.title, "三格方案")
    qtbot.mouseClick(page(window).editor.save, LEFT)
    settle(qtbot, window)
    assert (page(window).title.text(), page(window).source.text()) == ("三格方案", "第三网格自己的方案")
    go(qtbot, window, people.FOURTH)
    assert page(window).source.text() == "来自 紫光苑社区"
    go(qtbot, window, people.THIRD)
    qtbot.mouseClick(page(window).give_up_button, LEFT)
    settle(qtbot, window)
    assert page(window).source.text() == "来自 紫光苑社区"
    window.undo()
    settle(qtbot, window)
    assert page(window).title.text() == "三格方案"


def test_an_inherited_plan_is_edited_at_its_source(window: MainWindow, qtbot: QtBot) -> None:
    write_above(qtbot, window)
    assert page(window).edit_button.text() == "到紫光苑社区修改"
    qtbot.mouseClick(page(window).edit_button, LEFT)
    settle(qtbot, window)
    assert window.node.code == people.COMMUNITY and page(window).is_edited
    assert page(window).editor.title.text() == "{社区}方案"
    qtbot.keyClick(page(window).editor.text, Qt.Key.Key_Escape)
    assert not page(window).is_edited


def test_headings_lists_and_bold_are_made_by_the_bar_and_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    page(window).write()
    editor = page(window).editor
    text = editor.text
    assert editor.title.hasFocus()
    text.setFocus()
    qtbot.mouseClick(editor.buttons[Kind.HEADING, 2], LEFT)
    type_text(qtbot, text, "目标")
    qtbot.keyClick(text, ENTER)
    type_text(qtbot, text, "人在")
    qtbot.keyClick(text, Qt.Key.Key_B, CONTROL)
    assert editor.buttons["bold"].isChecked()
    type_text(qtbot, text, "格中")
    qtbot.keyClick(text, Qt.Key.Key_B, CONTROL)
    type_text(qtbot, text, "走")
    qtbot.keyClick(text, ENTER)
    qtbot.mouseClick(editor.buttons[Kind.BULLET, 0], LEFT)
    type_text(qtbot, text, "甲")
    qtbot.keyClick(text, ENTER)
    type_text(qtbot, text, "乙")
    qtbot.keyClick(text, ENTER)
    qtbot.keyClick(text, ENTER)  # an empty entry ends the list
    qtbot.mouseClick(editor.buttons[Kind.NUMBER, 0], LEFT)
    type_text(qtbot, text, "丙")
    assert text.markdown() == "## 目标\n\n人在**格中**走\n\n- 甲\n- 乙\n\n1. 丙"
    qtbot.mouseClick(editor.buttons[Kind.NUMBER, 0], LEFT)
    assert text.markdown().endswith("- 乙\n\n丙")
    editor.fields.actions()[0].trigger()
    assert text.markdown().endswith("丙{网格}")


def test_what_is_pasted_comes_without_its_looks(window: MainWindow, qtbot: QtBot) -> None:
    page(window).write()
    text = page(window).editor.text
    pasted = QMimeData()
    pasted.setHtml("<h1>大</h1><script>x</script><p style='color:red'>红</p>")
    pasted.setText("大\n红")
    QApplication.clipboard().setMimeData(pasted)
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_V, CONTROL)
    assert text.markdown() == "大\n\n红"


def test_an_empty_plan_is_refused_and_what_was_written_stays(window: MainWindow, qtbot: QtBot) -> None:
    page(window).write()
    editor = page(window).editor
    type_text(qtbot, editor.text, "正文")
    qtbot.mouseClick(editor.save, LEFT)
    assert window.status.notice() == "请填写工作方案的标题。"
    assert page(window).is_edited and editor.text.toPlainText() == "正文"
    go(qtbot, window, people.FOURTH)
    assert not page(window).is_edited
    go(qtbot, window, people.THIRD)
    assert page(window).is_edited and editor.text.toPlainText() == "正文"


def test_what_was_written_is_stored_when_one_goes_elsewhere(window: MainWindow, qtbot: QtBot) -> None:
    write_above(qtbot, window)
    page(window).replace()
    retype(qtbot, page(window).editor.title, "三格方案")
    go(qtbot, window, people.FOURTH)
    assert plans.plan_of(window.register, people.THIRD).title == "三格方案"
    assert page(window).source.text() == "来自 紫光苑社区"


def test_what_could_not_be_stored_is_stored_with_all_of_it_once_one_has_come_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    since = datetime.date(2020, 6, 1)
    plans.save(window.register, window.node.uid, PlanDraft("一", "正文", since, "附注"))
    settle(qtbot, window)
    qtbot.mouseClick(page(window).edit_button, LEFT)
    editor = page(window).editor
    retype(qtbot, editor.title, "二")
    retype(qtbot, editor.since, "32号")
    go(qtbot, window, people.FOURTH)
    assert "“32号”看不懂" in window.status.notice()
    go(qtbot, window, people.THIRD)
    assert page(window).is_edited and editor.title.text() == "二"
    qtbot.mouseClick(editor.save, LEFT)
    settle(qtbot, window)
    plan = plans.plan_of(window.register, people.THIRD)
    assert (plan.title, plan.since, plan.note) == ("二", since, "附注")


def test_what_was_written_is_not_gone_by_one_key(window: MainWindow, qtbot: QtBot) -> None:
    page(window).write()
    editor = page(window).editor
    type_text(qtbot, editor.title, "方案")
    type_text(qtbot, editor.text, "写了很久")
    qtbot.keyClick(editor.text, Qt.Key.Key_Escape)
    assert not page(window).is_edited and window.status.notice() == "工作方案没有保存"
    qtbot.mouseClick(window.status._act, LEFT)
    assert page(window).is_edited and editor.text.toPlainText() == "写了很久"
    qtbot.keyClick(editor.text, Qt.Key.Key_Escape)
    go(qtbot, window, people.FOURTH)
    page(window).take_up()
    settle(qtbot, window)
    assert window.node.code == people.THIRD and editor.title.text() == "方案"
    window.close()
    with open_register(window.register.url) as again:
        assert plans.plan_of(again, people.THIRD).body == "写了很久"


def test_what_a_colleague_wrote_meanwhile_is_not_written_over(window: MainWindow, qtbot: QtBot) -> None:
    plans.save(window.register, window.node.uid, PlanDraft("一", "正文"))
    settle(qtbot, window)
    qtbot.mouseClick(page(window).edit_button, LEFT)
    with open_register(window.register.url) as colleague:
        plans.save(colleague, window.node.uid, PlanDraft("同事的", "正文"), PlanDraft("一", "正文"))
    retype(qtbot, page(window).editor.title, "我的")
    qtbot.mouseClick(page(window).editor.save, LEFT)
    assert "刚被别人改过" in window.status.notice() and page(window).is_edited


def test_a_long_plan_is_read_from_its_beginning_and_stays_where_one_is(window: MainWindow, qtbot: QtBot) -> None:
    write_above(qtbot, window, body="\n\n".join(f"第{number}条 每天入格巡查。" for number in range(90)))
    bar = page(window).text.verticalScrollBar()
    assert bar.maximum() > 300 and bar.value() == 0
    bar.setValue(300)
    window.tasks_tab.page.reload()
    settle(qtbot, window)
    assert bar.value() == 300
    go(qtbot, window, people.FOURTH)
    assert bar.value() == 0


HEADINGS = st.text("网格1", min_size=1).map(lambda text: joined([Run(text)]))
RUNS = st.lists(st.builds(Run, st.text(st.sampled_from("网格 1.)-#*{}，a"), max_size=8), st.booleans()), max_size=4)
BLOCKS = st.one_of(
    st.builds(Block, st.just(Kind.HEADING), HEADINGS, st.integers(1, 3)),
    st.builds(Block, st.sampled_from([Kind.TEXT, Kind.BULLET, Kind.NUMBER]), RUNS.map(joined).filter(bool)),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(BLOCKS, max_size=8))
def test_whatever_a_plan_holds_comes_back_from_the_editor_as_it_was(dressed: QApplication, blocks) -> None:
    document = QTextDocument()
    plan_document.show(document, blocks)
    assert plan_document.blocks_of(document) == blocks


@pytest.mark.parametrize("template", plans.templates(), ids=lambda one: one.title)
def test_templates_come_back_from_the_editor_as_they_were(dressed: QApplication, template) -> None:
    document = QTextDocument()
    plan_document.show(document, plan_text.parse(template.body))
    assert plan_text.write(plan_document.blocks_of(document)) == template.body
