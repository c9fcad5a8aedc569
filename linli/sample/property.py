"""Owners, property, meetings, station and linkage of Helin: a year in which each is shown once, with work left open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from linli.cases.moving import MoveWords, advance
from linli.linkage import pairing, points
from linli.meetings import calling, holding, tasking
from linli.people.actors import Actor
from linli.places import attending, stationing
from linli.property import contracting, filing, inspecting, owning, rechecking, scoring
from linli.property.declared import checklist_of
from linli.sample import cast, hours
from linli.sample.diary import Story
from linli.sample.world import World

HOURS = {str(day): [["08:30", "12:00"], ["13:30", "17:30"]] for day in range(1, 6)}
FIRST = date(2025, 1, 3)
Do = Callable[[datetime], object]


class Estate:
    """Anhe estate with its bodies, as it is lived through; what one step made the next one finds here."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.region = world.regions[cast.HELIN]
        self.made: dict[str, Any] = {}

    def who(self, post: str) -> Actor:
        """Who holds a post over Helin."""
        return self.world.holder(post, cast.HELIN)

    def settled(self, at: datetime) -> None:
        """The estate, its company's contract, the station with its devices and rules; Liuwan shares it."""
        director, member, region = self.who("committee_director"), self.who("committee_member"), self.region
        made, bodies = self.made, self.world.bodies
        made["estate"] = stationing.enter_estate(
            community=region,
            code="HL-AHY",
            name="安和苑",
            kind="resettlement",
            homes_count=312,
            by=director,
            at=at,
        )
        made["assembly"] = owning.form_assembly(
            estate=made["estate"], owners_count=298, area_centiares=2_640_000, fund="none",
            note="安置房没有建立维修资金", by=member, at=at,
        )  # fmt: skip
        terms = contracting.Terms(
            subject="安和苑物业服务合同", signed_on=date(2024, 12, 20), from_on=date(2025, 1, 1), to_on=date(2026, 6, 30),
            fee_cents=80, area_centiares=2_640_000, private_terms="逾期整改每次扣减服务费二百元。",
            terms="公共区域每日保洁；门岗全天值守；报修当天到场；消防设施每月检查。",
        )  # fmt: skip
        parties = contracting.Parties(
            bodies["helin-property"], region, bodies["helin-committee"], made["estate"]
        )
        contracting.sign(parties=parties, terms=terms, by=member, at=at)
        self._station(at)

    def _station(self, at: datetime) -> None:
        director = self.who("committee_director")
        facilities = self.world.facilities[cast.HELIN]
        station = stationing.open_station(
            community=self.region, code="hl-1", name="禾邻社区服务站", hours=HOURS, address="安和苑南门一楼",
            facility=next(iter(facilities.values())), by=director, at=at,
        )  # fmt: skip
        self.made["station"] = station
        street = self.world.holder("street_officer", cast.LIUWAN)
        stationing.cover(
            station=station, community=self.world.regions[cast.LIUWAN], from_on=at.date(), by=street, at=at
        )
        for what, count in (("电脑", 3), ("投影仪", 1), ("高拍仪", 2)):
            points.enter_device(
                station=station,
                what=what,
                count=count,
                state="working",
                keeper="info_officer",
                by=director,
                at=at,
            )
        for kind, title in (("rules", "服务站值班和保密制度"), ("mechanism", "设备维护和经费保障办法")):
            version = points.Version(
                kind, title, "每年复核一次，上墙公布。", date(2026, 12, 31), "街道工作经费"
            )
            points.set_upkeep(station=station, version=version, by=director, at=at)

    def elected(self, at: datetime) -> None:
        """The second term of the owners' committee."""
        others = [one.person for one in self.world.grown(cast.HELIN, at.date())[3:7]]
        seats = [owning.Elected(self.world.people["ye"], "director")]
        seats += [owning.Elected(person, "member") for person in others]
        election = owning.Election(2, date(2025, 3, 2), date(2025, 3, 2), date(2028, 3, 1), seats)
        self.made["committee"] = owning.elect(
            assembly=self.made["assembly"], organisation=self.world.bodies["helin-owners"], election=election,
            by=self.who("committee_member"), at=at,
        )  # fmt: skip

    def handed_in(self, at: datetime) -> None:
        """Handed in by the committee itself."""
        one = self.made["committee"]
        self.made["filing"] = filing.file(
            committee=one, what="election", event_on=one.elected_on, by=self.who("owners_director"), at=at
        )

    def filed(self, at: datetime) -> None:
        """Put on record by the street."""
        filing.accept_filing(filing=self.made["filing"], by=self.who("street_officer"), at=at)

    def inspected(self, word: str, *faults: tuple[str, str]) -> Do:
        """An inspection of the company that finds faults, and its notice."""

        def do(at: datetime) -> None:
            by = self.who("committee_member")
            one = inspecting.begin_inspection(
                checklist="property_company", body=self.world.bodies["helin-property"], region=self.region,
                estate=self.made["estate"], by=by, at=at,
            )  # fmt: skip
            found = dict(faults)
            seen = [
                inspecting.Seen(item.code, "fault" if item.code in found else "met", found.get(item.code, ""))
                for item in checklist_of(one.checklist).items
            ]
            inspecting.find(inspection=one, seen=seen, by=by, at=at)
            inspecting.issue(inspection=one, demand="立即清理并建立巡查记录，书面答复。", by=by, at=at)
            self.made[word] = one

        return do

    def answered(self, word: str, text: str) -> Do:
        """The company answers its notice."""
        return lambda at: rechecking.answer(
            inspection=self.made[word], text=text, by=self.who("property_manager"), at=at
        )

    def rechecked(self, word: str, note: str, *still: str) -> Do:
        """The committee looks again."""
        looked = rechecking.Looked(note, still, "七天内清完并加装禁停标志。" if still else "")
        return lambda at: rechecking.recheck(
            inspection=self.made[word], looked=looked, by=self.who("committee_member"), at=at
        )

    def marked(self, at: datetime) -> None:
        """The year's mark, counted from records and published where enough of it is on record."""
        by = self.who("committee_director")
        mark = scoring.score(
            scoring="property_company", body=self.world.bodies["helin-property"], region=self.region,
            span=(date(2025, 1, 1), date(2025, 12, 31)), by=by, at=at,
        )  # fmt: skip
        if mark.grade:
            scoring.publish_mark(mark=mark, by=by, at=at)

    def called(self, at: datetime) -> None:
        """A joint meeting is called three days before."""
        bodies = self.world.bodies
        members = [
            calling.Member(bodies["helin-party"], "party", "party_secretary"),
            calling.Member(bodies["helin-committee"], "committee", "committee_director"),
            calling.Member(bodies["helin-owners"], "owners", "owners_director"),
            calling.Member(bodies["helin-property"], "property", "property_manager"),
        ]
        agenda = [
            calling.Line("消防通道停车怎么管", "两次检查都发现三号楼前通道被占。"),
            calling.Line("电动车充电棚夜间断电", "居民反映半夜还在充。"),
        ]
        called = calling.Call(
            "消防通道和充电安全联席会议", date(2026, 2, 12), "14:30", "禾邻社区议事厅", agenda
        )
        self.made["meeting"] = calling.call(
            region=self.region, called=called, members=members, by=self.who("party_secretary"), at=at
        )

    def held(self, at: datetime) -> None:
        """All four come; both lines are carried, each gives a task; three sign at once."""
        by, meeting = self.who("party_secretary"), self.made["meeting"]
        seats = {seat.capacity: seat for seat in meeting.seats.all()}
        holding.take_roll(
            meeting=meeting, came={seat.pk: holding.Came("present") for seat in seats.values()}, by=by, at=at
        )
        texts = ("划出消防通道，物业加装禁停标志并每日巡查", "充电棚装定时开关，晚十点断电，业委会告知业主")
        owners = ("property", "owners")
        jobs = ("三号楼前加装禁停标志，每日巡查有记录", "张贴断电告知，收集业主意见")
        for order, item in enumerate(meeting.agenda.order_by("order")):
            stances = [
                holding.Stance(seat, "abstain" if order and capacity == "property" else "agree")
                for capacity, seat in seats.items()
            ]
            row = holding.resolve(item=item, decided=holding.Decided(texts[order], stances), by=by, at=at)
            asked = tasking.Asked(seats[owners[order]], jobs[order], date(2026, 3, 5 + 5 * order))
            self.made[f"task{order}"] = tasking.assign(resolution=row, asked=asked, by=by, at=at)
        minutes = holding.write_minutes(
            meeting=meeting, text="四方到会，两项议题均通过，任务已交办，下次会议通报结果。", by=by, at=at
        )
        for post in ("party_secretary", "committee_director", "property_manager"):
            holding.sign_minutes(minutes=minutes, by=self.who(post), at=at)

    def reported(self, at: datetime) -> None:
        """The company reports its task."""
        case = self.made["task0"].case
        words = MoveWords("标志已装四块，每天上午巡查并签名。")
        advance(case, "report", by=self.who("property_manager"), at=at, words=words)

    def paired(self, at: datetime) -> None:
        """The pairing with a district organ, a platform member, a work point with what it hands over."""
        by, region = self.who("party_secretary"), self.region
        agreement = pairing.Agreement(
            "清溪区财政局机关党委",
            "每季度一次共建活动：谈心交心、经验交流、信息共享。",
            4,
            date(2025, 2, 10),
            date(2027, 2, 9),
        )
        body = self.world.bodies["helin-party"]
        self.made["pairing"] = pairing.pair(
            region=region, organisation=body, agreement=agreement, by=by, at=at
        )
        pairing.join_platform(
            region=region, name="明河小学", kind="school", offers="周末开放操场", by=by, at=at
        )
        point = points.enter_point(
            region=region, name="人社协理点", department="清溪区人力资源和社会保障局", staff=2, devices=3,
            items=["待遇资格认证", "就业登记"], by=by, at=at,
        )  # fmt: skip
        handed = points.Handed("待遇资格认证", "清委办〔2025〕2号", 1_200_000, date(2025, 3, 1))
        points.hand_item(point=point, handed=handed, by=by, at=at)
        points.plan_merger(
            station=self.made["station"], points=[point], words="并入服务站综合窗口，人员和设备统一使用。",
            due_on=date(2026, 6, 30), by=by, at=at,
        )  # fmt: skip

    def activity(self, kind: str, title: str, people: int, result: str) -> Do:
        """What the pairing did on the day."""
        return lambda at: pairing.hold_activity(
            pairing=self.made["pairing"], held=pairing.Held(kind, title, at.date(), people, result),
            by=self.who("party_secretary"), at=at,
        )  # fmt: skip

    def looked_back(self, at: datetime) -> None:
        """The yearly look back: three of four planned."""
        pairing.review(
            pairing=self.made["pairing"], words="计划四次，完成三次；第四季度因换届顺延。", next_plan="补上一次信息共享活动。",
            by=self.who("party_secretary"), at=at,
        )  # fmt: skip

    def counted(self, at: datetime) -> None:
        """The yearly count of facilities."""
        stationing.take_stock(community=self.region, by=self.who("committee_director"), at=at)

    def signed(self, post: str, kind: str) -> Do:
        """Somebody signs in or out."""
        return lambda at: attending.sign(station=self.made["station"], kind=kind, by=self.who(post), at=at)

    def mended(self, at: datetime) -> None:
        """A sign-in entered too late is corrected by another line."""
        clerk = self.who("clerk")
        late = self.made["station"].signs.filter(actor=clerk.actor_word, kind="in").order_by("id").first()
        attending.correct_sign(
            sign=late,
            moment=late.moment - timedelta(minutes=20),
            kind="in",
            reason="到岗后先接待居民，忘了签",
            by=clerk,
            at=at,
        )


