"""Pairings without contact for a month."""

import datetime

from gridapp.issues.deadlines import Urgency
from gridapp.store.register import Register
from gridapp.teams.pairing_contacts import contact_text, contacts_due
from gridapp.today.lines import Kind, Line, Section, Thing


def contacts(register: Register, code: str, today: datetime.date, limit: int) -> Section:
    """Who is to be rung up or looked in on, those without contact for longest first."""
    found = contacts_due(register, code, today, limit)
    lines = []
    for row in found.pairings:
        title = "  ".join(filter(None, (row.head, row.address)))
        when = contact_text(row.since, row.last_on, today)
        told = f"结对：{row.member}（{row.cover.text}）" if row.cover else f"结对：{row.member}"
        place = (row.area_code, Urgency.NONE, row.precedence, row.household)
        lines.append(Line(title, told, when, Thing.PAIRING, row.uid, *place))
    return Section(Kind.CONTACT, found.due, tuple(lines), paused=found.paused)
