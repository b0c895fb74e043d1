"""Adds an area, with those above it that are missing."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from gridapp.areas import tree
from gridapp.errors import UserError
from gridapp.register import Register
from ui import theme
from ui.widgets.fields import Field


class AddAreaDialog(QDialog):
    """Asks for a code and the names down to the area; ``code`` is what was added."""

    def __init__(self, register: Register, code: str, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self.code = ""
        self.setWindowTitle(self.tr("新增区域"))
        self.setMinimumWidth(480)
        intro = QLabel(self.tr("编码为6位（区）、9位（街道）、12位（社区）或15位（网格）；缺少的上级会一并建立。"))
        intro.setProperty("secondary", True)
        intro.setWordWrap(True)
        self._code, self._path = QLineEdit(code), QLineEdit(path)
        self._code.setPlaceholderText("120104003001003")
        self._path.setPlaceholderText("南开区/兴南街道/紫光苑社区/第三网格")
        self._code_field = Field(self.tr("区域编码"), self._code)
        self._path_field = Field(self.tr("从区到本级的名称，用 / 分隔"), self._path)
        buttons = QDialogButtonBox()
        add = buttons.addButton(self.tr("新增"), QDialogButtonBox.ButtonRole.AcceptRole)
        add.setProperty("primary", True)
        buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._add)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(theme.GAP)
        for widget in (intro, self._code_field, self._path_field, buttons):
            column.addWidget(widget)

    def _add(self) -> None:
        self._code_field.set_remark("")
        self._path_field.set_remark("")
        code, path = tree.typed_code(self._code.text()), self._path.text().strip()
        try:
            tree.level_of(code)
        except UserError as error:
            self._code_field.set_remark(str(error))
            self._code.setFocus()
            return
        try:
            with self._register.recording(self.tr("新增区域 {0}").format(path)) as recording:
                made = tree.add(recording, code, tree.typed_names(path))
        except UserError as error:
            self._path_field.set_remark(str(error))
            self._path.setFocus()
            return
        if not made:
            self._code_field.set_remark(self.tr("这个区域已经存在。"))
            return
        self.code = code
        self.accept()
