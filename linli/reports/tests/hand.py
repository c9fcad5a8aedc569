"""A report made by hand, for tests of rendering: every kind of block, as many pages as asked for."""

from __future__ import annotations

from datetime import date

from linli.reports.tree import (
    Annex,
    AnnexRef,
    Cell,
    ChartBlock,
    Column,
    Document,
    Gap,
    Gaps,
    Heading,
    Line,
    Listing,
    Paragraph,
    Reference,
    Run,
    Table,
)  # fmt: skip

LONG = (
    "本项目在评价期内共办理居民申请一百二十三件，其中在承诺时限内办结一百一十九件，"
    "按时办结率由办件流转记录逐件计算得出，居民对已办结事项的评价均值另行列示，评价不是满意度调查。"
)
GAPS = (
    Gap("missing", "“参与率”没有读数，涉及4分。", "S150", 400),
    Gap("annex", "缺少访谈分析报告。", "S153"),
)


def table(rows: int = 30) -> Table:
    columns = (Column("序号", 6, "center"), Column("指标", 30), Column("目标值", 10, "right"), Column("实际值", 12, "right"),
               Column("佐证", 8, "right"), Column("得分", 8, "right"), Column("缺口", 26))  # fmt: skip
    body = tuple(
        (
            Cell(str(row), form="count", number=str(row)), Cell(f"服务事项按时办结率（第{row}项）"),
            Cell("≥95%", number="95", form="percent"), Cell("96.75%", "reading:abc", "96.75", "percent"),
            Cell("123", number="123", form="count"), Cell("4.00", number="4", form="points"), Cell("没有读数" if row % 3 == 0 else ""),
        )
        for row in range(1, rows + 1)
    )  # fmt: skip
    return Table("指标", "各项指标得分", columns, body, "注：得分按计分规则计算。")


def paper(parts: int = 5, lang: str = "zh") -> Document:
    """A report whose length grows with ``parts``."""
    blocks: list[object] = []
    for at in range(parts):
        figure = Run("96.75%", "reading:abc")
        blocks += [
            Heading(1, f"{'一二三四五六七八九十'[at % 10]}、", "项目基本情况"),
            Heading(2, "（一）", "项目概况。"),
            Heading(3, "1.", "立项背景及目的。"),
            Paragraph((Run(LONG * 3), Run("按时办结率为"), figure, Run("。金额"), Run("60,000.00元", "money:spent"), Run("。"))),
            Heading(2, "（二）", "绩效目标"),
            Listing(((Run("总目标。"), Run("健全社区管理体制", strong=True)), (Run("年度目标“提升能力”……"),))),
            Gaps(GAPS),
        ]  # fmt: skip
    blocks += [table(), ChartBlock("bars", "各部分自称与证实", "分", ("管理", "服务", "民主", "秩序"),
               (Line("自称", ("12", "12", "12", "12")), Line("证实", ("4", "8.5", "", "10"))))]  # fmt: skip
    blocks += [AnnexRef("1", "绩效评价指标体系", "made", "已随附")]
    return Document(
        title="禾邻社区治理创新试点项目\n支出绩效评价报告", subtitle="（2026年度）", number="HL-2026-7KQ4M", outline="source", lang=lang,
        issuer="清溪区民政局", made_on=date(2027, 1, 15),
        facts=(("项目名称", "禾邻社区治理创新试点项目"), ("项目单位", "禾邻社区居民委员会"), ("评价期间", "2026年1月1日至12月31日"), ("评价方式", "单位自评")),
        blocks=tuple(blocks),  # type: ignore[arg-type]
        annexes=(Annex("1", "绩效评价指标体系", "made", (table(12),)), Annex("2", "读数索引", "made", (
            Table("读数", "报告数字与读数对照", (Column("编号", 8, "center"), Column("数字", 60), Column("证据", 32)),
                  ((Cell("R1", form="anchor"), Cell("按时办结率"), Cell("123")), (Cell("R2", form="anchor"), Cell("支出"), Cell("30")))),))),
        references=(Reference("R1", "reading:abc", "按时办结率", "96.75%", "2026", "123", "ab" * 32),
                    Reference("R2", "money:spent", "支出", "60,000.00元", "2026", "30", "")),
        gaps=GAPS,
        words={"table": "表", "chart": "图", "annex": "附件", "contents": "目  录".replace("  ", "\u3000"), "number": "报告编号：", "made_on": "2027年1月15日", "gap": "缺口", "gaps": "缺口清单", "refs": "编号", "reference": "编号", "figure": "数字", "figures": "数字对照", "value": "数值", "evidence": "证据", "digest": "摘要"},
    )  # fmt: skip