def _on(year: int, month: int, day: int, hour: int = 10) -> datetime:
    return hours.moment(date(year, month, day), hour)


def story(world: World) -> Story:
    """The year, step by step."""
    one = Estate(world)
    steps: list[tuple[datetime, Do]] = [
        (_on(2025, 1, 3), one.settled), (_on(2025, 2, 10), one.paired), (_on(2025, 3, 10), one.elected),
        (_on(2025, 3, 20), one.handed_in), (_on(2025, 3, 24), one.filed),
        (_on(2025, 4, 18), one.activity("talk", "班子成员与困难党员谈心", 14, "收集意见九条，当月办结七条")),
        (_on(2025, 7, 11), one.activity("exchange", "党建工作经验交流", 22, "学到积分管理做法")),
        (_on(2025, 9, 26), one.activity("sharing", "惠民政策信息共享", 60, "发放政策汇编六十份")),
        (_on(2025, 10, 14), one.inspected("first", ("fire_lanes", "三号楼前通道停车"), ("income_published", "公共收益半年没有公布"))),
        (_on(2025, 10, 20), one.answered("first", "通道已清，收益已公布在公告栏。")),
        (_on(2025, 10, 23), one.rechecked("first", "收益已公布，通道晚间仍有车", "fire_lanes")),
        (_on(2025, 10, 28), one.answered("first", "已划线，夜间巡查。")),
        (_on(2025, 10, 31), one.rechecked("first", "两晚复查，通道畅通")),
        (_on(2025, 12, 22), one.counted), (_on(2026, 1, 8), one.marked), (_on(2026, 2, 9), one.called),
        (_on(2026, 2, 12, 15), one.held), (_on(2026, 2, 13), one.looked_back),
        (_on(2026, 2, 25), one.inspected("second", ("lifts", "二单元电梯检验标志过期"))), (_on(2026, 2, 26), one.reported),
    ]  # fmt: skip
    steps += _duty(one)
    for at, do in sorted(steps, key=lambda step: step[0]):
        yield at
        do(at)


def _duty(one: Estate) -> list[tuple[datetime, Do]]:
    """The last two weeks of the duty log; the information officer misses one day."""
    steps: list[tuple[datetime, Do]] = []
    for day in hours.working_days(date(2026, 2, 9), date(2026, 2, 27)):
        for post in ("clerk", "info_officer"):
            if post == "info_officer" and day == date(2026, 2, 26):
                continue
            steps += [
                (hours.moment(day, 8, 25), one.signed(post, "in")),
                (hours.moment(day, 17, 32), one.signed(post, "out")),
            ]
    return [*steps, (_on(2026, 2, 10, 9), one.mended)]
