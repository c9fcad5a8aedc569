"""What stands beside the matters of a community: owners and property, a meeting, a pairing, talks of a mediation."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from linli.linkage.pairing import Agreement, pair
from linli.mediation.intake import Dispute, NewParty, accept, record_consent, take_up
from linli.mediation.models import Mediation, Party
from linli.mediation.parties import add_paper, state
from linli.mediation.seating import seat
from linli.meetings.calling import Call, Line, Member, call
from linli.people.actors import SETUP, Actor
from linli.people.entering import appoint, enter_organisation, enter_person
from linli.people.models import Organisation, Person
from linli.people.signing import open_account, post_actor
from linli.places.stationing import enter_estate
from linli.property.contracting import Parties, Terms, sign
from linli.property.declared import checklist_of
from linli.property.inspecting import Seen, begin_inspection, find, issue
from linli.property.owning import Elected, Election, elect, form_assembly
from linli.property.scoring import score
from linli.records.keeping import keep
from linli.services import appointing, reviewing
from linli.services.decision import accept as accept_application
from linli.services.decision import grant
from linli.services.intake import Paper, file_application
from linli.services.models import Application
from linli.services.visiting import Seen as SeenAtHome
from linli.services.visiting import visit
from tests import cast
from tests.cast import HELIN, ZONE
from tests.visibility.places import FILED, NOW, Corner, Owner

MAY = datetime(2026, 5, 11, 10, 0, tzinfo=ZONE)
KINDS = {
    "party": "party_org", "committee": "residents_committee", "owners": "owners_committee", "property": "property_company",
}  # fmt: skip
SPEAK = {
    "party": "party_secretary", "committee": "committee_director", "owners": "owners_director", "property": "property_manager",
}  # fmt: skip


def _bodies(corner: Corner) -> dict[str, Organisation]:
    """The four bodies of a community: those of the village at home, invented ones elsewhere."""
    if corner.code == HELIN:
        return {capacity: corner.village.bodies[f"helin-{capacity}"] for capacity in KINDS}
    made = {
        capacity: enter_organisation(
            key=f"{capacity}-{corner.code}", name=f"{corner.region.name}{capacity}", kind=kind,
            region=corner.region, by=SETUP, at=cast.BEGIN,
        )
        for capacity, kind in KINDS.items() if capacity != "committee"
    }  # fmt: skip
    return {**made, "committee": corner.body}


def estates(corner: Corner) -> None:
    """An estate with its committee, a contract, an inspection with notice, a mark; a meeting called; a pairing."""
    bodies = _bodies(corner)
    _property(corner, bodies)
    members = [Member(body, capacity, SPEAK[capacity]) for capacity, body in bodies.items()]
    called = Call("充电棚联席会议", NOW.date() + timedelta(days=4), "14:30", "议事厅", [Line("选址")])
    director = corner.hand("committee_director")
    call(region=corner.region, called=called, members=members, by=director, at=FILED)
    agreement = Agreement("区财政局机关党委", "每季度一次", 4, date(2026, 1, 5), date(2028, 1, 4))
    pair(region=corner.region, organisation=bodies["party"], agreement=agreement, by=director, at=FILED)


def _property(corner: Corner, bodies: dict[str, Organisation]) -> None:
    member, director = corner.hand("committee_member"), corner.hand("committee_director")
    estate = enter_estate(
        community=corner.region,
        code=f"E-{corner.code}",
        name="安和苑",
        kind="resettlement",
        by=director,
        at=FILED,
    )
    assembly = form_assembly(estate=estate, fund="none", owners_count=300, by=member, at=FILED)
    people = [
        enter_person(name=f"业主{sign_of}", community=corner.region, by=SETUP, at=cast.BEGIN)
        for sign_of in "一二三四五"
    ]
    seats = [Elected(one, "member" if order else "director") for order, one in enumerate(people)]
    term = Election(1, date(2026, 6, 1), date(2026, 6, 1), date(2031, 5, 31), seats)
    elect(assembly=assembly, organisation=bodies["owners"], election=term, by=member, at=FILED)
    terms = Terms(
        subject="物业服务合同", signed_on=date(2025, 6, 1), from_on=date(2025, 7, 1), to_on=date(2027, 6, 30),
        fee_cents=80, terms="保洁、秩序、维修", area_centiares=2_640_000, private_terms="违约金条款",
    )  # fmt: skip
    sign(
        parties=Parties(bodies["property"], corner.region, bodies["owners"], estate),
        terms=terms,
        by=member,
        at=FILED,
    )
    inspection = begin_inspection(
        checklist="property_company",
        body=bodies["property"],
        region=corner.region,
        estate=estate,
        by=member,
        at=FILED,
    )
    items = [one.code for one in checklist_of(inspection.checklist_id).items]
    seen = [Seen(code, "fault" if code == "fire_lanes" else "met", "堆杂物" if code == "fire_lanes" else "")
            for code in items]  # fmt: skip
    find(inspection=inspection, seen=seen, by=member, at=FILED)
    issue(inspection=inspection, demand="清走杂物", by=member, at=FILED)
    score(scoring="property_company", body=bodies["property"], region=corner.region,
          span=(date(2026, 1, 1), NOW.date()), by=director, at=NOW)  # fmt: skip


def _mediator(corner: Corner) -> tuple[Person, Actor]:
    """Who mediates in a community: the village's own at home, somebody appointed elsewhere."""
    if corner.code == HELIN:
        return corner.village.person("feng"), corner.village.actor("feng")
    who: dict[str, Any] = {"by": SETUP, "at": cast.BEGIN}
    person = enter_person(name="调解员", community=corner.region, birth_year=1970, **who)
    account = open_account(
        person=person, login=f"m{corner.code}", password=cast.PASSWORD, is_sample=True, **who
    )
    held = appoint(
        person=person,
        organisation=corner.body,
        post="mediator",
        place=corner.region,
        valid_from=cast.SINCE,
        **who,
    )
    return person, post_actor(account, held)


