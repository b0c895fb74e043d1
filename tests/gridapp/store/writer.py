"""A process that saves one value after the other and says so after each, until somebody kills it."""

import sys

from gridapp.ids import new_uid
from gridapp.register import open_register
from gridapp.store.setting import Setting


def main(url: str) -> None:
    register = open_register(url)
    uids = [new_uid() for _ in range(3)]
    with register.recording("开始") as recording:
        recording.insert_many(Setting, ("uid", "key", "value"), [(uid, uid.hex(), "0") for uid in uids])
    number = 0
    while True:
        number += 1
        with register.recording(f"保存{number}") as recording:
            for uid in uids:
                recording.update(Setting, uid, {"value": str(number)})
            recording.insert(Setting, key=f"{uids[0].hex()}-{number}", value=str(number))
        print(uids[0].hex(), number, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
