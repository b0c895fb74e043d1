"""Texts that an emergency asks for, begun with what can be counted: reports of a day, and the summary at its end."""

import datetime

from gridapp.emergency.clock import lasted_text
from gridapp.emergency.progress import Figures
from gridapp.emergency.running import Running


def report_text(figures: Figures, now: datetime.datetime) -> str:
    """``截至 16:40，联系 30 户，联系上 28 户，未联系上 2 户；求助 2 件，已解决 1 件；任务完成 5/6 项。``."""
    return f"截至 {now:%H:%M}，{figures_text(figures)}。"


def summary_text(one: Running, figures: Figures, now: datetime.datetime) -> str:
    """What a summary begins with, in the order in which it is read by those above."""
    lasted = lasted_text(one.started_at, now).replace(" ", "")
    return "\n".join(
        (
            f"{one.area_name}于{one.started_at:%m月%d日%H:%M}启动{one.kind_name}应急响应，历时{lasted}。",
            f"处置情况：{figures_text(figures)}。",
            "人员和财产：",
            "遗留问题和后续安排：",
        )
    )


def figures_text(figures: Figures) -> str:
    """The figures as one reads them out."""
    called = f"联系 {figures.called:,} 户，联系上 {figures.reached:,} 户，未联系上 {figures.not_reached:,} 户"
    needs = f"求助 {figures.needs:,} 件，已解决 {figures.needs_met:,} 件" if figures.needs else "没有求助"
    late = f"（逾期 {figures.tasks_late:,} 项）" if figures.tasks_late else ""
    return f"{called}；{needs}；任务完成 {figures.tasks_done:,}/{figures.tasks:,} 项{late}"
