"""How residents are related to a head when that is somebody else from now on; groups as in GB/T 4761."""

from gridapp.households.model import HEAD

_STRANGER = "非亲属"

_BACK = {
    HEAD: HEAD,
    "配偶": "配偶",
    "子女": "父母",
    "父母": "子女",
    "祖父母": "孙子女",
    "孙子女": "祖父母",
    "兄弟姐妹": "兄弟姐妹",
    "其他亲属": "其他亲属",
    _STRANGER: _STRANGER,
}

_OF = {
    "配偶": {"子女": "子女", "孙子女": "孙子女", "父母": "父母", "祖父母": "祖父母", "兄弟姐妹": "其他亲属"},
    "子女": {"配偶": "子女", "子女": "孙子女", "孙子女": "孙子女", "兄弟姐妹": "子女"},
    "父母": {"配偶": "父母", "子女": "兄弟姐妹", "父母": "祖父母", "祖父母": "祖父母", "兄弟姐妹": "其他亲属"},
    "祖父母": {"配偶": "祖父母", "父母": "祖父母", "祖父母": "祖父母", "兄弟姐妹": "其他亲属"},
    "孙子女": {"配偶": "孙子女", "子女": "孙子女", "孙子女": "孙子女", "父母": "子女", "兄弟姐妹": "孙子女"},
    "兄弟姐妹": {
        "配偶": "兄弟姐妹",
        "子女": "其他亲属",
        "孙子女": "其他亲属",
        "父母": "父母",
        "祖父母": "祖父母",
        "兄弟姐妹": "兄弟姐妹",
    },
}
"""Of what somebody's relative is to a head: what the relatives of that one are to the head."""


def inverse(relation: str) -> str:
    """What a head is to somebody who is this to the head; empty where that does not say."""
    return _BACK.get(relation, "")


def through(relation: str, link: str) -> str:
    """What somebody is to a head, being ``relation`` to somebody who is ``link`` to that head; empty if unknown."""
    if link == HEAD:
        return relation
    if relation == HEAD:  # the very one who is the link
        return link
    if _STRANGER in (relation, link):
        return _STRANGER
    return _OF.get(link, {}).get(relation, "")


def under(relation: str, next_head: str) -> str:
    """What somebody is to the next head, both having been so to the last one; empty if that does not say."""
    return through(relation, inverse(next_head))
