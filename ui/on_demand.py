"""What can be done in the main window and not every day needs: loaded when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ui.ways import Ways

if TYPE_CHECKING:
    from ui.areas.commands import AreaCommands
    from ui.buildings.commands import BuildingCommands
    from ui.emergency.commands import EmergencyCommands
    from ui.households.pairing_list_commands import PairingListCommands
    from ui.issues.commands import IssueCommands
    from ui.issues.wording_commands import WordingCommands
    from ui.site_plan.commands import SitePlanCommands
    from ui.teams.commands import TeamCommands
    from ui.visits.commands import VisitCommands


class OnDemand(Ways):
    """The part of a window that holds these commands."""

    @cached_property
    def areas(self) -> AreaCommands:
        """What can be done to an area."""
        from ui.areas.commands import AreaCommands

        return AreaCommands(self.as_window())

    @cached_property
    def buildings(self) -> BuildingCommands:
        """What can be done with the records of buildings."""
        from ui.buildings.commands import BuildingCommands

        return BuildingCommands(self.as_window())

    @cached_property
    def site_plan(self) -> SitePlanCommands:
        """What can be done with the site plan."""
        from ui.site_plan.commands import SitePlanCommands

        return SitePlanCommands(self.as_window())

    @cached_property
    def visits(self) -> VisitCommands:
        """What can be done with visits."""
        from ui.visits.commands import VisitCommands

        return VisitCommands(self.as_window())

    @cached_property
    def issues(self) -> IssueCommands:
        """What can be done with issues."""
        from ui.issues.commands import IssueCommands

        return IssueCommands(self.as_window())

    @cached_property
    def wording(self) -> WordingCommands:
        """The categories of issues, and the sentences at hand for their steps."""
        from ui.issues.wording_commands import WordingCommands

        return WordingCommands(self.as_window())

    @cached_property
    def teams(self) -> TeamCommands:
        """What can be done with the members of the service teams."""
        from ui.teams.commands import TeamCommands

        return TeamCommands(self.as_window())

    @cached_property
    def emergency(self) -> EmergencyCommands:
        """What can be done about emergencies."""
        from ui.emergency.commands import EmergencyCommands

        return EmergencyCommands(self.as_window())

    @cached_property
    def pairings(self) -> PairingListCommands:
        """The list of who is paired with which household."""
        from ui.households.pairing_list_commands import PairingListCommands

        return PairingListCommands(self.as_window())
