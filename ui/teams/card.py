"""The contact card of a member beside the lists: photo, what is known, what they did, and what can be done."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gridapp.register import Register
from gridapp.teams.card import Card
from ui import theme
from ui.attachments.items import PICTURE
from ui.attachments.strip import AttachmentStrip
from ui.jobs import Jobs
from ui.teams.card_fields import CardFields
from ui.teams.card_story import CardStory
from ui.widgets.empty import EmptyState

WIDTH, NARROW = 348, 288
_PHOTO = QSize(72, 96)


class MemberCard(QStackedWidget):
    """Shows one member. ``back`` comes with Esc."""

    back = Signal()

    def __init__(
        self, register: Register, jobs: Jobs, reads: Jobs, acts: list[QAction], parent: QWidget | None = None
    ) -> None:
        """Make the card.

        Args:
            acts: what can be done with a member; the first two have buttons, all stand in a menu.
        """
        super().__init__(parent)
        self._register = register
        self.card: Card | None = None
        self.fields = CardFields(register)
        self.story = CardStory()
        self.strip = AttachmentStrip(jobs, reads)
        self.photo = QLabel()
        self.photo.setFixedSize(_PHOTO)
        self.photo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.photo.setProperty("secondary", True)
        self.state = QLabel()
        self.state.setProperty("secondary", True)
        self.state.setWordWrap(True)
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.empty = EmptyState()
        self.empty.show_text("users-three", self.tr("选中一位队员，在这里查看和修改"))
        self.addWidget(self.empty)
        self.addWidget(self._panel(acts))
        self.setFixedWidth(WIDTH)
        self.strip.model.dataChanged.connect(lambda *_roles: self._show_photo())
        self.strip.model.modelReset.connect(self._show_photo)

    def show_card(self, card: Card | None) -> None:
        """Show another member, or the same as the register has it now."""
        if card is None and self.card is not None:
            self.fields.commit()
        self.card = card
        self.setCurrentIndex(0 if card is None else 1)
        if card is None:
            return
        today = datetime.date.today()
        self.fields.show_member(card.uid, card.member)
        self.story.show_card(card, today)
        now = [f"{one.area_name}{one.role.name}" for one in card.now]
        away = next((one for one in card.absences if one.is_on(today)), None)
        told = "、".join(now) or self.tr("现不任职")
        self.state.setText(f"{told}\n{self.tr('离岗：')}{away.text}" if away is not None else told)
        self.strip.show_owner(self._register, "member", card.uid)

    def begin(self) -> None:
        """Let somebody edit the member."""
        if self.card is not None:
            self.fields.lines["phone"].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if not self.fields.take_back():
                self.back.emit()
        else:
            super().keyPressEvent(event)

    def _panel(self, acts: list[QAction]) -> QWidget:
        panel = QFrame()
        panel.setProperty("panel", True)
        whole = QVBoxLayout(panel)
        whole.setContentsMargins(0, 0, 0, theme.GAP)
        whole.setSpacing(theme.GAP)
        body = QWidget()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        beside = QVBoxLayout()
        beside.addWidget(self.fields.fields["name"])
        beside.addWidget(self.state)
        beside.addStretch()
        head.addWidget(self.photo, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(beside, 1)
        column.addLayout(head)
        column.addWidget(self.fields)
        column.addWidget(self.story)
        attached = QLabel(self.tr("照片和附件（第一张照片用作头像）"))
        attached.setProperty("heading", True)
        column.addWidget(attached)
        column.addWidget(self.strip)
        column.addStretch()
        whole.addWidget(scroll, 1)
        whole.addLayout(self._buttons(acts))
        QWidget.setTabOrder(self.fields.lines["name"], self.fields.lines["phone"])
        return panel

    def _buttons(self, acts: list[QAction]) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(16, 0, 16, 0)
        for action in acts[:2]:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            line.addWidget(button)
        self.more = QToolButton()
        self.more.setText(self.tr("更多"))
        self.more.setIcon(theme.icon("dots-three"))
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(self.more)
        menu.addActions(acts)
        self.more.setMenu(menu)
        line.addWidget(self.more)
        line.addStretch()
        return line

    def _show_photo(self) -> None:
        """Show the first picture of those attached."""
        model = self.strip.model
        at = next((row for row, item in enumerate(model.items) if item.is_picture), None)
        picture = model.index(at).data(PICTURE) if at is not None else None
        if isinstance(picture, QPixmap) and not picture.isNull():
            ratio = picture.devicePixelRatio()
            wanted = QSize(round(_PHOTO.width() * ratio), round(_PHOTO.height() * ratio))
            kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            shown = picture.scaled(wanted, kept, smooth)
            shown.setDevicePixelRatio(ratio)
            self.photo.setPixmap(shown)
            return
        self.photo.setPixmap(theme.icon("user", "disabled").pixmap(48, 48))
