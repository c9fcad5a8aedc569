"""Who everybody is: places, bodies and the people with a login. One password opens every sample account."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "linli-2026"  # noqa: S105  # printed by every start; a production site refuses sample accounts

PROVINCE, YUNCHUAN, QINGXI = "990000000000", "990100000000", "990101000000"
MINGHE, WANGSHAN_STREET = "990101001000", "990101002000"
HELIN, LIUWAN, WANGSHAN = "990101001001", "990101001201", "990101002001"

REGIONS = {
    PROVINCE: ("示例省", "urban"),
    YUNCHUAN: ("云川市", "urban"),
    QINGXI: ("清溪区", "urban"),
    MINGHE: ("明河街道", "urban"),
    HELIN: ("禾邻社区", "resettlement"),
    LIUWAN: ("柳湾村", "village"),
    WANGSHAN_STREET: ("望山街道", "urban"),
    WANGSHAN: ("望山社区", "urban"),
}


@dataclass(frozen=True)
class Body:
    """A body: name, kind, region, approved posts, duties as shown on the wall."""

    name: str
    kind: str
    region: str
    staffing: int | None = None
    duties: tuple[str, ...] = ()


BODIES = {
    "helin-party": Body("禾邻社区党总支", "party_org", HELIN, 5, ("把握方向、联系党员", "牵头联席会议和结对共建", "管理社区工作者队伍")),
    "helin-committee": Body("禾邻社区居民委员会", "residents_committee", HELIN, 7, ("组织居民议事和表决", "人民调解", "居务公开", "指导和监督业主委员会、物业")),
    "helin-station": Body("禾邻社区服务站", "service_station", HELIN, 6, ("一窗受理公共服务事项", "帮办代办、上门服务", "农家书屋和信息点")),
    "helin-supervision": Body("禾邻社区居务监督委员会", "supervision_committee", HELIN, 3, ("监督居务公开和财务", "主持年度评议")),
    "helin-property": Body("安和物业服务中心", "property_company", HELIN, None, ("维修养护", "保洁和秩序", "公示收费和公共收益")),
    "helin-owners": Body("安和苑业主委员会", "owners_committee", HELIN, 5, ("执行业主大会决定",)),
    "liuwan-committee": Body("柳湾村村民委员会", "villagers_committee", LIUWAN, 5, ("村民自治", "村务公开")),
    "liuwan-station": Body("柳湾村便民服务点", "service_station", LIUWAN, 2, ("代办服务事项",)),
    "wangshan-party": Body("望山社区党总支", "party_org", WANGSHAN, 5, ("把握方向、联系党员",)),
    "wangshan-station": Body("望山社区服务站", "service_station", WANGSHAN, 5, ("一窗受理公共服务事项",)),
    "wangshan-committee": Body("望山社区居民委员会", "residents_committee", WANGSHAN, 7, ("居民自治", "居务公开")),
    "wangshan-property": Body("望山物业服务中心", "property_company", WANGSHAN),
    "minghe-office": Body("明河街道办事处", "street_office", MINGHE, 30),
    "wangshan-office": Body("望山街道办事处", "street_office", WANGSHAN_STREET, 28),
    "qingxi-civil": Body("清溪区民政局", "civil_affairs", QINGXI),
    "qingxi-finance": Body("清溪区财政局", "finance", QINGXI),
    "qingxi-audit": Body("清溪区审计局", "audit", QINGXI),
    "yunchuan-civil": Body("云川市民政局", "civil_affairs", YUNCHUAN),
    "province-civil": Body("示例省民政厅", "civil_affairs", PROVINCE),
    "evaluator": Body("清正绩效评价事务所", "evaluator", QINGXI),
    "operator": Body("平台运维组", "operator", PROVINCE),
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """Somebody with a login. Posts are (post, body, title on the wall); a resident has none."""

    login: str
    name: str
    sex: str
    born: str
    place: str
    posts: tuple[tuple[str, str, str], ...] = ()

    @property
    def signs_in(self) -> bool:
        """Whether this login has the password: everybody of Helin and above, and one clerk of another community."""
        return self.login == "wangli" or self.place not in (LIUWAN, WANGSHAN, WANGSHAN_STREET)


CAST = (
    Part("wang", "王桂兰", "2", "1953-05-12", HELIN),
    Part("chen", "陈小雨", "2", "1998-09-03", HELIN),
    Part("limin", "李敏", "2", "1990-03-21", HELIN, (("clerk", "helin-station", "综合窗口"),)),
    Part("sun", "孙立春", "1", "1975-02-04", HELIN,
         (("committee_director", "helin-committee", "主任"), ("clerk", "helin-station", "服务站站长（兼）"))),
    Part("yang", "杨格", "1", "1992-07-15", HELIN, (("grid_worker", "helin-station", "第一网格网格员"),)),
    Part("ma", "马维修", "1", "1980-11-30", HELIN, (("property_manager", "helin-property", "项目经理"),)),
    Part("jie", "解道清", "1", "1983-06-18", MINGHE, (("street_officer", "minghe-office", "社区建设办"),)),
    Part("zha", "查慈", "2", "1986-12-09", MINGHE, (("street_assistance", "minghe-office", "社会救助经办"),)),
    Part("qu", "区正民", "1", "1978-04-25", QINGXI, (("district_civil", "qingxi-civil", "基层政权科"),)),
    Part("cai", "蔡财", "2", "1981-08-08", QINGXI, (("finance_officer", "qingxi-finance", "社保科"),)),
    Part("shen", "沈审", "1", "1977-10-10", QINGXI, (("auditor", "qingxi-audit", "审计员"),)),
    Part("shi", "施民安", "1", "1974-01-19", YUNCHUAN, (("city_civil", "yunchuan-civil", "基层治理科"),)),
    Part("sheng", "盛省三", "1", "1970-03-03", PROVINCE, (("province_civil", "province-civil", "基层治理处"),)),
    Part("ping", "平议", "2", "1989-05-27", QINGXI, (("evaluator", "evaluator", "项目负责人"),)),
    Part("wangli", "王力", "1", "1990-09-09", WANGSHAN, (("clerk", "wangshan-station", "综合窗口"),)),
    Part("zhao", "赵德顺", "1", "1938-02-11", HELIN),
    Part("mu", "木阿青", "1", "1987-07-07", HELIN),
    Part("he", "何巧云", "2", "1982-03-08", HELIN, (("committee_member", "helin-committee", "副主任"),)),
    Part("qian", "钱守正", "1", "1968-12-01", HELIN, (("party_secretary", "helin-party", "书记"),)),
    Part("wu", "吴监生", "1", "1966-06-06", HELIN, (("supervision_member", "helin-supervision", "主任"),)),
    Part("tao", "陶会清", "2", "1984-10-22", HELIN, (("accountant", "helin-committee", "报账员"),)),
    Part("feng", "冯和", "1", "1963-09-16", HELIN, (("mediator", "helin-committee", "人民调解委员会主任"),)),
    Part("tong", "佟心", "2", "1988-06-01", HELIN,
         (("childrens_director", "helin-committee", "儿童主任"), ("committee_member", "helin-committee", "妇女儿童委员"))),
    Part("shu", "舒文", "2", "1991-04-23", HELIN, (("librarian", "helin-station", "农家书屋管理员"),)),
    Part("xin", "辛信", "1", "1995-11-11", HELIN, (("info_officer", "helin-station", "信息员"),)),
    Part("ye", "叶业", "1", "1972-08-19", HELIN, (("owners_director", "helin-owners", "主任"),)),
    Part("liu", "刘湾生", "1", "1979-05-05", LIUWAN),
    Part("liuzhu", "柳主任", "1", "1971-03-17", LIUWAN, (("committee_director", "liuwan-committee", "主任"),)),
    Part("liudan", "柳丹", "2", "1993-02-14", LIUWAN, (("clerk", "liuwan-station", "代办员"),)),
    Part("liuhe", "柳合", "1", "1969-07-28", LIUWAN, (("mediator", "liuwan-committee", "调解员"),)),
    Part("liugen", "柳根", "1", "1976-01-12", LIUWAN,
         (("committee_member", "liuwan-committee", "副主任"), ("grid_worker", "liuwan-committee", "网格员"))),
    Part("gao", "高望山", "1", "1985-10-01", WANGSHAN),
    Part("wangdong", "汪东", "1", "1976-02-28", WANGSHAN, (("committee_director", "wangshan-committee", "主任"),)),
    Part("wangmei", "汪梅", "2", "1986-04-04", WANGSHAN,
         (("committee_member", "wangshan-committee", "委员"), ("mediator", "wangshan-committee", "调解员"))),
    Part("wangge", "汪革", "1", "1994-12-24", WANGSHAN, (("grid_worker", "wangshan-station", "网格员"),)),
    Part("wangwu", "汪物", "1", "1982-05-19", WANGSHAN, (("property_manager", "wangshan-property", "经理"),)),
    Part("wangshu", "汪书", "2", "1997-03-30", WANGSHAN, (("librarian", "wangshan-station", "图书室管理员"),)),
    Part("wangjie", "汪街", "1", "1984-09-02", WANGSHAN_STREET,
         (("street_officer", "wangshan-office", "社区建设办"), ("street_assistance", "wangshan-office", "社会救助经办"))),
    Part("yunwei", "袁维", "1", "1993-08-21", PROVINCE, (("operator", "operator", "运维"),)),
)  # fmt: skip

SHOWN = (
    ("wang", "居民（72岁）", "resident, 72"),
    ("chen", "居民（年轻人）", "resident, young"),
    ("limin", "社区窗口", "counter clerk"),
    ("sun", "居委会主任", "committee director"),
    ("yang", "网格员", "grid worker"),
    ("ma", "物业经理", "property manager"),
    ("jie", "街道社区建设", "street officer"),
    ("zha", "街道社会救助", "street assistance"),
    ("qu", "区民政局", "district civil affairs"),
    ("cai", "区财政局", "district finance"),
    ("shen", "区审计局", "auditor"),
    ("shi", "市民政局", "city civil affairs"),
    ("sheng", "省民政厅", "province civil affairs"),
    ("ping", "第三方评价", "outside evaluator"),
    ("wangli", "外社区窗口", "clerk of another community"),
)
"""The accounts a start prints: login and what the person is, in both languages."""
