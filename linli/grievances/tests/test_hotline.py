"""Orders of the hotline above: their deadline beside ours, returning, answering back, batches with exact faults."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from linli.cases.models import Case
from linli.grievances.answering import reply
from linli.grievances.batches import take_batch
from linli.grievances.hotline import Order, answer_back, return_order, take_order, tighten_all
from linli.grievances.intake import Told, dispatch
from linli.grievances.models import Grievance, HotlineBatch, HotlineOrder
from linli.grievances.order_files import COLUMNS, moment, template_csv, template_xlsx
from linli.people.actors import CLOCK
from linli.trail.verifying import verify
from tests.cast import BEGIN

from .conftest import DAY, HOUR, refused

HEAD = "工单编号,来电时间,答复期限,诉求内容,分类,楼栋,来电人,联系电话,响应,解决,满意"
GOOD = "YC202601050001,2026-01-05 08:30,2026-01-08,三号楼楼顶漏水,房屋维修,安和苑3号楼,王女士,13900000001,,,"
OTHER = "YC202601050002,2026/1/5 9:10,2026年1月7日 18:00,后门垃圾堆成山,,,,,,,"


@pytest.fixture
def take(published, village):
    def importing(text, *, choice="all", login="limin", name="批次.csv", at=BEGIN, encoding="utf-8"):
        content = text if isinstance(text, bytes) else "\n".join([HEAD, text]).encode(encoding)
        return take_batch(content=content, name=name, choice=choice, by=village.actor(login), at=at)

    return importing


def faults(taken):
    return [(one.sheet, one.row, one.column, one.said.code) for one in taken.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_batch_is_taken_and_again_changes_nothing(take, village, encoding):
    taken = take(f"{GOOD}\n{OTHER}", encoding=encoding)
    assert (len(taken.filed), taken.known, taken.faults) == (2, 0, ())
    order = HotlineOrder.objects.get(number="YC202601050001")
    assert order.grievance.building is not None
    assert (order.their_due_on, order.grievance.building.name, order.grievance.case.channel) == (
        date(2026, 1, 8), "安和苑3号楼", "hotline",
    )  # fmt: skip
    assert order.grievance.case.person == village.person("wang"), "the phone is one person's of the community"
    assert HotlineOrder.objects.get(number="YC202601050002").grievance.class_code == "G04", (
        "told by its words"
    )
    again = take(f"{GOOD}\n{OTHER}", encoding=encoding, at=BEGIN + DAY)
    assert (again.filed, again.known, again.batch) == ((), 2, None)
    assert (Case.objects.count(), HotlineBatch.objects.count()) == (2, 1) and verify().ok


BAD = [
    (",2026-01-05,2026-01-08,楼顶漏水,,,,,,,", [("工单编号", "grievances.row_missing")]),
    ("YC1?,2026-01-05,2026-01-08,楼顶漏水,,,,,,,", [("工单编号", "grievances.row_number")]),
    ("YC0001,昨天,2026-01-08,楼顶漏水,,,,,,,", [("来电时间", "grievances.row_moment")]),
    ("YC0001,2026-02-30,2026-03-08,楼顶漏水,,,,,,,", [("来电时间", "grievances.row_moment")]),
    ("YC0001,2026-01-09,2026-01-08,楼顶漏水,,,,,,,", [("答复期限", "grievances.hotline_due")]),
    ("YC0001,2026-01-05,2026-01-08,漏水,,,,,,,", [("诉求内容", "grievances.row_text")]),
    (
        "YC0001,2026-01-05,2026-01-08,楼顶漏水110101199003074514,,,,,,,",
        [("诉求内容", "grievances.row_personal")],
    ),
    ("YC0001,2026-01-05,2026-01-08,楼顶漏水,G99,,,,,,", [("分类", "grievances.row_class")]),
    ("YC0001,2026-01-05,2026-01-08,唔唔唔唔,,,,,,,", [("分类", "grievances.row_no_class")]),
    ("YC0001,2026-01-05,2026-01-08,楼顶漏水,,天上的楼,,,,,", [("楼栋", "grievances.row_building")]),
    ("YC0001,2026-01-05,2026-01-08,楼顶漏水,,,,12345,,,", [("联系电话", "grievances.row_phone")]),
    ("YC0001,2026-01-05,2026-01-08,楼顶漏水,,,,,也许,,", [("响应", "grievances.row_yes_no")]),
]


def test_every_bad_cell_is_named_by_sheet_row_and_column_and_nothing_is_taken(take):
    rows = "\n".join([GOOD, *(row.replace("YC0001", f"YC{place:04}") for place, (row, _) in enumerate(BAD))])
    taken = take(rows)
    expected = [
        ("CSV", place, column, code)
        for place, (_, found) in enumerate(BAD, start=3)
        for column, code in found
    ]
    assert faults(taken) == expected
    assert taken.is_refused and not Grievance.objects.exists() and not HotlineBatch.objects.exists()
    good = take(rows, choice="good")
    assert faults(good) == expected and len(good.filed) == 1 and not good.is_refused
    assert good.batch.left_out == len(BAD)


def test_the_same_number_twice_in_a_file_is_a_fault(take):
    assert faults(take(f"{GOOD}\n{GOOD}")) == [("CSV", 3, "工单编号", "grievances.row_twice")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "grievances.file_empty"), (HEAD.encode(), "grievances.file_empty"), ("甲,乙\n1,2".encode(), "grievances.file_headings"),
        (b"\xff\xfe\x00\x01\x02", "grievances.file_unreadable"), (b"PK\x03\x04rubbish", "grievances.file_unreadable"),
    ],
)  # fmt: skip
def test_what_is_no_such_table_is_refused_as_a_whole(take, content, code):
    refused(code, lambda: take(content))


def test_a_missing_column_is_named(take):
    taken = take("工单编号,来电时间,诉求内容\nYC0001,2026-01-05,楼顶漏水".encode())
    assert faults(taken) == [("CSV", 1, "答复期限", "grievances.file_column")]


def test_a_workbook_is_read_sheet_by_sheet(take, village):
    book = load_workbook(io.BytesIO(template_xlsx()))
    sheet = book["工单"]
    codes = [column.code for column in COLUMNS]

    def row(**cells):
        sheet.append([cells.get(code) for code in codes])

    row(
        number="YC0001",
        called_at=datetime(2026, 1, 5, 8, 30),
        due_at=datetime(2026, 1, 8),
        text="三号楼楼顶漏水",
        community="禾邻社区",
    )
    row(
        number=20260105,
        called_at="2026-01-05",
        due_at="2026-01-06",
        text="后门垃圾堆成山",
        community="望山社区",
    )
    out = io.BytesIO()
    book.save(out)
    taken = take(out.getvalue(), login="jie", name="批次.xlsx", choice="good")
    assert faults(taken) == [("工单", 3, "社区", "grievances.row_community")], "another street's community"
    assert [one.number for one in taken.filed] == ["YC0001"]
    assert template_csv().startswith("\ufeff工单编号".encode())


def test_rates_fed_back_update_known_orders_once(take):
    take(GOOD)
    fed = take(GOOD[:-3] + ",是,是,否", at=BEGIN + DAY)
    assert (fed.filed, fed.known, fed.rated) == ((), 1, 1)
    order = HotlineOrder.objects.get()
    assert (order.is_responded, order.is_resolved, order.is_satisfied) == (True, True, False)
    assert take(GOOD[:-3] + ",是,是,否", at=BEGIN + DAY).rated == 0
    assert take(GOOD, at=BEGIN + DAY).rated == 0, "empty cells take nothing back"


def test_who_may_not_import_is_refused(take):
    refused("people.no_right", lambda: take(GOOD, login="ma"))


def order_of(village, due="2026-01-07", number="YC0001"):
    told = Told("G01", "help", "三号楼楼顶漏水")
    due_at = moment(due, is_end=True)
    assert due_at is not None
    order = Order(number, BEGIN - HOUR, due_at, told, "王女士", "13911112222")
    return take_order(order=order, region=village.helin, by=village.actor("limin"), at=BEGIN)


def test_the_earlier_deadline_rules_the_light(published, village):
    row, clerk = order_of(village), village.actor("limin")
    case = row.grievance.case
    assert "13911112222" not in row.phone_sealed and case.person is None
    dispatch(grievance=row.grievance, by=clerk, at=BEGIN)
    assert case.due_on == date(2026, 1, 12), "ours"
    tighten_all(by=CLOCK, at=BEGIN)
    case.refresh_from_db()
    assert case.next_due_on == date(2026, 1, 7), "theirs is earlier"
    assert tighten_all(by=CLOCK, at=BEGIN) == 0
    later = order_of(village, due="2026-02-20", number="YC0002").grievance.case
    assert later.next_due_on == date(2026, 1, 6), "ours is earlier"


def test_an_order_is_returned_in_time_by_the_community_later_by_the_street(published, village):
    clerk = village.actor("limin")
    row = order_of(village)
    refused("cases.opinion_missing", lambda: return_order(order=row, reason=" ", by=clerk, at=BEGIN))
    return_order(order=row, reason="属供水公司职责，不在社区事项清单内。", by=clerk, at=BEGIN + DAY)
    assert row.grievance.case.outcome == "returned"
    late = order_of(village, number="YC0002")
    refused(
        "grievances.return_too_late",
        lambda: return_order(order=late, reason="不归我们", by=clerk, at=BEGIN + 2 * DAY),
    )
    return_order(order=late, reason="由街道协调供水公司。", by=village.actor("jie"), at=BEGIN + 2 * DAY)


def test_the_hotline_is_answered_back_after_the_resident(published, village):
    row, clerk = order_of(village), village.actor("limin")

    def tell_above(at=BEGIN + DAY):
        return answer_back(order=row, text="屋顶已补好。", by=clerk, at=at)

    refused("grievances.answer_first", tell_above)
    dispatch(grievance=row.grievance, by=clerk, at=BEGIN)
    reply(grievance=row.grievance, text="已补好。", by=village.actor("ma"), at=BEGIN + HOUR)
    tell_above()
    assert row.answered_back_in_time is True
    refused("grievances.answered_back_already", tell_above)
