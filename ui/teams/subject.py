"""Whom something is done to on the page of the teams."""

from dataclasses import dataclass

from gridapp.ids import Uid


@dataclass(frozen=True)
class Subject:
    """A member, and the service in question where a row is about one."""

    member: Uid
    name: str
    service: Uid | None = None
