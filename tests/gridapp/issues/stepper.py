"""A process that registers issues, takes them to their end and says each step once it is saved, until it is killed."""

import sys

from gridapp.areas import tree
from gridapp.ids import Uid
from gridapp.issues import history
from gridapp.issues.registering import NewIssue, NewReporter, register_issue
from gridapp.issues.states import Channel
from gridapp.issues.stepping import Entry, take
from gridapp.issues.workflow import Step
from gridapp.register import Register, open_register
from tests import factories as make

TOLD = Entry(note="办理", handler="物业", channel=Channel.PHONE)
WAY = (Step.ACCEPT, Step.ESCALATE, Step.ASSIGN, Step.RESOLVE, Step.REPORT_BACK, Step.REOPEN, Step.RESOLVE)


def main(url: str) -> None:
    register = open_register(url, create=False)
    grid = tree.find(register, make.GRID).uid
    while True:
        issue = register_issue(register, NewIssue("楼道灯不亮", area=grid, reporters=[NewReporter("马大爷")])).uid
        _say(register, issue)
        for step in (*WAY, Step.REPORT_BACK, Step.CLOSE):
            take(register, issue, step, TOLD)
            _say(register, issue)


def _say(register: Register, issue: Uid) -> None:
    last = history.last_step(register, issue)
    assert last is not None
    print(bytes(last.uid).hex(), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
