"""Taking a step with an issue, or with many at once: what the workflow allows, and nothing else."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gridapp.areas.model import Level
from gridapp.attachments.changing import add_files
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.issues import history
from gridapp.issues.effects import EFFECTS, Taking
from gridapp.issues.entry import Entry, Missing, refuse_missing
from gridapp.issues.history import STEPS
from gridapp.issues.model import Issue
from gridapp.issues.registering import join, refuse_day
from gridapp.issues.states import STATE_NAMES, State
from gridapp.issues.workflow import BY_STEP, DONE_NAMES, Need, Step, is_allowed, target
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store.changes import Recording
from gridapp.store.register import Register

__all__ = ["Entry", "Missing", "Overtaken", "Taken", "take", "take_many"]


class Overtaken(UserError):
    """Somebody else has taken a step since the user looked. Who has seen that may take theirs all the same."""


@dataclass
class Taken:
    """What a step with many issues came to: the numbers of those that took it, and why others did not."""

    done: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def take(
    register: Register,
    issue: Uid,
    step: Step,
    entry: Entry | None = None,
    seen: Uid | None = None,
    by: str | None = None,
    now: datetime.datetime | None = None,
) -> str:
    """Take a step with an issue, as one batch, and return what was done in words.

    Args:
        seen: the latest step that the user knew of; another one that changes something since is told instead.
        by: the name of who takes it; this workstation's user unless told.

    Raises:
        Overtaken: somebody else was faster.
        UserError: the workflow does not allow it, something that it needs is missing or cannot be, or the issue is
            not there any more.
    """
    entry = entry or Entry()
    if step is Step.JOIN:
        if entry.new_reporter is None:
            raise Missing(Need.NEW_REPORTER, "请填写反映人。")
        return join(register, issue, entry.new_reporter, by, now, entry.files)
    number = register.value(Issue.select(Issue.number).where(Issue.uid == issue))
    label = f"{DONE_NAMES.get(step, step.value)} {number or ''}".strip()
    with register.recording(label) as recording:
        taken = _take(recording, issue, step, entry, seen, by, now)
        add_files(recording, STEPS, taken, entry.files)
    return label


def take_many(
    register: Register,
    issues: Sequence[Uid],
    step: Step,
    entry: Entry | None = None,
    by: str | None = None,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> Taken:
    """Take the same step with many issues, as one batch; those that cannot take it are left as they are and told.

    Raises:
        Cancelled: the token was set; nothing is done.
        UserError: there is no room for what is to be attached; nothing is done.
    """
    entry, taken = entry or Entry(), Taken()
    with register.recording(f"批量{DONE_NAMES[step]} {len(issues)} 条民意") as recording:
        for done, issue in enumerate(issues):
            if cancel is not None:
                cancel.check()
            progress(done, len(issues), DONE_NAMES[step])
            number = register.value(Issue.select(Issue.number).where(Issue.uid == issue)) or ""
            try:
                uid = _take(recording, issue, step, entry, None, by, None)
            except UserError as error:
                taken.refused.append((number, str(error)))
                continue
            add_files(recording, STEPS, uid, entry.files)  # where these find no room, nothing is done at all
            taken.done.append(number)
    return taken


def _take(
    recording: Recording,
    issue: Uid,
    step: Step,
    entry: Entry,
    seen: Uid | None,
    by: str | None,
    now: datetime.datetime | None,
) -> Uid:
    """Take a step and return its uid; what is refused is refused before anything of it is written."""
    stored = history.read(recording, issue)
    moment = (now or datetime.datetime.now()).replace(microsecond=0)
    _refuse_unseen(recording.register, stored, seen)
    state, level = State(stored["state"]), Level(stored["level"])
    if not is_allowed(step, state, level) or step in (Step.JOIN, Step.EDIT):
        name = DONE_NAMES.get(step, step.value)
        raise UserError(f"{stored['number']} 现在是“{STATE_NAMES[state]}”，不能{name}。")
    taking = Taking(recording, stored, step, entry, moment, by)
    refuse_missing(BY_STEP[step], entry)
    refuse_day(taking.day, moment.date(), "日期")
    if taking.day < stored["registered_on"]:
        raise UserError(f"日期 {taking.day} 早于登记日期 {stored['registered_on']}，请核对。")
    if entry.on is not None and entry.on != moment.date():
        taking.details["on"] = entry.on.isoformat()
    if step in EFFECTS:
        EFFECTS[step](taking)
    reached = target(step, state, taking.all_told)
    recording.update(Issue, issue, {**taking.changes, "state": int(reached)})
    return history.append(recording, issue, step, state, reached, moment, by, entry.note.strip(), taking.details)


def _refuse_unseen(register: Register, stored: Mapping[str, Any], seen: Uid | None) -> None:
    if seen is None:
        return
    steps = history.steps(register, stored["uid"])
    there = [bytes(step.uid) for step in steps]
    later = steps[there.index(seen) + 1 :] if seen in there else []
    others = [step for step in later if step.step not in (Step.NOTE, Step.JOIN)]
    if seen not in there or others:
        what = f"{others[-1].by}刚刚{DONE_NAMES[Step(others[-1].step)]}了" if others else "别人刚刚撤销了一步，涉及"
        raise Overtaken(f"{what} {stored['number']}，现在是“{STATE_NAMES[State(stored['state'])]}”。请核对后再办。")
