"""Keeping, opening, proving and erasing documents."""

import threading
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from linli.ground.said import Said
from linli.people.actors import CLOCK, Actor
from linli.people.entering import enter_person
from linli.records import storing, tasks
from linli.records.erasing import erase, erase_expired
from linli.records.keeping import attach, keep, open_file
from linli.records.models import Document, Evidence, StoredFile
from linli.records.tests.papers import pdf, photo
from linli.trail.models import AuditEntry, LedgerEntry

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HERE, THERE = "990101001001", "990101002001"
CLERK = Actor("account:1", "clerk", HERE)
FOREIGN = Actor("account:2", "clerk", THERE)


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }
    return tmp_path


def kept(content=None, **how):
    facts: dict[str, Any] = {
        "name": "收据.pdf", "kind": "voucher", "region": HERE, "data_class": "P2",
        "retain_until": date(2031, 1, 1), "by": CLERK, "at": AT,
    }  # fmt: skip
    return keep(content=pdf() if content is None else content, **(facts | how))


def files(store):
    return sorted(path.relative_to(store).as_posix() for path in store.rglob("*") if path.is_file())


def test_a_file_lies_once_by_its_hash(store):
    one, two = kept(), kept(title="另一份")
    assert one.file == two.file and StoredFile.objects.count() == 1
    sha = one.sha256
    assert files(store) == [f"{sha[:2]}/{sha[2:4]}/{sha}"]
    assert one.title == "收据.pdf" and two.title == "另一份" and one.key != two.key


def test_keeping_leaves_an_audit_entry_without_names(store):
    document = kept(name="王伟的身份证.pdf")
    entry = AuditEntry.objects.get(verb="records.keep")
    assert entry.key == document.key and "王伟" not in str(entry.facts)


def test_a_photo_is_kept_without_its_position(store):
    document = kept(photo(), name="现场.heic")
    assert document.name == "现场.jpg"
    assert b"SecretMaker" not in open_file(document=document, by=CLERK, at=AT)


def test_too_large_papers_and_photos_are_refused(store, monkeypatch):
    with pytest.raises(Said) as refusal:
        kept(pdf() + b" " * (21 * 1024 * 1024))
    assert refusal.value.code == "records.too_large"
    with pytest.raises(Said) as refusal:
        kept(b"")
    assert refusal.value.code == "records.empty"
    assert Document.objects.count() == 0 and files(store) == []


def test_a_crash_while_writing_leaves_no_half_file(store, monkeypatch):
    def dies(handle):
        raise OSError("the power went")

    monkeypatch.setattr("os.fsync", dies)
    with pytest.raises(OSError, match="power"):
        kept()
    assert files(store) == [] and Document.objects.count() == 0


