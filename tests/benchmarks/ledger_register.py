"""A register with a ledger of 100,000 issues, made once and kept beside the one that it is a copy of."""

import datetime
import os
import random
import shutil
import sqlite3
from pathlib import Path

from gridapp.ids import new_uid
from gridapp.issues.categories import built_in
from gridapp.issues.deadlines import due_at
from gridapp.issues.states import State

ISSUES = 100_000
_OPEN_SHARE = 0.06
_NAMES = ("马玉兰", "李建国", "王秀英", "张桂芳", "赵铁柱", "钱小燕", "孙福来", "周文斌")
_TEXTS = ("楼道灯不亮", "小区未通燃气", "下水道堵塞反味", "电动车在楼道充电", "垃圾清运不及时", "老人洗澡无人照料")
_HANDLERS = ("社区居委会", "燃气公司", "物业公司", "街道城管科", "自来水公司", "")
_ENDED = (State.RESOLVED, State.REJECTED, State.REPORTED_BACK, State.FOLLOWED_UP, State.CLOSED)
_WEIGHTS = (4, 1, 15, 10, 70)
_RUNNING = (State.REGISTERED, State.ACCEPTED, State.IN_PROGRESS, State.SUSPENDED)


def ledger_register(source: Path) -> Path:
    """The path of it: a copy of a demo register whose issues were replaced."""
    path = source.with_name(f"{source.stem}-ledger.db")
    if not path.exists():
        new = path.with_name(f"{path.name}.{os.getpid()}")
        shutil.copy(source, new)
        _fill(new)
        new.replace(path)
    return path


def _fill(path: Path) -> None:
    from gridapp.register import open_register

    open_register(str(path), create=False).close(backup=False)  # which brings its tables up to date
    database = sqlite3.connect(path)
    for table in ("issue_step", "reporter", "issue"):
        database.execute(f"DELETE FROM {table}")
    issues, reporters = _rows(database)
    for table, rows in (("issue", issues), ("reporter", reporters)):
        names = ", ".join(f'"{name}"' for name in rows[0])
        marks = ", ".join(f":{name}" for name in rows[0])
        database.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
    database.commit()
    database.execute("VACUUM")
    database.close()


def _rows(database: sqlite3.Connection) -> tuple[list[dict], list[dict]]:
    luck = random.Random(7)
    homes = database.execute("SELECT uid, area FROM household WHERE left_on IS NULL").fetchall()
    keys = [one.key for one in built_in()]
    today = datetime.date.today()
    issues, reporters = [], []
    for number in range(ISSUES):
        home, area = luck.choice(homes)
        is_open = luck.random() < _OPEN_SHARE
        state = luck.choice(_RUNNING) if is_open else luck.choices(_ENDED, _WEIGHTS)[0]
        day = today - datetime.timedelta(days=luck.randrange(0, 20) if is_open else luck.randrange(20, 2_000))
        level, urgent = luck.choice((1, 2, 3, 3, 4, 4, 4)), luck.random() < 0.02
        at = datetime.datetime.combine(day, datetime.time(9))
        due = due_at(level, at, urgent)
        uid = new_uid()
        issues.append(
            {
                "uid": uid,
                "number": f"{day.year}-{number:05}",
                "area": area,
                "household": home if luck.random() < 0.7 else None,
                "place": "",
                "category": luck.choice(keys),
                "level": level,
                "urgent": int(urgent),
                "state": int(state),
                "description": f"{luck.choice(_TEXTS)}，居民反映已有{luck.randrange(2, 40)}天，希望尽快处理。",
                "handler": luck.choice(_HANDLERS),
                "registered_on": day.isoformat(),
                "due_at": str(due),
                "pending_at": str(due) if state.is_pending else None,
                "resolved_on": None if state.is_open else day.isoformat(),
                "reported_back_on": day.isoformat() if state >= State.REPORTED_BACK else None,
                "review_on": (today + datetime.timedelta(days=luck.randrange(-3, 9))).isoformat()
                if state is State.SUSPENDED
                else None,
                "result": "" if state.is_open else "已维修，恢复正常使用。",
                "extra": "",
                "satisfaction": luck.choice(("satisfied", "mostly", "not")) if state >= State.REPORTED_BACK else "",
            }
        )
        for _ in range(1 + (luck.random() < 0.2)):
            reporters.append(
                {
                    "uid": new_uid(),
                    "issue": uid,
                    "household": home,
                    "name": luck.choice(_NAMES),
                    "phone": f"138{luck.randrange(10**8):08}",
                    "source": luck.choice(("visit", "phone", "counter", "hotline")),
                    "reported_on": day.isoformat(),
                    "reported_back_on": day.isoformat() if state >= State.REPORTED_BACK else None,
                    "channel": "",
                    "satisfaction": "",
                    "excuse": "",
                }
            )
    return issues, reporters
