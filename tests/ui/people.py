"""The invented neighbourhood that the tests of the window look at."""

from gridapp.households.categories import CATEGORIES, to_mask
from gridapp.households.model import ENTERPRISE, HEAD
from gridapp.register import Register
from tests import factories as make

STREET = ("南开区", "兴南街道")
THIRD, FOURTH, OTHER = "120104003001003", "120104003001004", "120104003002001"
COMMUNITY = THIRD[:12]
HEADS = (
    "马玉兰",
    "李建国",
    "王秀英",
    "张桂芳",
    "赵铁柱",
    "钱小燕",
    "孙福来",
    "周文斌",
    "吴春梅",
    "郑志强",
    "冯丽华",
    "陈长江",
    "褚卫东",
    "卫红霞",
)
FIRST = HEADS[0]
"""Head of the first household in walking order: a lonely elder with a daughter on record."""
SEVERAL, UNCLASSED, SHOP = "蒋三多", "沈未定", "兴旺超市"
PHONE = "13820000001"


def move_in(register: Register) -> None:
    """32 households: 20 in the third grid, 8 in the fourth, 4 in the other community, and a team."""
    with register.recording("迁入", actor="资料员"):
        third = make.make_area(register, THIRD, *STREET, "紫光苑社区", "第三网格")
        fourth = make.make_area(register, FOURTH, *STREET, "紫光苑社区", "第四网格")
        other = make.make_area(register, OTHER, *STREET, "华苑社区", "第一网格")
        for number, head in enumerate(HEADS):
            home = _home(register, third, number, head, [CATEGORIES[number % 7].key])
            if head == FIRST:
                make.make_resident(register, home, name=FIRST, relation=HEAD, phone=PHONE, position=0)
                make.make_resident(register, home, name="马小妹", relation="子女", position=1)
        _home(register, third, 14, SEVERAL, ["tenant", "lonely_elderly", "party_member"])
        _home(register, third, 15, UNCLASSED, [])
        _home(register, third, 16, SHOP, ["enterprise"], kind=ENTERPRISE)
        for number in range(17, 20):
            _home(register, third, number, f"韩{number}", ["permanent_resident"])
        for number in range(8):
            _home(register, fourth, number, f"杨{number}", ["permanent_resident"])
        for number in range(4):
            _home(register, other, number, f"朱{number}", ["tenant"])
        for role, name in (
            ("grid_worker", "网格小刘"),
            ("agency_official", "机关老何"),
            ("street_official", "街道老吕"),
        ):
            make.make_service(register, make.make_member(register, name=name), third, role)


def _home(register: Register, area: bytes, number: int, head: str, keys: list[str], **values: object) -> bytes:
    return make.make_household(
        register,
        area,
        building=str(3 + number // 10),
        entrance="2",
        floor="1",
        room=str(101 + number),
        head=head,
        phone=f"138200000{number + 1:02}",
        people=1 + number % 4,
        categories=to_mask(keys),
        **values,
    )
