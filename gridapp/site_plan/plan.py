"""Which site plan serves a grid."""

from dataclasses import dataclass

from gridapp.areas.model import Area
from gridapp.ids import Uid
from gridapp.site_plan.model import SitePlan
from gridapp.store.register import Register


@dataclass(frozen=True)
class Plan:
    """The plan that serves a grid: its own, or that of its community.

    Attributes:
        area: whose plan it is.
        picture: the digest of the picture (see ``store.blobs``).
        width, height: of the picture, in pixels.
    """

    area: Uid
    area_name: str
    picture: bytes
    width: int
    height: int


def plan_of(register: Register, grid: Uid) -> Plan | None:
    """The plan of a grid itself or else of its community."""
    above = Area.select(Area.parent).where(Area.uid == grid)
    columns = (Area.uid, Area.name, SitePlan.picture, SitePlan.width, SitePlan.height)
    query = SitePlan.select(*columns).join(Area, on=(Area.uid == SitePlan.area))
    found = [Plan(*row) for row in register.each(query.where((Area.uid == grid) | Area.uid.in_(above)))]
    return min(found, key=lambda plan: plan.area != grid, default=None)
