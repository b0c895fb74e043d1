"""A row of data becomes an entry: what it says of a person and of the household."""

import datetime
from dataclasses import dataclass, field

from gridapp.households import credit_codes, id_numbers
from gridapp.households.model import HEAD, RELATIONS
from gridapp.ids import Uid
from gridapp.intake.addresses import Place
from gridapp.intake.categories import NOTHING, Classified, by_flag, by_politics, classified
from gridapp.intake.cells import code_of, day_of, halved, name_of, people_of, said, text_of
from gridapp.intake.grids import GridReader, Targets
from gridapp.intake.phones import Phone, phone_of
from gridapp.intake.placing import PlaceReader
from gridapp.intake.refusing import RefusedRow
from gridapp.intake.table import Line, Table
from gridapp.intake.words import load, meanings
from gridapp.intake.workbook import Cells

NOWHERE: Uid = b""
"""The grid of an entry whose grid is not known yet."""
_LONGEST = 120
_LONGEST_NOTE = 5_000
_SEXES = {"男": "男", "男性": "男", "女": "女", "女性": "女"}
_CLASSIFYING = {"categories", "politics", "conditions"}
_NOBODY = frozenset(load("rows")["nobody"])
_DISTANT = RELATIONS[-2:]
"""Relations that say little, so that what the workbook says is kept beside them."""


@dataclass(slots=True)
class Entry:
    """One row.

    Attributes:
        row: as Excel counts.
        place: what the row itself says of where it is; ``above`` what the title and headings say.
        head: the household's head by a column of its own, where people stand one a row.
        address: the text of a column of whole addresses.
        colour: categories that the fill of the name tells.
        warnings: what a person should look at.
    """

    row: int
    cells: Cells
    grid: Uid
    place: Place
    above: Place
    name: str
    head: str
    relation: str
    id_number: str
    sex: str
    birth_date: datetime.date | None
    phone: Phone
    people: int | None
    contact: str
    classified: Classified
    note: str
    address: str
    remarks: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    colour: int = 0
    credit_code: str = ""


