"""A process that registers issues, takes them to their end with files and says each step once saved, until killed."""

import sys

from gridapp.areas import tree
from gridapp.attachments.preparing import Prepared
from gridapp.ids import Uid, new_uid
from gridapp.issues import history
from gridapp.issues.registering import NewIssue, NewReporter, register_issue
from gridapp.issues.states import Channel
from gridapp.issues.stepping import Entry, take
from gridapp.issues.workflow import Step
from gridapp.register import Register, open_register
from tests import factories as make

WAY = (Step.ACCEPT, Step.ESCALATE, Step.ASSIGN, Step.RESOLVE, Step.REPORT_BACK, Step.REOPEN, Step.RESOLVE)


def main(url: str) -> None:
    register = open_register(url, create=False)
    grid = tree.find(register, make.GRID).uid
    while True:
        new = NewIssue("楼道灯不亮", area=grid, files=_files(), reporters=[NewReporter("马大爷")])
        issue = register_issue(register, new).uid
        _say(register, issue, issue)
        for step in (*WAY, Step.REPORT_BACK, Step.CLOSE):
            take(register, issue, step, _told())
            _say(register, issue)


def _told() -> Entry:
    return Entry(note="办理", handler="物业", channel=Channel.PHONE, files=_files())


def _files() -> tuple[Prepared, ...]:
    """Two files of which nobody has had the one before."""
    content = new_uid() * 5_000
    return Prepared("照片.jpg", "image/jpeg", content, 40, 30, content[:2_000]), Prepared(
        "通知.txt", "text/plain", b"1"
    )


def _say(register: Register, issue: Uid, owner: Uid | None = None) -> None:
    """Say a step that is saved, and what has two files since then."""
    last = history.last_step(register, issue)
    assert last is not None
    print(bytes(last.uid).hex(), (owner or bytes(last.uid)).hex(), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