def test_writers_of_the_same_bytes_do_not_disturb_each_other(store):
    content = pdf() * 50
    threads = [threading.Thread(target=storing.write, args=(content,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(files(store)) == 1 and storing.read(storing.digest_of(content)) == content


def test_lost_and_changed_bytes_are_said(store):
    document = kept()
    path = storing.place(document.sha256)
    path.write_bytes(b"something else")
    with pytest.raises(Said, match="bytes_changed"):
        open_file(document=document, by=CLERK, at=AT)
    path.unlink()
    with pytest.raises(Said, match="bytes_lost"):
        open_file(document=document, by=CLERK, at=AT)
    assert default_storage.path("x").startswith(str(store))


def test_another_communitys_clerk_cannot_open_it_nor_find_it(store):
    document = kept()
    with pytest.raises(Said, match="not_visible"):
        open_file(document=document, by=FOREIGN, at=AT)
    assert not Document.objects.visible_to(FOREIGN).exists()
    assert Document.objects.visible_to(CLERK).get() == document


def test_a_case_can_let_an_actor_in_and_reading_sensitive_papers_is_noted(store):
    document = kept(data_class="P3", by=FOREIGN)
    with pytest.raises(Said, match="not_visible"):
        open_file(document=document, by=CLERK, at=AT)
    assert open_file(document=document, by=CLERK, at=AT, through="case:HL2026-1") == pdf()
    entry = AuditEntry.objects.get(verb="records.open")
    assert (entry.key, entry.data_class, entry.actor) == (document.key, "P3", "account:1")
    assert entry.facts == {"through": "case:HL2026-1"}


def test_reading_ordinary_papers_is_not_noted(store):
    open_file(document=kept(), by=CLERK, at=AT)
    assert not AuditEntry.objects.filter(verb="records.open").exists()


def test_a_person_sees_own_papers_and_those_of_wards(store):
    guardian = enter_person(name="甲", community=None, by=CLOCK, at=AT)
    ward = enter_person(name="乙", community=None, by=CLOCK, at=AT, guardian=guardian)
    own = kept(data_class="P3", person_key=guardian.key)
    wards = kept(data_class="P3", person_key=ward.key)
    kept(data_class="P3", person_key="someone")
    resident = Actor("account:9", "resident", HERE, person_id=guardian.pk)
    assert set(Document.objects.visible_to(resident)) == {own, wards}


def test_evidence_is_named_once_and_enters_the_ledger(store):
    document = kept()
    how: dict[str, Any] = {
        "document": document,
        "about": "projects.expenditure:7",
        "kind": "invoice",
        "by": CLERK,
        "at": AT,
    }
    first = attach(period_from=date(2026, 1, 1), period_to=date(2026, 3, 31), **how)
    assert attach(**how) == first
    assert LedgerEntry.objects.get(kind="records.evidence").row_key == str(first.pk)
    with pytest.raises(Said, match="period_order"):
        attach(**(how | {"kind": "b"}), period_from=date(2026, 2, 1), period_to=date(2026, 1, 1))


def test_erasing_empties_the_row_and_deletes_the_last_bytes(store, django_capture_on_commit_callbacks):
    one, two = kept(person_key="p1"), kept()
    with django_capture_on_commit_callbacks(execute=True):
        erased = erase(document=one, by=CLERK, at=AT, reason="request")
    assert (erased.title, erased.name, erased.person_key, erased.file) == ("", "", "", None)
    assert erased.sha256 == two.sha256 and len(files(store)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        erase(document=two, by=CLERK, at=AT, reason="request")
    assert files(store) == [] and StoredFile.objects.get().erased_at == AT
    assert AuditEntry.objects.filter(verb="records.erase").count() == 2
    erase(document=two, by=CLERK, at=AT, reason="request")
    assert AuditEntry.objects.filter(verb="records.erase").count() == 2
    with pytest.raises(Said, match="records.erased"):
        open_file(document=erased, by=CLERK, at=AT)
    with pytest.raises(Said, match="records.erased"):
        attach(document=erased, about="x", kind="y", by=CLERK, at=AT)


def test_bytes_kept_again_survive_an_erasure_under_way(store, django_capture_on_commit_callbacks):
    old = kept()
    with django_capture_on_commit_callbacks(execute=False) as waiting:
        erase(document=old, by=CLERK, at=AT, reason="request")
    new = kept()
    for callback in waiting:
        callback()
    assert open_file(document=new, by=CLERK, at=AT) == pdf()


def test_the_clock_erases_what_is_past_its_day(store, django_capture_on_commit_callbacks):
    past = kept(retain_until=date(2026, 3, 1))
    last_day = kept(pdf(b"/A 1"), retain_until=date(2026, 3, 2))
    for_good = kept(pdf(b"/A 2"), retain_until=None)
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.erase_expired.call(at=AT.isoformat()) == 1
    assert set(Document.objects.at_hand()) == {last_day, for_good}
    assert not storing.place(past.sha256).exists() and len(files(store)) == 2
    assert AuditEntry.objects.get(verb="records.erase").actor == CLOCK.actor_word


def test_bytes_left_by_an_interrupted_erasure_go_with_the_next_round(
    store, django_capture_on_commit_callbacks
):
    document = kept()
    with django_capture_on_commit_callbacks(execute=False):
        erase(document=document, by=CLERK, at=AT, reason="request")
    assert len(files(store)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        erase_expired(by=CLOCK, at=AT + timedelta(days=1))
    assert files(store) == []


def test_the_database_holds_the_rules_too(store):
    document = kept()
    for wrong in ({"data_class": "P7"}, {"region": "9901"}, {"erased_at": AT}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Document.objects.filter(pk=document.pk).update(**wrong)
    assert Evidence.APPEND_ONLY