class EntryReader:
    """Reads the rows of one table.

    Args:
        targets: where its households may stand; None where other rows tell their grids.
    """

    def __init__(self, table: Table, targets: Targets | None) -> None:
        header = table.header
        self._fields = header.fields
        self._flags = tuple(header.flags.items())
        self._name = table.name_column
        both = "name" in header.fields and "head" in header.fields
        self._head = header.column("head") if both else None
        self._one = {name: columns[0] for name, columns in header.fields.items()}
        self._grids = GridReader(targets, self._one) if targets is not None else None
        self._places = PlaceReader(self._one)
        self._has_relation = "relation" in header.fields
        self._is_classified = bool(header.flags) or not _CLASSIFYING.isdisjoint(header.fields)

    def read(self, line: Line) -> Entry:
        """What a row says.

        Raises:
            RefusedRow: it has no name, stands in no grid, or says something that cannot be kept.
        """
        cells = line.cells
        warnings: list[str] = []
        remarks: list[str] = []
        name = self._name_in(cells)
        credit_code, number = self._credit_code(cells, name, warnings)
        id_number, sex, birth_date = self._person(cells, number, name, warnings)
        entry = Entry(
            line.row,
            cells,
            self._grids.read(cells, warnings) if self._grids is not None else NOWHERE,
            self._places.read(cells, warnings),
            line.place,
            name,
            name_of(text_of(cells[self._head])) if self._head is not None else "",
            self._relation(cells, remarks) if self._has_relation else "",
            id_number,
            sex,
            birth_date,
            self._phone(cells, warnings),
            self._people(cells, warnings),
            self._contact(cells),
            self._classified(cells, remarks, warnings) if self._is_classified else NOTHING,
            self._joined(cells, "note", "；"),
            self._said(cells, "address"),
            remarks,
            warnings,
            credit_code=credit_code,
        )
        _refuse_too_long(entry)
        return entry

    def _name_in(self, cells: Cells) -> str:
        name = name_of(said(cells[self._name]))
        if not name:
            raise RefusedRow("没有姓名。请填写户主姓名或单位名称。")
        if name in _NOBODY:
            raise RefusedRow(f"姓名写的是“{name}”，没有可以登记的住户。")
        return name

    def _said(self, cells: Cells, name: str) -> str:
        column = self._one.get(name)
        return said(cells[column]) if column is not None else ""

    def _joined(self, cells: Cells, name: str, between: str) -> str:
        """What the columns of a field say together."""
        columns = self._fields.get(name, ())
        if len(columns) == 1:
            return said(cells[columns[0]])
        return between.join(filter(None, (said(cells[column]) for column in columns)))

    def _credit_code(self, cells: Cells, name: str, warnings: list[str]) -> tuple[str, str]:
        """The credit code of an enterprise, and the ID number, which is none where the code stands in its place."""
        number = _number(self._said(cells, "id_number"))
        code = credit_codes.normalized(_number(self._said(cells, "credit_code"))) if "credit_code" in self._one else ""
        if not code and number and not number[:17].isdigit():
            instead = credit_codes.normalized(number)
            if not credit_codes.problem(instead):
                return instead, ""
        wrong = credit_codes.problem(code)
        if wrong:
            warnings.append(f"{name}的{wrong}，已原样登记")
        return code, number

    def _person(
        self, cells: Cells, number: str, name: str, warnings: list[str]
    ) -> tuple[str, str, datetime.date | None]:
        """ID number, sex and birth date; what a correct number tells goes before what the columns say."""
        sex = self._sex(cells, name, warnings) if "sex" in self._one else ""
        birth_date = self._birth_date(cells, name, warnings) if "birth_date" in self._one else None
        facts = id_numbers.facts(number)
        if facts is None:
            wrong = id_numbers.problem(number)
            if wrong:
                warnings.append(f"{name}的{wrong}，已原样登记")
            return number, sex, birth_date
        if sex and sex != facts.sex:
            warnings.append(f"{name}的性别栏写“{sex}”，与身份证号不符，已按身份证号登记为“{facts.sex}”")
        if birth_date and birth_date != facts.birth_date:
            warnings.append(f"{name}的出生日期栏写{birth_date}，与身份证号不符，已按身份证号登记为{facts.birth_date}")
        return number, facts.sex, facts.birth_date

    def _sex(self, cells: Cells, name: str, warnings: list[str]) -> str:
        told = self._said(cells, "sex")
        sex = _SEXES.get(told, "")
        if told and not sex:
            warnings.append(f"{name}的性别“{told}”看不懂，没有登记")
        return sex

    def _birth_date(self, cells: Cells, name: str, warnings: list[str]) -> datetime.date | None:
        text = self._said(cells, "birth_date")
        if not text:
            return None
        day = day_of(cells[self._one["birth_date"]])
        if day is None or day > datetime.date.today():
            warnings.append(f"{name}的出生日期“{text}”看不懂或在今天之后，没有登记")
            return None
        return day

    def _relation(self, cells: Cells, remarks: list[str]) -> str:
        told = self._said(cells, "relation")
        relation = meanings("relations", "relations").get(code_of(told), told)
        if relation in _DISTANT and relation != told:
            remarks.append(f"与户主关系：{told}")
        return relation

    def _phone(self, cells: Cells, warnings: list[str]) -> Phone:
        text = self._joined(cells, "phone", "、")
        if not text:
            return Phone()
        phone = phone_of(text)
        if phone.doubtful:
            warnings.append(f"电话“{phone.number}”不是完整的号码，已原样登记")
        return phone

    def _people(self, cells: Cells, warnings: list[str]) -> int | None:
        text = self._said(cells, "people")
        people = people_of(text) if text else None
        if text and people is None:
            warnings.append(f"人数“{text}”看不懂，没有登记")
        return people

    def _contact(self, cells: Cells) -> str:
        name = self._joined(cells, "contact", "、")
        phone = self._joined(cells, "contact_phone", "、") if "contact_phone" in self._fields else ""
        return f"{name} {phone}".strip() if phone else name

    def _classified(self, cells: Cells, remarks: list[str], warnings: list[str]) -> Classified:
        found = NOTHING
        for column in self._fields.get("categories", ()):
            value = cells[column]
            if value != "":
                told = classified(value if type(value) is str else text_of(value))
                found = told if found is NOTHING else found | told
        if found.unknown:
            words = "、".join(found.unknown)
            remarks.append(f"分类：{words}")
            warnings.append(f"分类“{words}”没有对应的类别，已记在备注里")
        for column in self._fields.get("conditions", ()):
            text = said(cells[column])
            told = classified(text)
            found |= told._replace(unknown=())
            remarks += [text] if told.unknown else []
        for column in self._fields.get("politics", ()):
            found |= by_politics(text_of(cells[column]))
        for column, word in self._flags:
            found |= by_flag(word, text_of(cells[column]))
        return found


def _number(text: str) -> str:
    """A number as it is compared, without the apostrophe that makes Excel keep it as text."""
    return id_numbers.normalized(halved(text).lstrip("'`")) if text else ""


def is_head(entry: Entry) -> bool:
    """Whether a row is about the head of its household, as far as it says."""
    return entry.relation == HEAD or (not entry.relation and entry.name == entry.head)


def _refuse_too_long(entry: Entry) -> None:
    if len(entry.note) > _LONGEST_NOTE:
        raise RefusedRow(f"备注有{len(entry.note)}个字，最多{_LONGEST_NOTE}个。请缩短后重试。")
    person = (entry.name, entry.head, entry.relation, entry.id_number, entry.phone.number, entry.contact)
    texts = (*person, entry.credit_code)
    longest = max(map(len, texts))
    if longest > _LONGEST:
        raise RefusedRow(f"有一格写了{longest}个字，最多{_LONGEST}个。请把多余的内容移到备注。")
