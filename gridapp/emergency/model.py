"""Emergencies with the plans they follow, who is on duty, who was called, and what was reported."""

from peewee import SQL, CharField, DateField, DateTimeField, ForeignKeyField, Index, SmallIntegerField, TextField

from gridapp.areas.model import Area
from gridapp.households.model import Household
from gridapp.issues.model import Issue
from gridapp.store.record import Record
from gridapp.teams.model import Member

KIND_NAMES = {
    "epidemic": "疫情防控",
    "flood": "防汛排涝",
    "snow_and_ice": "低温雨雪冰冻",
    "heat_wave": "高温热浪",
    "gas_leak": "燃气泄漏",
    "missing_person": "人员走失",
    "other": "其他突发事件",
}
"""What an emergency can be, in the order in which one is offered them."""

REACHED, NOT_REACHED, NEEDS_HELP = "reached", "not_reached", "needs_help"
OUTCOME_NAMES = {REACHED: "已联系", NOT_REACHED: "未联系上", NEEDS_HELP: "需要帮助"}
"""How a call ended."""


class EmergencyPlan(Record):
    """An area's own plan for a kind of emergency; ``body`` is JSON as ``plans`` writes it.

    It holds for everything below its area that has none of its own.
    """

    area = ForeignKeyField(Area, column_name="area", lazy_load=False)
    kind = CharField(max_length=32)
    body = TextField()

    class Meta:
        table_name = "emergency_plan"
        indexes = ((("area", "kind"), False),)


class Emergency(Record):
    """An emergency in an area and everything below it; it goes on while ``ended_at`` is null.

    Attributes:
        kind: a key of ``KIND_NAMES``.
        report_at: until when each day is reported, ``17:00``.
        shift_hours: how long one is on duty.
        plan: what was to be done as it stood in the plan when it was called, as JSON.
        summary: what was said when it ended.
        actor: who called it.
    """

    area = ForeignKeyField(Area, column_name="area", lazy_load=False)
    kind = CharField(max_length=32)
    reason = TextField(default="")
    started_at = DateTimeField()
    report_at = CharField(max_length=5)
    shift_hours = SmallIntegerField()
    plan = TextField()
    ended_at = DateTimeField(null=True)
    summary = TextField(default="")
    actor = CharField(default="")

    class Meta:
        table_name = "emergency"


# Of those that go on alone: it is asked with every list of visits whether there are any.
Emergency.add_index(Index("emergency_active", Emergency, [Emergency.area], where=SQL("ended_at IS NULL")))


class Duty(Record):
    """Somebody on duty in an area during an emergency, from a moment to a moment."""

    emergency = ForeignKeyField(Emergency, column_name="emergency", lazy_load=False, index=False)
    area = ForeignKeyField(Area, column_name="area", lazy_load=False)
    member = ForeignKeyField(Member, column_name="member", lazy_load=False, index=False)
    starts_at = DateTimeField()
    ends_at = DateTimeField()

    class Meta:
        table_name = "duty"
        indexes = ((("emergency", "starts_at"), False), (("member", "starts_at"), False))


class EmergencyCall(Record):
    """A household was called in an emergency. The last call says how it stands with it; those before stay.

    Attributes:
        member: who called, if it is somebody of a team.
        outcome: a key of ``OUTCOME_NAMES``.
        issue: of a household that needs help, what was registered of it.
    """

    emergency = ForeignKeyField(Emergency, column_name="emergency", lazy_load=False, index=False)
    household = ForeignKeyField(Household, column_name="household", lazy_load=False, index=False)
    called_at = DateTimeField()
    member = ForeignKeyField(Member, column_name="member", null=True, lazy_load=False, index=False)
    outcome = CharField(max_length=16)
    note = TextField(default="")
    issue = ForeignKeyField(Issue, column_name="issue", null=True, lazy_load=False, index=False)

    class Meta:
        table_name = "emergency_call"
        indexes = ((("emergency", "household", "called_at", "outcome"), False), (("household",), False))


EmergencyCall.add_index(
    Index("emergency_call_issue", EmergencyCall, [EmergencyCall.issue], where=SQL("issue IS NOT NULL")),
)
EmergencyCall.add_index(
    Index("emergency_call_member", EmergencyCall, [EmergencyCall.member], where=SQL("member IS NOT NULL")),
)


class EmergencyReport(Record):
    """What an area reported of a day of an emergency; without text, that nothing happened (零报告).

    ``figures`` holds, as JSON, what there was to count at that moment.
    """

    emergency = ForeignKeyField(Emergency, column_name="emergency", lazy_load=False, index=False)
    area = ForeignKeyField(Area, column_name="area", lazy_load=False)
    day = DateField()
    text = TextField(default="")
    figures = TextField(default="")
    reported_at = DateTimeField()
    actor = CharField(default="")

    class Meta:
        table_name = "emergency_report"
        indexes = ((("emergency", "day", "area"), False),)
