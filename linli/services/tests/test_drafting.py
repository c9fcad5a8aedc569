"""Drafting an item's next edition: faults by line, differences, the dry run, publishing, the file."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.ground.canonical import canonical
from linli.ground.sheets import load_text, plain
from linli.rulebook import drafting
from linli.rulebook.models import Draft, Edition
from linli.rulebook.publishing import edition
from linli.services import declared
from linli.services.dryrun import dry_run
from linli.services.tests.counter import APPLICATION, refused, relief, village
from linli.trail.models import AuditEntry
from linli.trail.verifying import verify
from tests.cast import BEGIN

pytestmark = pytest.mark.django_db
__all__ = ["village"]
CODE = "temporary_assistance"
DAY = timedelta(days=1)


def text(village):
    return drafting.exported(edition(declared.KIND, CODE, BEGIN.date()), declared)


def write(village, changed):
    return drafting.write_draft(kind=declared, code=CODE, text=changed, by=village.actor("qu"), at=BEGIN)


def shorter(village):
    before = text(village)
    after = before.replace("limit:\n  days: 10\n", "limit:\n  days: 5\n")
    assert after != before
    return after


def test_the_exported_file_is_the_sheet_canonically(village):
    for code in ("temporary_assistance", "community_proof", "petition_referral"):
        row = edition(declared.KIND, code, BEGIN.date())
        again = load_text(drafting.exported(row, declared), declared.SCHEMA, source="")
        assert canonical(plain(again)) == canonical(row.body)


def test_a_draft_needs_the_right_and_there_is_one_for_a_sheet(village):
    refused("people.no_right", lambda: drafting.write_draft(
        kind=declared, code=CODE, text="x", by=village.actor("limin"), at=BEGIN))  # fmt: skip
    write(village, "code: broken")
    write(village, shorter(village))
    assert Draft.objects.count() == 1 and AuditEntry.objects.filter(verb="rulebook.write_draft").count() == 2


def test_faults_name_their_line(village):
    broken = shorter(village).replace("procedure: assistance_short", "procedure: nowhere")
    sheet, found = drafting.examined(broken, declared)
    assert sheet is not None and [one.said.code for one in found] == ["services.sheet_unknown_word"]
    assert broken.splitlines()[found[0].line - 1] == "procedure: nowhere"
    sheet, found = drafting.examined("code: [", declared)
    assert sheet is None and found[0].line >= 1
    row = write(village, broken)
    refused("rulebook.draft_faulty", lambda: drafting.publish_draft(
        draft=row, kind=declared, by=village.actor("qu"), at=BEGIN))  # fmt: skip


def test_the_difference_is_told_field_by_field(village):
    row = edition(declared.KIND, CODE, BEGIN.date())
    sheet, _faults = drafting.examined(shorter(village).replace("longest: 1000", "longest: 800"), declared)
    assert sheet is not None
    changes = drafting.difference(row.body, plain(sheet))
    assert {(change.path, change.before, change.after) for change in changes} == {
        (("groups", "hardship", "questions", "story", "longest"), 1000, 800), (("limit", "days"), 10, 5),
    }  # fmt: skip


def test_the_dry_run_says_what_would_have_been(village):
    relief(village, papers=[APPLICATION])
    changed = shorter(village)
    sheet, _faults = drafting.examined(changed, declared)
    assert sheet is not None
    run = dry_run(CODE, sheet, span=village.actor("qu").span, on=(BEGIN + 30 * DAY).date())
    assert (run.looked_at, run.other_day, run.refused, run.other_papers) == (1, 1, 0, 0)
    stricter = changed.replace("longest: 1000", "longest: 3")
    sheet, _faults = drafting.examined(stricter, declared)
    assert sheet is not None
    run = dry_run(CODE, sheet, span=village.actor("qu").span, on=(BEGIN + 30 * DAY).date())
    assert run.refused == 1 and run.cases[0].reasons[0].code == "services.dry_refused"
    without = declared.SCHEMA(**{**vars(sheet), "materials": sheet.materials[1:2]})
    run = dry_run(CODE, without, span=village.actor("qu").span, on=(BEGIN + 30 * DAY).date())
    assert run.other_papers == 1
    far = dry_run(CODE, sheet, span=village.actor("qu").span, on=(BEGIN + 200 * DAY).date())
    assert far.looked_at == 0
    elsewhere = dry_run(CODE, sheet, span=("990101002000", "990101002999"), on=(BEGIN + 30 * DAY).date())
    assert elsewhere.looked_at == 0


def test_publishing_makes_the_next_edition_and_running_matters_keep_theirs(village):
    application = relief(village)
    row = write(village, shorter(village))
    seen = edition(declared.KIND, CODE, BEGIN.date())
    qu = village.actor("qu")
    refused("people.no_right", lambda: drafting.publish_draft(
        draft=row, kind=declared, by=village.actor("jie"), at=BEGIN))  # fmt: skip
    made = drafting.publish_draft(draft=row, kind=declared, by=qu, at=BEGIN, seen=seen)
    assert made.number == seen.number + 1 and edition(declared.KIND, CODE, BEGIN.date()) == made
    application.refresh_from_db()
    assert application.item == seen and application.case.limit_days == 10
    assert relief(village, who="chen").case.limit_days == 5
    refused("rulebook.draft_closed", lambda: drafting.drop_draft(draft=row, by=qu, at=BEGIN))
    assert verify().ok


def test_an_unchanged_renamed_or_overtaken_draft_is_refused(village):
    qu = village.actor("qu")

    def publishing(row, **more):
        return lambda: drafting.publish_draft(draft=row, kind=declared, by=qu, at=BEGIN, **more)

    refused("rulebook.draft_unchanged", publishing(write(village, text(village))))
    renamed = shorter(village).replace(f"code: {CODE}\n", "code: other_assistance\n", 1)
    refused("rulebook.draft_other_code", publishing(write(village, renamed)))
    seen, other = edition(declared.KIND, CODE, BEGIN.date()), shorter(village).replace("days: 5", "days: 6")
    publishing(write(village, shorter(village)), seen=seen)()
    refused("rulebook.draft_overtaken", publishing(write(village, other), seen=seen))
    assert Edition.objects.filter(kind=declared.KIND, code=CODE).count() == 2
    drafting.drop_draft(draft=Draft.objects.open().get(), by=qu, at=BEGIN)
    assert not Draft.objects.open().exists()
