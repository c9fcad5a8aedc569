"""A project's way for tests: every state is reached by the acts of the people in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from linli.cases.moving import MoveWords, advance
from linli.projects.allocating import Arrival, Order, allocate, confirm_receipt
from linli.projects.announcing import Notice, announce
from linli.projects.applying import Application, Line, Source, apply
from linli.projects.approving import Approval, approve, approve_goals
from linli.projects.finishing import Findings, Item, accept_work
from linli.projects.models import Expenditure, FundSource, Programme, Project
from linli.projects.opining import opine
from linli.projects.spending import Voucher, spend
from linli.records.keeping import keep
from linli.rulebook.publishing import edition
from tests.cast import HELIN, ZONE, Village

DECLARED = MoveWords(verb="evaluation.goals.declare")

BUDGET = 6_000_000


def moment(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZONE)


@dataclass
class Story:
    """One project of Helin and the people who deal with it."""

    village: Village
    programme: Programme
    project: Project

    def who(self, login: str):
        return self.village.actor(login)

    def again(self) -> Project:
        self.project = Project.objects.select_related("case__region", "programme").get(pk=self.project.pk)
        return self.project

    @property
    def source(self) -> FundSource:
        return self.project.sources.get(number=1)

    def line(self, number: int = 1):
        return self.project.lines.get(number=number)

    def opinions(self, levels: int = 3) -> Project:
        """The opinions of street, district and city, as far as asked."""
        for day, login in enumerate(("jie", "qu", "shi")[:levels], start=12):
            opine(project=self.project, opinion="情况属实，同意推荐。", by=self.who(login), at=moment(1, day))
        return self.again()

    def approved(self, approval: Approval | None = None) -> Project:
        self.opinions()
        approve(
            project=self.project,
            approval=approval or Approval("示民函〔2026〕5号"),
            by=self.who("sheng"),
            at=moment(1, 20),
        )
        return self.again()

    def with_goals(self) -> Project:
        self.approved()
        advance(self.project.case, "declare_goals", by=self.who("sun"), at=moment(1, 21), words=DECLARED)
        approve_goals(project=self.project, by=self.who("qu"), at=moment(1, 22), goals="goals:1")
        return self.again()

    def order(self, **other) -> Order:
        first = Order(
            source=self.source,
            order_number="示财社〔2026〕8号",
            from_level="province",
            to_level="district",
            payer="示例省财政厅",
            payee="清溪区财政局",
            cents=BUDGET,
            on=date(2026, 1, 26),
        )
        return replace(first, **other)

    def allocated(self, cents: int = BUDGET) -> Project:
        self.with_goals()
        self.send_down(cents, "8", moment(1, 26))
        return self.again()

    def send_down(self, cents: int, number: str, at: datetime):
        """An order of the province, passed on by the district; returns the one that reaches the community."""
        allocate(
            project=self.project,
            order=self.order(cents=cents, order_number=f"示财社〔2026〕{number}号", on=at.date()),
            by=self.who("sheng"),
            at=at,
        )
        on = self.order(
            cents=cents,
            order_number=f"清财社〔2026〕{number}号",
            from_level="district",
            to_level="community",
            on=at.date(),
        )
        return allocate(project=self.project, order=on, by=self.who("qu"), at=at)

    def received(self, cents: int = BUDGET) -> Project:
        self.allocated(cents)
        last = self.source.allocations.get(to_level="community")
        confirm_receipt(
            project=self.project,
            arrival=Arrival(last, cents, date(2026, 2, 2), "回单20260202001"),
            by=self.who("tao"),
            at=moment(2, 2),
        )
        return self.again()

    def voucher(self, **other) -> Voucher:
        plain = Voucher(
            on=date(2026, 2, 10),
            number="记-001",
            line=self.line(1),
            source=self.source,
            payee="云川市同心家具厂",
            purpose="equipment",
            item="服务站办事柜台",
            cents=800_000,
        )
        return replace(plain, **other)

    def spent(self, **other) -> Expenditure:
        voucher = self.voucher(**other)
        entry = spend(
            project=self.project,
            voucher=voucher,
            by=self.who("tao"),
            at=moment(voucher.on.month, voucher.on.day),
        )
        self.again()
        return entry

    def delivered(self) -> Project:
        advance(self.project.case, "deliver", by=self.who("sun"), at=moment(6, 1))
        return self.again()

    def accepted(self, **other) -> Project:
        self.delivered()
        findings = Findings(
            on=date(2026, 6, 5),
            panel=("明河街道办事处", "居民代表"),
            items=(Item("办事柜台", "套", "2", "2"),),
            **other,
        )
        accept_work(project=self.project, findings=findings, by=self.who("jie"), at=moment(6, 5))
        return self.again()


def document(village: Village, kind: str = "deliberation_minutes"):
    return keep(
        content=f"{kind}：居民代表会议记录".encode(),
        name="记录.txt",
        kind=kind,
        region=HELIN,
        data_class="P1",
        retain_until=None,
        by=village.actor("sun"),
        at=moment(1, 8),
    )


def lottery():
    return edition("funds", "welfare_lottery_province", date(2026, 1, 6))


def announced(village: Village, **other) -> Programme:
    notice = Notice(
        code="P2026-1",
        title="2026年社区治理试点",
        region=village.regions["990000000000"],
        year=2026,
        fund=lottery(),
        batch=1,
        quota=2,
        apply_until=date(2026, 3, 31),
    )
    return announce(notice=replace(notice, **other), by=village.actor("sheng"), at=moment(1, 6))


def application(village: Village, **other) -> Application:
    plain = Application(
        name="禾邻社区安和苑适应服务项目",
        unit=village.bodies["helin-committee"],
        region=village.helin,
        year=2026,
        purpose="帮助搬迁居民适应社区生活",
        need="入户走访发现老人办事不便",
        content="改造服务站，开展适应服务活动",
        general_goals=("全年开展适应服务活动12场",),
        yearly_goal="2026年底前服务300户",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        lines=(Line("设备", "equipment", 4_000_000), Line("活动", "service_activity", 2_000_000)),
        sources=(Source(lottery(), "province", BUDGET, batch=1),),
    )
    return replace(plain, **other)


def begin(village: Village, **other) -> Story:
    """A programme announced and a project applied for: it waits for the street's opinion."""
    programme = announced(village)
    project = apply(
        programme=programme,
        application=application(village, **other),
        papers=[("deliberation_minutes", document(village))],
        by=village.actor("sun"),
        at=moment(1, 9),
    )
    story = Story(village, programme, project)
    story.again()
    return story