def _side(mediation: Mediation, number: int) -> Party:
    return Party.objects.select_related("mediation__case", "person").get(mediation=mediation, number=number)


def talks(corner: Corner) -> None:
    """A mediation under way: a party wrote to its mediator alone, and handed in one paper for the file."""
    owner = corner.owner("talked")
    person, by = _mediator(corner)
    dispute = Dispute(corner.region, "neighbours", "application", owner.marks.story)
    sides = [NewParty("applicant", person=owner.person), NewParty("respondent", name="隔壁住户")]
    made = take_up(dispute=dispute, parties=sides, by=by, at=FILED)
    seat(mediation=made, person=person, by=by, at=FILED)
    for number in (1, 2):
        record_consent(party=_side(made, number), agrees=True, by=by, at=FILED)
    accept(mediation=made, by=by, at=FILED)
    state(party=_side(made, 1), text=f"底线{owner.marks.story}", by=owner.actor, at=FILED)
    document = keep(
        content=f"证据{corner.code}".encode(), name="evidence.txt", kind="evidence", region=corner.code, data_class="P3",
        retain_until=None, by=by, at=FILED,
    )  # fmt: skip
    add_paper(party=_side(made, 1), document=document, chapter="evidence", by=by, at=FILED)


def _filed(
    owner: Owner, item: str, answers: dict[str, str], papers: list[Paper], at: datetime
) -> Application:
    return file_application(
        item=item,
        applicant=owner.person,
        answers=answers,
        papers=papers,
        channel="portal",
        by=owner.actor,
        at=at,
    )


def aftercare(corner: Corner) -> None:
    """A grant of May drawn for a second look; a service whose day is agreed."""
    owner = corner.owner("reviewed")
    marks = owner.marks
    answers = {
        "household_size": "2", "phone": marks.phone, "address": marks.address, "reason": "sudden_event", "story": marks.story,
        "amount": "2000", "account": marks.bank,
    }  # fmt: skip
    papers = [
        Paper(code, f"{code}.pdf", b"%PDF-1.4\n%%EOF\n% " + f"{code}{corner.code}".encode())
        for code in ("application", "event_proof")
    ]
    application = _filed(owner, "temporary_assistance", answers, papers, MAY)
    accept_application(application=application, by=corner.hand("clerk"), at=MAY)
    seen = SeenAtHome(visitors=["甲工", "乙工"], found="属实", agrees=True)
    visit(application=application, seen=seen, by=corner.hand("grid_worker"), at=MAY + timedelta(hours=2))
    grant(application=application, cents=150000, by=corner.hand("street_assistance"), at=MAY + timedelta(hours=4),
          reason_class="sudden_event")  # fmt: skip
    drawn = reviewing.draw(region=corner.region, month=MAY.date(), by=corner.hand("district_civil"), at=FILED)
    assert [one.of for one in drawn] == [application]
    asking = corner.owner("arranged")
    answers = {
        "phone": asking.marks.phone, "address": asking.marks.address, "what": "meal", "lives": "alone",
        "care_note": asking.marks.story,
    }  # fmt: skip
    arranged = _filed(asking, "elder_services", answers, [], FILED)
    appointing.appoint(
        application=arranged,
        day=NOW.date() + timedelta(days=3),
        body="社区服务站",
        by=corner.hand("clerk"),
        at=FILED,
    )
