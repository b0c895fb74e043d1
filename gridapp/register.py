"""The door to a register: its tables, and how to open it."""

from gridapp.areas.model import Area
from gridapp.attachments.model import Attachment
from gridapp.buildings.model import Building
from gridapp.emergency.model import Duty, Emergency, EmergencyCall, EmergencyPlan, EmergencyReport
from gridapp.households import search_terms as households
from gridapp.households.model import Household, Resident
from gridapp.issues import search_terms as issues
from gridapp.issues.model import Issue, IssueStep, Reporter
from gridapp.site_plan.model import SitePlan
from gridapp.store.register import DamagedRegister, NotBackedUp, Register, Written, open_database
from gridapp.store.setting import Setting
from gridapp.tasks.model import Task, WorkPlan
from gridapp.teams import search_terms as teams
from gridapp.teams.model import Absence, Member, Pairing, PairingContact, Service
from gridapp.visits.model import Visit, VisitSheet

TABLES = (
    *(Setting, Area, Building, SitePlan, Household, Resident, Member, Absence, Service, Pairing, PairingContact),
    *(Visit, VisitSheet, Issue, Reporter, IssueStep),
    *(EmergencyPlan, Emergency, Duty, EmergencyCall, EmergencyReport, Task, WorkPlan),
    Attachment,
)
"""Every table that the change log watches; a table stands after those it refers to."""

SEARCHABLES = (households.HOUSEHOLD, households.RESIDENT, issues.ISSUE, issues.REPORTER, teams.MEMBER)
"""What the search index holds."""

__all__ = ["TABLES", "DamagedRegister", "NotBackedUp", "Register", "Written", "open_register"]


def open_register(url: str, create: bool = True) -> Register:
    """Open the register at a file path, ``sqlite:///…`` or ``postgresql://…`` URL.

    Raises:
        DamagedRegister, UserError: see ``gridapp.store.register.open_database``.
    """
    return open_database(url, TABLES, create, SEARCHABLES)
