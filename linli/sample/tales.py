"""What people tell and what they are answered: texts by class, with the months in which they come up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from linli.sample import cast

REDIRECTED = "这件事由自来水公司负责，请拨打供水服务热线；社区已把情况一并转达。"
WRONG_HAND = "经现场查看，这一段不在我方服务范围，请重新派办。"
SILENT = "三次电话都没有接通，先办结；您看到后可以随时再反映。"
UNRESOLVED = "需要动用维修资金，已列入业主大会议题，表决通过后实施；目前不能马上解决，请您谅解。"
REDONE = "已返工并请您本人到场确认。"


@dataclass(frozen=True)
class Kind:
    """A thing that comes up: class, nature, texts, answer, spots, months with more of it, weight, who does not have it."""

    code: str
    nature: str
    texts: tuple[str, ...]
    answer: str
    spots: tuple[str, ...]
    weight: int = 10
    months: tuple[int, ...] = ()
    grade: str = "ordinary"
    urban_only: bool = False


@dataclass(frozen=True)
class Tale:
    """One thing told."""

    code: str
    nature: str
    text: str
    answer: str
    spot: str
    grade: str
    picture: str


_DOOR = ("1单元201", "1单元302", "1单元401", "2单元101", "2单元502", "2单元602", "顶楼", "地下室")
_YARD = ("院门口", "二楼东头", "西屋", "厨房后墙", "三楼")
_OUT = ("大门口", "楼后", "健身角", "停车棚旁", "小广场", "垃圾房旁")
RAIN, COLD, HOT, SCHOOL, FEAST = (5, 6, 7, 8, 9), (11, 12, 1, 2), (6, 7, 8), (6, 7, 8, 9), (1, 2)

KINDS = (
    Kind("G01", "help", ("屋顶漏水，墙面发霉了", "下雨天阳台渗水，一直没修好", "厨房管道滴水", "单元门锁坏了关不上", "电梯这周停了两次"),
         "已上门维修，换了配件，请雨后再看看；有问题随时联系。", _DOOR, 26, RAIN, urban_only=True),
    Kind("G02", "complaint", ("楼道好几天没有打扫", "保安夜里不在岗", "物业费账单看不懂", "绿化带枯了没人管", "公共收益有没有公示"),
         "已要求班组整改，并把明细贴在单元门口，请您监督。", _OUT, 22, urban_only=True),
    Kind("G03", "help", ("家里停水半天了", "水压太小，热水器打不着", "楼道灯不亮", "电表跳闸，老人用不了电磁炉", "宽带断了三天"),
         "已联系供应单位抢修，现已恢复；附近住户也一并检查过。", _DOOR, 16, COLD, urban_only=True),
    Kind("G04", "help", ("垃圾房满出来了，味道很大", "下水道堵了，污水漫到路上", "楼下老鼠很多", "小广场的垃圾桶太少"),
         "已清运并疏通，增加一次中午清运，投放了鼠药并贴了提示。", _OUT, 22, HOT, urban_only=True),
    Kind("G05", "complaint", ("晚上广场舞音响太大", "楼上装修中午也施工", "邻居养的狗半夜一直叫", "楼上半夜拖椅子"),
         "已上门劝说，双方约定了时间，社区一周内再去看一次。", _DOOR, 15, HOT),
    Kind("G06", "report", ("有人在楼顶搭棚", "消防通道堆了杂物", "路口摆摊占道，推车过不去"),
         "已现场告知，杂物当天清走，占道摊点引导到便民点。", _OUT, 8),
    Kind("G07", "suggestion", ("电动车充电桩不够", "停车位被外来车占了", "公交站没有座椅", "停车棚漏雨"),
         "新增充电口六个，车棚已补漏；座椅已报街道协调。", _OUT, 12, urban_only=True),
    Kind("G08", "report", ("配电箱门敞开，孩子在旁边玩", "护坡有小块落石", "楼顶女儿墙砖松了", "雨后地下室积水"),
         "网格员已到场设置警示，隐患当天排除，已复查。", _OUT, 9, RAIN, "important"),
    Kind("G09", "report", ("电瓶车电池被偷", "有陌生人挨家推销保健品", "夜里有人打架喝酒吵闹"),
         "已报派出所，调看了监控；社区在楼道张贴了防骗提示。", _OUT, 6),
    Kind("G10", "consult", ("低保每年要怎么复核", "临时救助一年能申请几次", "邻居家条件好为什么有补贴"),
         "政策和条件已经逐条说明，名单在公告栏公示，可以查看和提出异议。", ("",), 6),
    Kind("G11", "help", ("想找附近的活，能带孩子", "工地欠了两个月工资", "有没有免费的电工培训"),
         "已登记意愿，推荐了扶贫车间和街道用工信息；欠薪已转劳动监察。", ("",), 8, (2, 3, 10)),
    Kind("G12", "consult", ("医保怎么在外地报销", "养老金认证手机弄不了", "慢病证怎么办"),
         "已在窗口帮助办理，操作步骤写成大字卡片交给您。", ("",), 10, (9, 10, 11, 12)),
    Kind("G13", "consult", ("孩子转学要哪些手续", "暑假有没有托管", "放学后孩子没人接"),
         "已说明手续并联系学校；儿童之家放学后和假期开放，可以报名。", ("",), 8, SCHOOL),
    Kind("G14", "help", ("老人想订午餐", "单元门口没有坡道，轮椅出不去", "独居老人几天没见下楼"),
         "已上门看望并登记助餐，坡道列入本月施工。", _DOOR, 9),
    Kind("G15", "consult", ("安置房不动产证什么时候发", "老家宅基地复垦款到账了吗", "户口要不要迁过来"),
         "已请街道搬迁专班答复，进度和所需材料写在回执上。", ("",), 12),
    Kind("G16", "complaint", ("财务公开栏这季度没换", "居民代表怎么选出来的", "上次议事的结果没有告诉大家"),
         "已补充公开，结果贴在各单元门口并发到居民群。", ("公告栏",), 4),
    Kind("G17", "complaint", ("窗口让我跑了三趟", "打电话问事说话不耐烦"),
         "已核实并当面致歉，对经办人做了提醒，事情当天办结。", ("服务站",), 3),
    Kind("G18", "suggestion", ("健身器材松动", "书屋周末能不能开到晚上", "活动室想加一张乒乓球台"),
         "器材已加固；书屋周六延长到晚上八点，先试两个月。", _OUT, 7),
    Kind("G19", "consult", ("请问居住证怎么办", "二胎登记去哪里", "残疾证去哪里评"),
         "已告知办理部门、地址和所需材料，可以由社区代办。", ("",), 10),
    Kind("G20", "suggestion", ("建议小区多种几棵遮荫的树", "建议春节前组织写春联", "希望公告字大一些"),
         "建议已收下，已列入下月议事；公告从这个月起改用大字。", ("",), 6, FEAST),
    Kind("G08", "report", ("楼道有很浓的煤气味", "配电房冒烟了"),
         "物业和网格员十分钟内到场关闭阀门，已通知专业单位检修，没有人受伤。", _DOOR, 1, COLD, "urgent"),
)  # fmt: skip

PICTURES = {
    "G01": "房屋",
    "G02": "物业",
    "G04": "环境",
    "G06": "占道",
    "G07": "停车",
    "G08": "隐患",
    "G18": "设施",
}
_GOOD = ("办得快，谢谢", "工作人员很耐心", "解决了", "", "", "", "态度好")
_FAIR = ("还可以，就是等了几天", "", "希望再快一点")
_POOR = ("没有真正解决", "打了好几次电话才有人来", "")


def told_at(luck: Random, on: date, region: str, building: str) -> Tale:
    """Something that comes up in a community on a day of the year."""
    fitting = [kind for kind in KINDS if region != cast.LIUWAN or not kind.urban_only]
    weights = [kind.weight * (2.2 if on.month in kind.months else 1.0) for kind in fitting]
    kind = luck.choices(fitting, weights)[0]
    doors = _DOOR if building.startswith("安和苑") else _YARD
    spot = luck.choice(doors if kind.spots is _DOOR else kind.spots)
    text = luck.choice(kind.texts)
    return Tale(
        kind.code, kind.nature, f"{spot}：{text}" if spot else text, kind.answer, spot, kind.grade,
        PICTURES.get(kind.code, "现场"),
    )  # fmt: skip


def rated(stars: int, luck: Random) -> str:
    """The words beside a rating, often none."""
    return luck.choice(_GOOD if stars > 3 else _FAIR if stars == 3 else _POOR)


def released(reply: str) -> str:
    """The answer as it may be read by everybody."""
    return f"有居民反映的问题已经办理：{reply}"
