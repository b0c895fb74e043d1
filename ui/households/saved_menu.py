"""The filters that the user has saved: a button with a menu to choose, save, rename and delete them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton, QWidget

from gridapp.errors import UserError
from gridapp.households import saved_filters
from gridapp.households.filter_words import parts
from gridapp.households.filters import Filter
from ui import theme
from ui.widgets.asking import AskingDialog
from ui.widgets.fields import Field
from ui.widgets.labels import as_label

_KEY = "households/saved_filters"
_VERSION = 1
_LONGEST = 10


class SavedFilters(QToolButton):
    """Emits ``asked`` with a saved filter, and ``done`` with what was done and what takes it back.

    The name of the filter that was chosen last stays on the button as long as something is filtered.
    """

    asked = Signal(object)
    done = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings: QSettings | None = None
        self._saved: dict[str, str] = {}
        self._name = ""
        self._shown = Filter("")
        self._spelled_out = False
        self.setIcon(theme.icon("bookmark-simple"))
        self.setToolTip(self.tr("保存的筛选"))
        self.setAccessibleName(self.tr("保存的筛选"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.list = QMenu(self)
        self.list.aboutToShow.connect(self._fill)
        self.setMenu(self.list)

    def restore_state(self, settings: QSettings) -> None:
        """Read what was saved; whatever stands there, nothing is lost by what cannot be read."""
        self._settings = settings
        self._saved = _read(str(settings.value(_KEY) or ""))

    def names(self) -> list[str]:
        """What is saved."""
        return list(self._saved)

    def show_filter(self, chosen: Filter) -> None:
        """Show which of them is asked for now, and whether it was changed since."""
        self._shown = chosen
        if not parts(chosen) or self._name not in self._saved:
            self._name = ""
        self._name = self._name or self._of(chosen)
        if not self._name:
            self.setText(f"{self.tr('保存的筛选') if self._spelled_out else ''} ▾".strip())
        else:
            name = self._name if len(self._name) <= _LONGEST else f"{self._name[: _LONGEST - 1]}…"
            name = as_label(name)
            self.setText(f"{name if self._is_as_saved() else self.tr('{0} (已改)').format(name)} ▾")

    def set_spelled_out(self, spelled_out: bool) -> None:
        """Say in words what the button is for, where there is room for them."""
        if spelled_out != self._spelled_out:
            self._spelled_out = spelled_out
            self.show_filter(self._shown)

    def choose(self, name: str) -> None:
        """Ask for a saved filter."""
        self._name = name
        self.asked.emit(saved_filters.from_json(self._saved[name], self._shown.area_code))

    def save(self, name: str) -> None:
        """Save what is asked for now under a name, over what may be there under it.

        Raises:
            UserError: the name is empty or too long.
        """
        tidy = saved_filters.checked_name(name)
        text = self.tr("已改写筛选“{0}”") if tidy in self._saved else self.tr("已保存筛选“{0}”")
        kept = saved_filters.with_name(self._saved, tidy, saved_filters.to_json(self._shown))
        self._keep(kept, tidy, text.format(tidy))

    def rename(self, old: str, new: str) -> None:
        """Give a saved filter another name.

        Raises:
            UserError: the name is empty, too long, or another's.
        """
        tidy = saved_filters.checked_name(new)
        kept = saved_filters.renamed(self._saved, old, tidy)
        self._keep(kept, tidy if self._name == old else self._name, self.tr("筛选已改名为“{0}”").format(tidy))

    def delete(self, name: str) -> None:
        """Forget a saved filter; what is shown stays."""
        kept = {one: text for one, text in self._saved.items() if one != name}
        self._keep(kept, "" if self._name == name else self._name, self.tr("已删除筛选“{0}”").format(name))

    def _keep(self, saved: dict[str, str], name: str, done: str) -> None:
        before = self._saved, self._name
        self._put(saved, name)
        self.done.emit(done, lambda: self._put(*before))

    def _put(self, saved: dict[str, str], name: str) -> None:
        self._saved, self._name = saved, name
        if self._settings is not None:
            self._settings.setValue(_KEY, json.dumps({"version": _VERSION, "filters": saved}, ensure_ascii=False))
        self.show_filter(self._shown)

    def _of(self, chosen: Filter) -> str:
        """The name under which just this filter is saved, or an empty one."""
        if not parts(chosen):
            return ""
        each = ((name, saved_filters.from_json(text)) for name, text in self._saved.items())
        return next((name for name, one in each if saved_filters.same(one, chosen)), "")

    def _is_as_saved(self) -> bool:
        return saved_filters.same(saved_filters.from_json(self._saved[self._name]), self._shown)

    # The menu

    def _fill(self) -> None:
        self.list.clear()
        for name in self._saved:
            action = self.list.addAction(as_label(name))
            action.setCheckable(True)
            action.setChecked(name == self._name)
            action.triggered.connect(lambda _checked=False, one=name: self.choose(one))
        if not self._saved:
            self.list.addAction(self.tr("还没有保存的筛选")).setEnabled(False)
        self.list.addSeparator()
        if self._name and not self._is_as_saved():
            update = self.list.addAction(theme.icon("floppy-disk"), self.tr("更新“{0}”").format(as_label(self._name)))
            update.triggered.connect(lambda _checked=False: self.save(self._name))
        keep = self.list.addAction(theme.icon("plus"), self.tr("保存当前筛选…"))
        keep.setEnabled(bool(parts(self._shown)))
        keep.triggered.connect(lambda _checked=False: self.ask_name())
        for title, icon, act in (
            (self.tr("重命名"), "pencil-simple", self.ask_new_name),
            (self.tr("删除"), "trash", self.delete),
        ):
            self._add_menu(title, icon, act)

    def _add_menu(self, title: str, icon: str, act: Callable[[str], Any]) -> None:
        menu = self.list.addMenu(theme.icon(icon), title)
        menu.setEnabled(bool(self._saved))
        for name in self._saved:
            menu.addAction(as_label(name)).triggered.connect(lambda _checked=False, one=name: act(one))

    def ask_name(self) -> None:
        """Ask under which name to save what is asked for now."""
        told = self.tr("保存后可从“保存的筛选”中选用；名称已有的会改写。")
        _NameDialog(self.tr("保存筛选"), told, self.tr("保存"), self._name, self.save, self.window()).open()

    def ask_new_name(self, name: str) -> None:
        """Ask how a saved filter is to be called."""
        told = self.tr("“{0}”改名为：").format(name)
        dialog = _NameDialog(
            self.tr("重命名筛选"), told, self.tr("改名"), name, lambda new: self.rename(name, new), self.window()
        )
        dialog.open()


class _NameDialog(AskingDialog):
    """Asks for a name; what is wrong with it stands beside it."""

    def __init__(
        self, title: str, intro: str, act: str, name: str, take: Callable[[str], object], parent: QWidget
    ) -> None:
        super().__init__(title, intro, act, parent)
        self.line = QLineEdit(name)
        self.line.selectAll()
        self.field: Field = self.put_field(self.tr("名称"), self.line)
        self.line.textEdited.connect(lambda _text: self.field.set_remark(""))
        self._take = take
        self.buttons.accepted.connect(self._accept)
        self.finished.connect(self.deleteLater)
        self.line.setFocus()

    def _accept(self) -> None:
        try:
            self._take(self.line.text())
        except UserError as error:
            self.field.set_remark(str(error))
            self.line.setFocus()
            return
        self.accept()


def _read(text: str) -> dict[str, str]:
    try:
        told = json.loads(text)
        filters = told["filters"]
    except (ValueError, TypeError, KeyError):
        return {}
    if not isinstance(filters, dict):
        return {}
    return {str(name): one for name, one in filters.items() if isinstance(one, str)}
