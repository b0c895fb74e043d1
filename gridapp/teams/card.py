"""All that the register holds of one member: services then and now, absences, pairings, the photo."""

import datetime
from dataclasses import dataclass

from gridapp.attachments import listing as attachments
from gridapp.ids import Uid
from gridapp.store.register import Register
from gridapp.teams import absences, editing, pairing_contacts
from gridapp.teams.editing import MemberDraft
from gridapp.teams.listing import NOW, PersonRow, State, rows
from gridapp.teams.model import Service
from gridapp.teams.pairing_contacts import PairingRow
from gridapp.teams.presence import Away

_RANKS = {state: rank for rank, state in enumerate((*State,))}


@dataclass(frozen=True)
class Card:
    """A member as a contact card shows them on a day.

    Attributes:
        services: those that hold, then those to come, then those that have ended, the latest first.
        absences: all of them, the latest first.
        pairings: those that last first.
        photo: the attachment that shows the member; None without a picture.
    """

    uid: Uid
    member: MemberDraft
    services: tuple[PersonRow, ...]
    absences: tuple[Away, ...]
    pairings: tuple[PairingRow, ...]
    photo: Uid | None

    @property
    def now(self) -> tuple[PersonRow, ...]:
        """What the member serves as now, present or away."""
        return tuple(one for one in self.services if one.state in NOW)


def card(register: Register, member: Uid, day: datetime.date | None = None) -> Card:
    """The card of a member on a day, today unless told.

    Raises:
        UserError: the member has been deleted.
    """
    on = day or datetime.date.today()
    told = editing.load(register, member)
    query = Service.select(Service.uid).where(Service.member == member).order_by(Service.since, Service.uid)
    services = rows(register, [bytes(uid) for (uid,) in register.all(query.tuples())], on)
    services.sort(key=lambda one: one.since or datetime.date.min, reverse=True)
    services.sort(key=lambda one: _RANKS[one.state])
    return Card(
        bytes(member),
        told,
        tuple(services),
        tuple(absences.of_member(register, member)),
        tuple(pairing_contacts.of_member(register, member)),
        photo_of(register, member),
    )


def photo_of(register: Register, member: Uid) -> Uid | None:
    """The attachment that shows a member: the first picture."""
    return next((one.uid for one in attachments.attached_to(register, member) if one.width), None)
