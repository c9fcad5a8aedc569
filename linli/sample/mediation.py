"""Two mediations of Helin: one open, one agreed, performed and closed with its file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from linli.mediation.agreeing import Promise, Terms, draft
from linli.mediation.agreeing import sign as sign_agreement
from linli.mediation.ending import close, keep_file
from linli.mediation.filing import compose
from linli.mediation.intake import Dispute, NewParty, accept, record_consent, take_up
from linli.mediation.models import Agreement, Mediation, Party
from linli.mediation.parties import add_paper, state, tell_rights
from linli.mediation.performing import perform, revisit
from linli.mediation.seating import seat
from linli.mediation.sessions import Plan, hold, plan, sign, signers_of
from linli.records.keeping import keep
from linli.reports.mediation_file import render
from linli.sample import cast, papers
from linli.sample.diary import Story
from linli.sample.hours import moment
from linli.sample.world import World

FIRST = date(2025, 11, 3)
OPEN = date(2026, 2, 10)
LEAK = (
    "十月中旬楼上洗衣机水管脱落，水漏到楼下客厅，天花板起皮、地板翘起。楼下要求赔五千元，楼上只愿意出一千元。"
)
RAIL = "楼道里放的鞋柜和电动车挡了路，两家说过几次没说拢，怕伤和气，请社区调一调。"


def begin(world: World) -> None:
    """Put both into the diary."""
    world.diary.begin(moment(FIRST, 9), settled(world))
    world.diary.begin(moment(OPEN, 9), going_on(world))


def _taken_up(world: World, story: str, sides: tuple[str, str], at: datetime) -> Mediation:
    by = world.posts["mediator", cast.HELIN]
    dispute = Dispute(world.regions[cast.HELIN], "neighbours", "application", story, channel="counter")
    parties = [
        NewParty("applicant", person=world.people[sides[0]]),
        NewParty("respondent", person=world.people[sides[1]]),
    ]
    mediation = take_up(dispute=dispute, parties=parties, by=by, at=at)
    seat(mediation=mediation, person=world.people["feng"], way="chosen", by=by, at=at)
    record_consent(party=_party(mediation, 2), agrees=True, by=world.selves[sides[1]], at=at)
    for number in (1, 2):
        tell_rights(party=_party(mediation, number), way="spoken", by=by, at=at)
    return accept(mediation=mediation, by=by, at=at)


def _party(mediation: Mediation, number: int) -> Party:
    return Party.objects.select_related("mediation__case__region", "person").get(
        mediation=mediation, number=number
    )


def going_on(world: World) -> Story:
    """A dispute over a stairwell: accepted, the first session held, one side has written to the mediator."""
    who: dict[str, Any] = {"by": world.posts["mediator", cast.HELIN]}
    mediation = _taken_up(world, RAIL, ("chen", "mu"), moment(OPEN, 9))
    state(
        party=_party(mediation, 1),
        text="只要电动车不放楼道，鞋柜我可以自己挪。",
        by=world.selves["chen"],
        at=moment(OPEN, 20),
    )
    session = plan(
        mediation=mediation,
        plan=Plan(moment(date(2026, 2, 12), 15), "禾邻社区调解室"),
        at=moment(OPEN, 10),
        **who,
    )
    yield moment(date(2026, 2, 12), 15)
    record = "双方各讲了经过，都认为消防通道要让出来。约定下周再谈停放的地方。"
    hold(
        session=session, present=signers_of(mediation), record=record, at=moment(date(2026, 2, 12), 16), **who
    )
    later = Plan(moment(date(2026, 3, 4), 15), "禾邻社区调解室")
    plan(mediation=mediation, plan=later, at=moment(date(2026, 2, 12), 17), **who)


def settled(world: World) -> Story:
    """A leak between floors: two sessions, a written agreement, both instalments paid, revisited, closed, filed."""
    by = world.posts["mediator", cast.HELIN]
    mediation = _taken_up(world, LEAK, ("wang", "zhao"), moment(FIRST, 9))
    _evidence(world, mediation, moment(FIRST, 10))
    yield moment(date(2025, 11, 5), 15)
    agreement = _agreed(world, mediation, moment(date(2025, 11, 5), 16))
    for number, day in ((1, date(2025, 11, 14)), (2, date(2025, 12, 12))):
        yield moment(day, 10)
        proof = _kept(
            mediation,
            "收条",
            papers.bill("收条", (f"第{number}期维修费已收到", "金额：1,500.00 元")),
            by,
            moment(day, 10),
        )
        one = agreement.instalments.select_related("agreement__mediation__case").get(number=number)
        perform(instalment=one, on=day, proof=proof, by=by, at=moment(day, 10))
    yield moment(date(2025, 12, 16), 10)
    first = mediation.revisits.select_related("mediation__case").order_by("number")[0]
    text = "两家都说钱付清了、水管修好了，见面照常打招呼。"
    revisit(revisit=first, found="kept", text=text, way="visit", by=by, at=moment(date(2025, 12, 16), 10))
    yield moment(date(2025, 12, 19), 10)
    _closed(mediation.pk, by, moment(date(2025, 12, 19), 10))


def _kept(mediation: Mediation, title: str, content: bytes, by: Any, at: datetime) -> Any:
    return keep(
        content=content, name=f"{title}.png", title=title, kind="mediation", region=mediation.case.region_id,
        data_class="P3", retain_until=date(2035, 12, 31), by=by, at=at,
    )  # fmt: skip


def _evidence(world: World, mediation: Mediation, at: datetime) -> None:
    by = world.posts["mediator", cast.HELIN]
    bill = papers.bill("维修报价单", ("天花板、地板维修", "合计：3,000.00 元"))
    document = _kept(mediation, "维修报价单", bill, by, at)
    add_paper(party=_party(mediation, 1), document=document, chapter="evidence", by=by, at=at)


def _agreed(world: World, mediation: Mediation, at: datetime) -> Agreement:
    by = world.posts["mediator", cast.HELIN]
    session = plan(mediation=mediation, plan=Plan(at, "禾邻社区调解室"), by=by, at=at)
    record = "看了现场照片和报价单，楼上承认水管没装牢，楼下同意自己承担一部分。"
    session = hold(session=session, present=signers_of(mediation), record=record, by=by, at=at)
    own = f"seat:{mediation.seats.get().pk}"
    for signer in ("party:1", "party:2", own):
        sign(session=session, signer=signer, way="hand", by=by, at=at)
    terms = Terms(
        facts="楼上水管脱落，楼下天花板、地板受损，维修需三千元；楼上承担责任，双方对数额有争议。",
        terms=(
            "楼上赔偿楼下维修费三千元，分两期付清。",
            "楼上在三日内修好水管并请物业查看。",
            "双方不再为此事互相追究。",
        ),
        performance="第一期、第二期各一千五百元，转账支付，收款人出具收条。",
        promises=(
            Promise("第一期维修费", 2, 1, date(2025, 11, 15), 150000),
            Promise("第二期维修费", 2, 1, date(2025, 12, 15), 150000),
        ),
        amount_cents=300000,
    )
    agreement = draft(mediation=mediation, terms=terms, by=by, at=at)
    for signer, way in (("party:1", "hand"), ("party:2", "thumb"), (own, "hand"), ("committee", "seal")):
        sign_agreement(agreement=agreement, signer=signer, way=way, by=by, at=at)
    return Agreement.objects.get(pk=agreement.pk)


def _closed(number: int, by: Any, at: datetime) -> None:
    mediation = close(mediation=Mediation.objects.get_queryset().get(pk=number), by=by, at=at)
    content = render(compose(mediation=mediation, by=by, at=at))
    document = keep(
        content=content, name=f"{mediation.case.number}.pdf", title="调解卷宗", kind="mediation_file",
        region=mediation.case.region_id, data_class="P3", retain_until=date(2035, 12, 31), by=by, at=at,
    )  # fmt: skip
    keep_file(mediation=mediation, document=document, by=by, at=at)
