"""The queue, the export, search by groups, reminders, telephone entry, messages: as the staff sees them."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from linli.cases.handling import attach
from linli.cases.models import Case
from linli.desk.exporting import plain
from linli.grievances.models import Grievance
from linli.notices.models import Notice, Silence
from linli.notices.queueing import QueueNumber
from linli.people.actors import CLOCK
from linli.people.models import Person
from linli.records.findable import put_new
from linli.records.keeping import keep
from linli.trail.models import AuditEntry
from tests.cast import BEGIN
from tests.counting import counted

pytestmark = pytest.mark.django_db


def lines_of(answer):
    body = b"".join(answer.streaming_content)
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


def test_the_queue_from_taking_to_done_without_script(village, desk, filed):
    clerk = desk("limin")
    for _ in range(2):
        clerk.post(reverse("desk:queue-take"))
    shown = clerk.get(reverse("desk:queue-slip", args=[2])).content.decode()
    assert "002" in shown and "前面还有 1 人" in shown
    clerk.post(reverse("desk:queue-call"), {"window": "3"})
    assert QueueNumber.objects.get(number=1).window == "3"
    board = clerk.get(reverse("desk:queue-board")).content.decode()
    assert (
        "001" in board and 'http-equiv="refresh"' in board and "王桂兰" not in board and "李敏" not in board
    )
    clerk.post(reverse("desk:queue-state", args=[1, "absent"]))
    clerk.post(reverse("desk:queue-state", args=[1, "waiting"]))
    clerk.post(reverse("desk:queue-call"), {"window": "3"})
    assert "001" in clerk.get(reverse("desk:queue")).content.decode()
    assert QueueNumber.objects.get(number=1).state == "called"
    assert clerk.post(reverse("desk:queue-state", args=[2, "nonsense"])).status_code == 404
    assert desk("ma").get(reverse("desk:queue")).status_code == 404


def test_a_matter_begun_is_linked_to_the_number_at_the_window(village, desk, filed):
    clerk = desk("limin")
    clerk.post(reverse("desk:queue-take"))
    clerk.post(reverse("desk:queue-call"), {"window": "1"})
    call = {"caller": "王桂兰", "callback": "13911112222", "nature": "help", "text": "三号楼楼道灯坏了", "class_code": "G01",
            "grade": "ordinary", "read_back": "on"}  # fmt: skip
    assert clerk.post(reverse("desk:phone-entry"), call).status_code == 302
    number = Case.objects.get().number
    assert QueueNumber.objects.get().link == f"case:{number}"
    assert number in clerk.get(reverse("desk:queue")).content.decode()


def test_a_telephone_entry_seals_the_number_and_was_read_back(village, desk, filed):
    clerk = desk("limin")
    call = {"caller": "孔来电", "callback": "139 1111-2222", "nature": "help", "text": "三号楼楼道灯坏了", "class_code": "G01",
            "grade": "ordinary"}  # fmt: skip
    refused = clerk.post(reverse("desk:phone-entry"), call)
    assert refused.status_code == 422 and not Case.objects.exists()
    assert (
        clerk.post(reverse("desk:phone-entry"), {**call, "callback": "abc", "read_back": "on"}).status_code
        == 422
    )
    answer = clerk.post(reverse("desk:phone-entry"), {**call, "read_back": "on"})
    case = Case.objects.select_related("person").get()
    assert answer.status_code == 302 and case.channel == "phone"
    assert case.person is not None
    assert case.person.name == "孔来电" and case.person.phone == "13911112222"
    assert "13911112222" not in case.person.phone_sealed
    assert AuditEntry.objects.filter(verb="grievances.read_back").exists()
    assert "13911112222" not in str(list(AuditEntry.objects.values_list("facts", flat=True)))
    clerk.post(reverse("desk:phone-entry"), {**call, "read_back": "on", "text": "三号楼又坏了一盏灯"})
    assert Person.objects.filter(name="孔来电").count() == 1, "the same caller is found again"


def test_who_leaves_no_number_stays_unnamed(village, desk, filed):
    call = {
        "nature": "help",
        "text": "三号楼楼道灯坏了",
        "class_code": "G01",
        "grade": "ordinary",
        "read_back": "on",
    }
    desk("limin").post(reverse("desk:phone-entry"), call)
    assert Case.objects.get().person is None


def test_an_export_is_whole_says_so_and_holds_no_identifier(village, desk, filed):
    for number in range(3):
        filed(f"三号楼第{number}盏灯坏了")
    clerk = desk("limin")
    lines = lines_of(clerk.post(reverse("desk:export"), {"query": "tab=all", "form": "csv"}))
    assert len(lines) == 5 and lines[0][0] == "编号" and lines[-1] == ["共3件。没有遗漏。"]
    assert {line[5] for line in lines[1:4]} == {"王**"} or "王桂兰" not in str(lines)
    assert "1390000" not in str(lines)
    entry = AuditEntry.objects.get(verb="desk.export")
    assert entry.facts["rows"] == 3 and entry.facts["filter"] == "tab=all"


def test_what_the_post_may_not_see_is_counted_on_the_last_line(village, desk, filed):
    filed()
    Case.objects.update(data_class="P3")
    lines = lines_of(desk("he").post(reverse("desk:export"), {"query": "tab=all", "form": "csv"}))
    assert lines[-1] == ["共0件。另有1件您的岗位不能看，没有导出。"]


def test_a_workbook_holds_the_same_rows(village, desk, filed):
    filed()
    answer = desk("limin").post(reverse("desk:export"), {"query": "tab=all", "form": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 3 and rows[1][0] == Case.objects.get().number and str(rows[-1][0]).startswith("共1件")


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2", "@x", "\t=1"])
def test_no_cell_is_a_formula(text):
    assert plain(text) == f"'{text}" and plain("三号楼") == "三号楼"


@pytest.mark.parametrize(
    "query", ["tab=nonsense&since=2026-13-45", "place=x&post=;drop", "kind=%00&until=1", ""]
)
def test_odd_filters_do_no_harm(village, desk, filed, query):
    clerk = desk("limin")
    assert clerk.get(f"{reverse('desk:inbox')}?{query}").status_code == 200
    assert clerk.post(reverse("desk:export"), {"query": query, "form": "csv"}).status_code == 200
    assert clerk.post(reverse("desk:export"), {"query": query, "form": "exe"}).status_code == 404


def search(clerk, text, kind=""):
    clerk.post(reverse("desk:search"), {"q": text})
    return clerk.get(reverse("desk:search") + (f"?kind={kind}" if kind else "")).content.decode()


def test_search_finds_matters_persons_papers_and_items_by_words_and_initials(village, desk, filed):
    grievance = filed("三号楼楼道灯坏了")
    paper = keep(content=b"%PDF-1.4\n%%EOF", name="现场照片说明.pdf", kind="photo", region=grievance.case.region_id,
                 data_class="P2", retain_until=None, by=village.actor("limin"), at=BEGIN)  # fmt: skip
    attach(case=grievance.case, document=paper, kind="photo", by=village.actor("limin"), at=BEGIN)
    put_new(by=CLOCK, at=BEGIN)
    clerk = desk("limin")
    assert grievance.case.number in search(clerk, "楼道灯") and grievance.case.number in search(clerk, "ldd")
    assert "王桂兰" in search(clerk, "wgl")
    assert search(clerk, "安和苑3号楼", "persons").count('data-label="住址"') == 20, (
        "by address, a page of them"
    )
    assert "现场照片说明" in search(clerk, "照片说明")
    assert "临时救助" in search(clerk, "lsjz", "items")
    other = desk("wangli")
    shown = search(other, "楼道灯") + search(other, "照片说明")
    assert grievance.case.number not in shown and "现场照片说明" not in shown


def test_search_goes_on_by_key(village, desk, filed):
    for number in range(24):
        filed(f"三号楼第{number}盏路灯坏了", days=0)
    clerk = desk("limin")
    first = search(clerk, "路灯", "cases")
    assert first.count('class="num">HL-') == 20
    mark = first.partition("kind=cases&amp;after=")[2].partition('"')[0]
    rest = clerk.get(f"{reverse('desk:search')}?kind=cases&after={mark}").content.decode()
    assert rest.count('class="num">HL-') == 4


def test_lists_keep_their_statement_budget(village, desk, filed):
    for number in range(5):
        filed(f"三号楼第{number}盏路灯坏了")
    clerk = desk("limin")
    clerk.post(reverse("desk:search"), {"q": "路灯"})
    for address in (
        reverse("desk:search"),
        reverse("desk:inbox"),
        reverse("desk:queue"),
        reverse("desk:notices"),
    ):
        clerk.get(address)
        with counted() as statements:
            clerk.get(address)
        assert len(statements) <= 12, (address, len(statements))


def test_reminding_many_names_those_refused_and_does_the_rest(village, desk, filed):
    first, second = filed(), filed("五号楼门禁坏了")
    clerk = desk("sun")
    numbers = [first.case.number, second.case.number]
    clerk.post(reverse("desk:reminders"), {"number": numbers[:1]})
    shown = clerk.post(reverse("desk:reminders"), {"number": numbers}, follow=True).content.decode()
    assert f"{numbers[0]}" in shown and "今天已经催过" in shown and "催办了1件" in shown
    assert Notice.objects.filter(template="case.reminded", to_post="clerk").count() == 2


def test_messages_are_read_some_at_a_time_and_the_digest_is_switched(village, desk, filed):
    filed()
    filed("五号楼门禁坏了")
    chief = desk("sun")
    numbers = list(Case.objects.values_list("number", flat=True))
    chief.post(reverse("desk:reminders"), {"number": numbers})
    clerk = desk("limin")
    one = Notice.objects.filter(template="case.reminded").first()
    assert one is not None
    clerk.post(reverse("desk:notices-chosen"), {"key": [one.key, "x"]})
    assert Notice.objects.filter(template="case.reminded", read_at=None).count() == 1
    clerk.post(reverse("desk:notices-digest"), {"wanted": "no"})
    assert Silence.objects.filter(person=village.person("limin")).exists()
    clerk.post(reverse("desk:notices-digest"), {"wanted": "yes"})
    assert not Silence.objects.exists()


def test_saved_filters_carry_the_new_fields(village, desk, filed):
    clerk = desk("limin")
    answer = clerk.post(reverse("desk:filters"), {"name": "电话", "query": "tab=all&channel=phone&x=1"})
    assert answer.url.endswith("?tab=all&channel=phone")
    assert Grievance.objects.get_queryset().count() == 0
