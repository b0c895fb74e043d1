"""A process that attaches one file after the other and says so after each, until somebody kills it."""

import itertools
import sys

from gridapp.attachments import changing
from gridapp.ids import new_uid
from gridapp.register import open_register
from tests.gridapp.attachments import files


def main(url: str) -> None:
    register, owner = open_register(url), new_uid()
    for number in itertools.count(int.from_bytes(owner[-4:], "big")):
        file = (f"{number}.jpg", files.picture(size=(320, 200), seed=number) + number.to_bytes(4, "big"))
        if number % 2:
            changing.add(register, "issue", owner, file)
        else:
            changing.add_all(register, "issue", owner, [file])
        print(owner.hex(), number, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
