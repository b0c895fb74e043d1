"""The form asks an enterprise for its credit code, and a family for none."""

from pytestqt.qtbot import QtBot

from gridapp.households import editing
from gridapp.households.filters import Filter
from gridapp.households.listing import Listing
from gridapp.households.model import ENTERPRISE, KINDS
from tests.gridapp.households.test_credit_codes import CODE
from tests.ui import people
from tests.ui.driving import click_row, press_save, retype, settle
from ui.main_window import MainWindow


def field(window: MainWindow, name: str = "credit_code"):
    return window.page.form._fields[name]


def test_a_family_shows_no_code_and_an_enterprise_does(window: MainWindow, qtbot: QtBot) -> None:
    form = window.page.form
    assert not field(window).isVisible()
    assert form.lines["head"].accessibleName() == "户主"
    click_row(qtbot, window, people.SHOP)
    assert field(window).isVisible()
    assert form.lines["head"].accessibleName() == "单位名称"
    retype(qtbot, form.lines["credit_code"], CODE[:17].lower())
    assert field(window).remark() == "统一社会信用代码应为18位，现为17位"
    retype(qtbot, form.lines["credit_code"], CODE.lower())
    assert field(window).remark() == ""
    press_save(qtbot, window)
    assert form.lines["credit_code"].text() == CODE
    assert editing.load(window.register, form.draft.uid).credit_code == CODE


def test_a_family_that_is_an_enterprise_after_all_is_asked_for_its_code(window: MainWindow, qtbot: QtBot) -> None:
    form = window.page.form
    form.kind.setFocus()
    form.kind.setCurrentIndex(KINDS.index(ENTERPRISE))
    assert field(window).isVisible()
    retype(qtbot, form.lines["credit_code"], CODE)
    form.kind.setCurrentIndex(0)
    assert not field(window).isVisible()
    assert not form.is_changed()


def test_the_same_code_elsewhere_is_pointed_out_with_the_way_there(window: MainWindow, qtbot: QtBot) -> None:
    rows = Listing(window.register, Filter(people.THIRD)).page(0, 50)
    shop = next(row.uid for row in rows if row.head == people.SHOP)
    base = editing.load(window.register, shop)
    with_code = base.copy()
    with_code.credit_code = CODE
    editing.save(window.register, with_code, base)
    settle(qtbot, window)
    form = window.page.form
    form.kind.setCurrentIndex(KINDS.index(ENTERPRISE))
    retype(qtbot, form.lines["credit_code"], CODE)
    qtbot.waitUntil(lambda: "有相同的统一社会信用代码" in field(window).remark())
    assert field(window).link().text().endswith(people.SHOP)
