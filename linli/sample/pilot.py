"""The sample's project of 2025 through the five levels: applied for, returned once, approved, paid, spent, accepted,
audited, evaluated, published."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from linli.cases.moving import MoveWords, advance
from linli.people.actors import Actor
from linli.projects import finishing
from linli.projects.allocating import Arrival, Order, allocate, confirm_receipt
from linli.projects.announcing import Notice, announce
from linli.projects.applying import Application, Source, apply, resubmit
from linli.projects.approving import Approval, approve
from linli.projects.finishing import AuditReport, Findings, Item, accept_work, attach_paper, enter_audit
from linli.projects.gates import publish_gate
from linli.projects.models import Expenditure, Programme, Project
from linli.projects.opining import opine, return_for_correction
from linli.projects.spending import Remainder, Voucher, correct_spending, return_balance, spend
from linli.records.keeping import keep
from linli.records.models import Document
from linli.rulebook.models import PolicyDocument
from linli.rulebook.publishing import edition, enter_policy
from linli.sample import cast, goals, papers
from linli.sample.about import About
from linli.sample.diary import Story
from linli.sample.spending import WRONG, Purchase
from linli.sample.world import World

Step = tuple[datetime, Callable[[datetime], Any]]


def steps_told(steps: Iterable[Step]) -> Story:
    """A story that is a list of dated steps."""
    for at, step in steps:
        yield at
        step(at)


@dataclass
class Pilot:
    """The project's people and papers; every method is one step of its course."""

    world: World
    about: About
    programme: Programme | None = None
    project: Project | None = None

    def who(self, post: str) -> Actor:
        """Who holds the post over the community."""
        return self.world.holder(post, self.about.region)

    @property
    def now(self) -> Project:
        """The project as it stands."""
        assert self.project is not None
        return Project.objects.select_related("case__region", "programme").get(pk=self.project.pk)

    def paper(self, kind: str, title: str, lines: tuple[str, ...], post: str, at: datetime) -> Document:
        """Keep a report of one page."""
        return keep(
            content=papers.report(title, lines), name=f"{title}.pdf", kind=kind, region=self.about.region, data_class="P1",
            retain_until=None, by=self.who(post), at=at,
        )  # fmt: skip

    def file(self, kind: str, title: str, post: str, *lines: str) -> Callable[[datetime], None]:
        """A step that puts a paper into the project's file."""

        def put(at: datetime) -> None:
            document = self.paper(kind, title, lines, post, at)
            attach_paper(project=self.now, document=document, kind=kind, by=self.who(post), at=at)

        return put

    def announced(self, at: datetime) -> None:
        """The province calls for pilots."""
        year = at.year
        policy: PolicyDocument = enter_policy(
            title=f"关于开展{year}年社区治理试点工作的通知（示范）", number=f"示民发〔{year}〕1号", issuer="示例省民政厅",
            jurisdiction=cast.PROVINCE, by=self.who("province_civil"), at=at,
        )  # fmt: skip
        notice = Notice(
            code=f"SL-{year}-1", title=f"{year}年城乡社区治理试点", region=self.world.regions[cast.PROVINCE], year=year,
            fund=edition("funds", "welfare_lottery_province", at.date()), policy=policy, batch=1, quota=3,
            apply_until=date(year, 2, 28),
        )  # fmt: skip
        self.programme = announce(notice=notice, by=self.who("province_civil"), at=at)

    def application(self, at: datetime, need: str) -> Application:
        """The form as the community fills it in."""
        about = self.about
        sources = [
            Source(
                edition("funds", "welfare_lottery_province", at.date()),
                "province",
                about.province_cents,
                at.year,
                1,
            )
        ]
        if about.street_cents:
            fund = edition("funds", "street_funds", at.date())
            sources.append(Source(fund, "street", about.street_cents, at.year))
        return Application(
            name=about.name, unit=self.world.bodies[about.unit], region=self.world.regions[about.region], year=at.year,
            code=about.code, purpose=about.purpose, need=need, content=about.content, general_goals=about.general_goals,
            yearly_goal=about.yearly_goal, starts_on=date(at.year, 3 if at.year == 2025 else 1, 1),
            ends_on=date(at.year, 12, 31), lines=about.lines, sources=tuple(sources),
            themes=("易地扶贫搬迁安置社区治理", "党组织领导的物业联动"), beneficiaries=about.beneficiaries,
            risks="施工期间影响窗口办事，安排在周末。", upkeep="设备由信息员保管，维修列入居委会经费。",
        )  # fmt: skip

    def applied(self, at: datetime) -> None:
        """The community applies with the minutes of its deliberation."""
        assert self.programme is not None
        minutes = keep(
            content=papers.letter("居民代表会议记录", f"{at:%Y年%m月%d日}前召开，应到41人，实到36人，赞成34人，同意申报。"),
            name="居民代表会议记录.txt", kind="deliberation_minutes", region=self.about.region, data_class="P1",
            retain_until=None, by=self.who("committee_director"), at=at,
        )  # fmt: skip
        self.project = apply(
            programme=self.programme, application=self.application(at, self.about.need),
            papers=[("deliberation_minutes", minutes)], by=self.who("committee_director"), at=at,
        )  # fmt: skip

    def returned(self, at: datetime) -> None:
        """The district wants the need shown by numbers."""
        reason = "需求分析没有数据，请补充走访情况。"
        return_for_correction(project=self.now, reason=reason, by=self.who("district_civil"), at=at)

    def corrected(self, at: datetime) -> None:
        """The community adds what was missing."""
        need = (
            "2024年12月走访612户：60岁以上独居老人93人，三成居民办一件事要跑两趟以上，书屋每周只开放6小时。"
        )
        resubmit(
            project=self.now, application=self.application(at, need), by=self.who("committee_director"), at=at,
            saying="已补充走访数据。",
        )  # fmt: skip

    def opined(self, post: str, words: str) -> Callable[[datetime], None]:
        """A level writes its opinion."""

        def write(at: datetime) -> None:
            opine(project=self.now, opinion=words, by=self.who(post), at=at)

        return write

    def approved(self, at: datetime) -> None:
        """The province approves."""
        reply = Approval(self.about.reply, opinion="同意立项。")
        approve(project=self.now, approval=reply, by=self.who("province_civil"), at=at)

    def goals_vague(self, at: datetime) -> None:
        """The first declaration is refused by the linter and goes back."""
        goals.declare_vague(self.now, self.who("committee_director"), at)

    def goals_back(self, at: datetime) -> None:
        """The district sends it back."""
        reason = "目标没有量化：“提升”“完善”不能考核，请按指标库填报数值、单位和数据来源。"
        advance(self.now.case, "return_goals", by=self.who("district_civil"), at=at, words=MoveWords(reason))

    def goals_exact(self, at: datetime) -> None:
        """The second one has numbers."""
        goals.declare_exact(self.now, self.who("committee_director"), at, at.year)

    def goals_approved(self, at: datetime) -> None:
        """The district approves the goals."""
        goals.approve_newest(self.now, self.who("district_civil"), at)

    def handed_down(
        self, number: str, way: tuple[str, str], post: str, payer: str, payee: str
    ) -> Callable[[datetime], None]:
        """Money goes one step down; the street's own share is source 2."""

        def order(at: datetime) -> None:
            source = self.now.sources.get(number=2 if way[0] == "street" else 1)
            cents = self.about.street_cents if way[0] == "street" else self.about.province_cents
            allocate(
                project=self.now, order=Order(source, number, way[0], way[1], payer, payee, cents, at.date()),
                by=self.who(post), at=at,
            )  # fmt: skip

        return order

    def arrived(self, source: int, bank: str) -> Callable[[datetime], None]:
        """The accountant confirms what came."""

        def confirm(at: datetime) -> None:
            last = self.now.sources.get(number=source).allocations.get(to_level="community")
            arrival = Arrival(last, last.amount_cents, at.date(), bank)
            confirm_receipt(project=self.now, arrival=arrival, by=self.who("accountant"), at=at)

        return confirm

    def bought(self, number: int, bought: Purchase) -> Callable[[datetime], Expenditure]:
        """A payment is entered with its voucher."""

        def enter(at: datetime) -> Expenditure:
            project, accountant = self.now, self.who("accountant")
            paper = None
            if bought.has_paper:
                sheet = papers.bill(
                    "收款收据",
                    (f"收款：{bought.payee}", f"事由：{bought.item}", f"金额：{bought.yuan}.00 元"),
                )
                paper = keep(
                    content=sheet, name=f"凭证{number:03d}.png", kind="voucher", region=self.about.region, data_class="P1",
                    retain_until=date(2055, 12, 31), by=accountant, at=at,
                )  # fmt: skip
            line = project.lines.get(number=bought.line)
            voucher = Voucher(
                on=at.date(), number=f"记-{number:03d}", line=line, source=project.sources.get(number=bought.source),
                payee=bought.payee, purpose=line.purpose, item=bought.item, cents=bought.yuan * 100,
                invoice_number=f"25530099{number:012d}" if bought is not WRONG else "", paper=paper,
            )  # fmt: skip
            return spend(project=project, voucher=voucher, by=accountant, at=at)

        return enter

    def taken_back(self, at: datetime) -> None:
        """The wrong entry is taken back in red."""
        wrong = Expenditure.objects.get(project=self.now, amount_cents=WRONG.yuan * 100)
        correct_spending(
            entry=wrong, reason="金额数字颠倒，应为4600元", on=at.date(), by=self.who("accountant"), at=at
        )

    def delivered(self, at: datetime) -> None:
        """The community reports that the work is done."""
        advance(self.now.case, "deliver", by=self.who("committee_director"), at=at)

    def looked_at(self, defects: str, remedy_by: date | None) -> Callable[[datetime], None]:
        """The street's panel looks at the work."""

        def accept(at: datetime) -> None:
            findings = Findings(
                on=at.date(), panel=("明河街道办事处", "清溪区民政局", "居务监督委员会", "居民代表3人"),
                items=(Item("改造场所", "处", "6", "6"), Item("窗口和议事设备", "项", "8", "8"), Item("适应服务活动", "场", "10", "10"),
                       Item("培训", "期", "5", "5"), Item("助餐补助", "月", "6", "6")),
                defects=defects, remedy_by=remedy_by,
            )  # fmt: skip
            accept_work(project=self.now, findings=findings, by=self.who("street_officer"), at=at)

        return accept

    def given_back(self, at: datetime) -> None:
        """What is left goes back."""
        for number in (1, 2):
            source = self.now.sources.get(number=number)
            level = "province" if number == 1 else "street"
            rest = Remainder(source, source.account.balance, at.date(), f"缴〔2025〕{number}号", level)
            return_balance(project=self.now, remainder=rest, by=self.who("accountant"), at=at)

    def audited(self, at: datetime) -> None:
        """The audit doubts one payment without a voucher."""
        doubted = Expenditure.objects.get(project=self.now, item="助餐补助九月")
        report = AuditReport(
            "清溪区审计局", "清审报〔2026〕3号", at.date(), "qualified",
            (("助餐补助九月1890元未附收款凭证", 189_000), ("乒乓球台配件1020元凭证未归档", 102_000)), (doubted,),
        )  # fmt: skip
        enter_audit(project=self.now, report=report, by=self.who("auditor"), at=at)

    def published(self, kind: str, number: int = 1, result: str = "") -> Callable[[datetime], None]:
        """A gate is shown on the board."""

        def show(at: datetime) -> None:
            gate = self.now.gates.get(kind=kind, number=number)
            publish_gate(gate=gate, by=self.who("committee_director"), at=at, result=result)

        return show

    def evaluated(self, at: datetime) -> None:
        """The district notes that the evaluations are in."""
        advance(
            self.now.case,
            "evaluated",
            by=self.who("district_civil"),
            at=at,
            words=MoveWords("自评和第三方评价均已提交。"),
        )

    def closed(self, at: datetime) -> None:
        """The file is closed."""
        finishing.close(
            project=self.now, by=self.who("committee_director"), at=at, opinion="资料齐全，归档。"
        )
