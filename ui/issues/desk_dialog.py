"""The dialog in which it is said once who sits here, so that "mine" has a meaning."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from gridapp.issues import handlers
from gridapp.issues.ledger import Desk
from gridapp.register import Register
from ui.issues.handler_line import HandlerLine
from ui.widgets.asking import AskingDialog


class DeskDialog(AskingDialog):
    """``chosen`` carries a desk, or None where nobody sits here any more."""

    chosen = Signal(object)

    def __init__(self, register: Register, code: str, desk: Desk | None, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(
            translate("DeskDialog", "“我的”指谁"),
            translate("DeskDialog", "选一位队员，或写承办单位的名称。由其承办的未结民意列在“我的”里。"),
            translate("DeskDialog", "确定"),
            parent,
        )
        self.line = HandlerLine(lambda: handlers.offered(register, code))
        self.field = self.put_field(self.tr("队员或单位"), self.line)
        if desk is not None:
            self.line.set_value(handlers.Handler(desk.name, "", desk.member), desk.name)
            nobody = self.buttons.addButton(self.tr("不指定"), QDialogButtonBox.ButtonRole.DestructiveRole)
            nobody.clicked.connect(self._leave_empty)
        self.buttons.accepted.connect(self._choose)
        self.line.setFocus()

    def _choose(self) -> None:
        name = " ".join(self.line.text().split())
        if not name:
            self.field.set_remark(self.tr("请选一位队员，或写单位名称。"))
            return
        self.chosen.emit(Desk(name, self.line.member()))
        self.accept()

    def _leave_empty(self) -> None:
        self.chosen.emit(None)
        self.accept()
