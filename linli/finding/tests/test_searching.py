"""Searching the index of rows; the same on both engines."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.finding import tasks
from linli.finding.indexing import drop, put
from linli.finding.models import Indexed, Terms
from linli.finding.searching import matching_keys, matching_words
from linli.ground.said import Said

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
HERE, THERE = "990101001001", "990102001001"


@dataclass(frozen=True)
class Clerk:
    actor_word: str = "account:1"


def index(key, *texts, kind="cases.case", region=HERE, data_class="P2"):
    return put(kind=kind, key=key, region=region, data_class=data_class, texts=texts, by=Clerk(), at=AT)


@pytest.fixture
def rows(db):
    index(1, "王伟", "鼓楼区东风路3号楼2单元", "厨房漏水，请派人", "TY-2026-000123")
    index(2, "单小芳", "朝阳里", "高龄津贴")
    index(3, "李曾氏", "幸福村", "楼道里有杂物", region=THERE)


def found(text, **how):
    return sorted(Indexed.objects.matching(text, **how).values_list("number", flat=True))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("鼓楼", [1]), ("王伟", [1]), ("楼", [1, 3]), ("伟", [1]), ("区", [1]), ("东风路", [1]),
        ("3号楼 漏水", [1]), ("3号楼漏水", []), ("号楼2", [1]), ("漏水 高龄", []), ("楼东", []), ("伟鼓", []),
        ("wangwei", [1]), ("WANG", [1]), ("wang wei", [1]), ("ww", [1]), ("dongfeng", [1]), ("shanxiaofang", [2]),
        ("danxiaofang", [2]), ("chaoyang", [2]), ("zengshi", [3]), ("sxf", [2]),
        ("TY-2026-000123", [1]), ("ty2026000123", [1]), ("2026-000123", [1]), ("0001", [1]), ("３号楼", [1]),
        ("", []), ("   ", []), ("…？！", []),
    ],
)  # fmt: skip
def test_what_is_typed_finds_its_rows(rows, text, numbers):
    assert found(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "王伟*",
        '"王伟"',
        "王伟 OR",
        "NOT 王伟",
        "王伟 AND",
        "terms:王伟",
        "王伟')--",
        "NEAR(王伟 鼓楼)",
        "王伟:*",
        "%王伟_",
        "^王伟",
        "&|!<->",
    ],
)
def test_signs_of_query_languages_are_harmless(rows, text):
    assert set(found(text)) <= {1}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
def test_any_text_is_a_question_that_the_engine_takes(rows, text):
    assert len(found(text)) <= 3


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="鼓楼区王伟漏水3a一", min_size=2, max_size=12), st.data())
def test_every_piece_of_two_characters_or_more_is_found(db, text, data):
    index(9, text)
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    piece = text[start:end]
    # A piece that begins or ends inside a number or a Latin word is another number or word.
    if (start and text[start - 1] in "3a" and text[start] == text[start - 1]) or (
        end < len(text) and text[end] in "3a" and text[end] == text[end - 1]
    ):
        return
    assert found(piece) == [9]


def test_a_search_keeps_to_a_kind_and_a_region(rows):
    index("relief", "楼道灯", kind="services.item")
    assert found("楼", kind="cases.case") == [1, 3]
    assert found("楼", kind="cases.case", inside=HERE) == [1]
    assert found("楼", inside="990000000000", kind="cases.case") == [1, 3]
    assert list(matching_words("services.item", "楼道").values_list("key", flat=True)) == ["relief"]


def test_keys_are_a_subquery_of_one_statement(rows, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert (
            Indexed.objects.filter(number__in=matching_keys("cases.case", "王伟", inside=HERE)).count() == 1
        )


def test_the_newest_candidates_win_under_the_cap(db):
    for number in range(1, 8):
        index(number, "噪音扰民")
    assert found("噪音", limit=3) == [5, 6, 7]


def test_putting_again_replaces_the_terms(rows):
    index(1, "王伟", "已搬家", region=THERE)
    assert found("鼓楼") == []
    assert found("搬家", inside=THERE) == [1]
    assert Indexed.objects.filter(kind="cases.case", key="1").count() == 1


def test_dropping_forgets_the_terms(rows):
    before = Terms.objects.count()
    assert drop(kind="cases.case", key=1, by=Clerk(), at=AT)
    assert not drop(kind="cases.case", key=1, by=Clerk(), at=AT)
    assert found("王伟") == [] and Terms.objects.count() == before - 1


def test_purging_removes_dropped_words_from_the_index_file(rows):
    def kept_in_segments():
        with connection.cursor() as cursor:
            cursor.execute("SELECT block FROM finding_terms_data")
            return "王伟".encode() in b"".join(bytes(row[0]) for row in cursor.fetchall())

    drop(kind="cases.case", key=1, by=Clerk(), at=AT)
    if connection.vendor == "sqlite":
        index(7, "王伟", "别的")
        drop(kind="cases.case", key=7, by=Clerk(), at=AT)
        assert kept_in_segments()
        tasks.purge.call(at=AT.isoformat())
        assert not kept_in_segments()
    else:
        tasks.purge.call(at=AT.isoformat())
    assert found("王伟") == [] and found("高龄") == [2]


def test_identity_and_telephone_numbers_are_not_stored(db):
    index(4, "赵一 身份证 530113199003071234 电话 13800138000")
    with connection.cursor() as cursor:
        # The cast turns a vector into its text on PostgreSQL and is idle on SQLite.
        cursor.execute("SELECT CAST(terms AS text) FROM finding_terms")
        kept = " ".join(row[0] for row in cursor.fetchall())
    assert "赵一" in kept and "5301" not in kept and "138" not in kept
    assert found("13800138000") == [] and found("530113199003071234") == []


def test_an_unknown_class_or_region_is_refused(db):
    with pytest.raises(Said) as refusal:
        index(5, "甲", data_class="P9")
    assert refusal.value.code == "finding.unknown_class"
    with pytest.raises(Said) as refusal:
        index(5, "甲", region="9901")
    assert refusal.value.code == "finding.no_region"


def test_putting_costs_two_statements(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        index(6, "甲乙丙")
    with django_assert_num_queries(2):
        index(6, "甲乙丁")
