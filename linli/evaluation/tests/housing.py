"""A year of owners, property, a joint meeting, a pairing and a station, for the measures of these rooms."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from linli.cases.moving import MoveWords, advance
from linli.ground.packs import sheet_paths
from linli.ground.sheets import load_file, plain
from linli.linkage import pairing
from linli.meetings import calling, holding, tasking
from linli.people.actors import SETUP
from linli.people.entering import enter_person
from linli.places import stationing
from linli.property import declared, filing, inspecting, owning, rechecking
from linli.rulebook.publishing import publish
from tests.cast import BEGIN, Village

DAY = timedelta(days=1)


def house(village: Village) -> None:
    """One of each: a count of facilities, a filing, an inspection with its re-check, a task done, an activity."""
    for code, path in sheet_paths(declared.KIND).items():
        sheet = plain(load_file(path, declared.SCHEMA))
        publish(
            kind=declared.KIND,
            code=code,
            body=sheet,
            title={"zh": code},
            valid_from=BEGIN.date(),
            by=SETUP,
            at=BEGIN,
        )
    director, member = village.actor("sun"), village.actor("he")
    stationing.take_stock(community=village.helin, by=director, at=BEGIN)
    estate = stationing.enter_estate(
        community=village.helin, code="HL-AHY", name="安和苑", kind="resettlement", by=director, at=BEGIN
    )
    _committee(village, estate)
    one = inspecting.begin_inspection(
        checklist="property_company",
        body=village.bodies["helin-property"],
        region=village.helin,
        by=member,
        at=BEGIN,
    )
    items = declared.checklist_of(one.checklist_id).items
    seen = [inspecting.Seen(item.code, "fault" if item.code == "lifts" else "met", "过期") for item in items]
    inspecting.find(inspection=one, seen=seen, by=member, at=BEGIN)
    inspecting.issue(inspection=one, demand="补检", by=member, at=BEGIN)
    rechecking.answer(inspection=one, text="已检", by=village.actor("ma"), at=BEGIN + DAY)
    rechecking.recheck(inspection=one, looked=rechecking.Looked("有效"), by=member, at=BEGIN + 2 * DAY)
    _meeting(village)
    agreement = pairing.Agreement("区财政局", "共建", 1, BEGIN.date(), (BEGIN + 300 * DAY).date())
    secretary: Any = village.actor("qian")
    pair = pairing.pair(
        region=village.helin,
        organisation=village.bodies["helin-party"],
        agreement=agreement,
        by=secretary,
        at=BEGIN,
    )
    held = pairing.Held("talk", "谈心", BEGIN.date(), 8, "意见三条")
    pairing.hold_activity(pairing=pair, held=held, by=secretary, at=BEGIN)


def _committee(village: Village, estate: Any) -> None:
    member, elected_on = village.actor("he"), (BEGIN - 5 * DAY).date()
    others = [
        enter_person(name=f"业主{n}", community=village.helin, by=SETUP, at=BEGIN)
        for n in ("甲", "乙", "丙", "丁")
    ]
    seats = [
        owning.Elected(village.person("ye"), "director"),
        *(owning.Elected(one, "member") for one in others),
    ]
    election = owning.Election(1, elected_on, elected_on, (BEGIN + 1000 * DAY).date(), seats)
    assembly = owning.form_assembly(estate=estate, by=member, at=BEGIN)
    committee = owning.elect(
        assembly=assembly, organisation=village.bodies["helin-owners"], election=election, by=member, at=BEGIN
    )
    filing.file(committee=committee, what="election", event_on=elected_on, by=village.actor("ye"), at=BEGIN)


def _meeting(village: Village) -> None:
    by = village.actor("qian")
    members = [
        calling.Member(village.bodies["helin-party"], "party", "party_secretary"),
        calling.Member(village.bodies["helin-committee"], "committee", "committee_director"),
        calling.Member(village.bodies["helin-owners"], "owners", "owners_director"),
        calling.Member(village.bodies["helin-property"], "property", "property_manager"),
    ]
    called = calling.Call("通道", BEGIN.date(), "14:30", "议事厅", [calling.Line("停车")])
    meeting = calling.call(region=village.helin, called=called, members=members, by=by, at=BEGIN)
    seats = list(meeting.seats.all())
    holding.take_roll(
        meeting=meeting, came={seat.pk: holding.Came("present") for seat in seats}, by=by, at=BEGIN
    )
    decided = holding.Decided("划线", [holding.Stance(seat, "agree") for seat in seats])
    row = holding.resolve(item=meeting.agenda.get(), decided=decided, by=by, at=BEGIN)
    seat = next(seat for seat in seats if seat.capacity == "property")
    asked = tasking.Asked(seat, "装标志", (BEGIN + 10 * DAY).date())
    case = tasking.assign(resolution=row, asked=asked, by=by, at=BEGIN).case
    advance(case, "report", by=village.actor("ma"), at=BEGIN + DAY, words=MoveWords("已装"))
    advance(case, "confirm", by=by, at=BEGIN + 2 * DAY)
