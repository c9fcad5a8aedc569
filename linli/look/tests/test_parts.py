"""The tag library and the parts, rendered as a door renders them."""

import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.contrib.messages.storage.base import Message
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory, override_settings
from django.utils import timezone, translation

from linli.ground.said import Said
from linli.look import specimen
from linli.look.icons import ICONS
from linli.look.reader import Reader

TEMPLATES = Path(__file__).parent.parent / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
AT = timezone.make_aware(dt.datetime(2026, 3, 2, 9, 5))


def _written(text: str, language: str = "zh-hans", **values) -> str:
    with translation.override(language):
        return Template(text).render(Context({"today": dt.date(2026, 3, 2), **values})).strip()


def _page(name, values, **reader):
    request = RequestFactory().get("/", {"q": "水"})
    chosen = Reader(**reader)
    request.reader = chosen  # type: ignore[attr-defined]
    with translation.override(chosen.language), override_settings(LINLI_FROZEN_DAY="2026-03-02"):
        return get_template(name).template.render(Context(_context(request, values)))  # type: ignore[attr-defined]


def _context(request, values):
    from linli.look.reader import page

    return {"request": request, "csrf_token": "x", **page(request), **values}


@pytest.mark.parametrize(
    ("text", "value", "chinese", "english"),
    [
        ("{{ v|day }}", dt.date(2026, 3, 2), "2026年3月2日", "2 March 2026"),
        ("{{ v|day }}", AT, "2026年3月2日", "2 March 2026"),
        ("{{ v|day }}", None, "—", "—"),
        ("{{ v|short_day }}", dt.date(2026, 12, 31), "12月31日", "31 December"),
        ("{{ v|moment }}", AT, "2026年3月2日 09:05", "2 March 2026, 09:05"),
        ("{{ v|weekday }}", dt.date(2026, 3, 2), "星期一", "Monday"),
        ("{{ v|share }}", Decimal("0.912"), "91.2%", "91.2%"),
        ("{{ v|share }}", Fraction(2, 3), "66.7%", "66.7%"),
        ("{{ v|share }}", Fraction(0), "0.0%", "0.0%"),
        ("{{ v|share }}", None, "—", "—"),
        ("{{ v|points }}", Decimal("77.05"), "77.1", "77.1"),
        ("{{ v|points }}", None, "—", "—"),
        ("{{ v|yuan }}", 6000000, "60,000.00", "60,000.00"),
        ("{{ v|prose_money }}", 6000000, "6万元", "CNY 60,000.00"),
        ("{{ v|mask_name }}", "王小明", "王**", "王**"),
        ("{{ v|mask_phone }}", "13800000000", "138****0000", "138****0000"),
        ("{{ v|both }}", {"zh": "社区", "en": "community"}, "社区", "community"),
        ("{{ v|both }}", {"zh": "社区", "en": ""}, "社区", "社区"),
        ("{% due_light v %}", dt.date(2026, 2, 28), "超期2天", "2 days overdue"),
        ("{% due_light v %}", dt.date(2026, 3, 1), "超期1天", "1 day overdue"),
        ("{% due_light v %}", dt.date(2026, 3, 2), "今日到期", "Due today"),
        ("{% due_light v %}", dt.date(2026, 3, 5), "还有3天", "3 days left"),
        ("{% due_light v %}", AT, "今日到期", "Due today"),
    ],
)
def test_values_are_written_as_the_reader_says_them(text, value, chinese, english):
    assert re.sub("<[^>]+>", "", _written(text, v=value)) == chinese
    assert re.sub("<[^>]+>", "", _written(text, "en", v=value)) == english


def test_a_moment_in_the_evening_by_utc_falls_on_the_local_day():
    assert _written("{{ v|day }}", v=dt.datetime(2026, 3, 1, 20, 0, tzinfo=dt.UTC)) == "2026年3月2日"


def test_a_refusal_is_said_in_the_readers_language():
    fault = Said("wording.code_twice", source="a", code="b")
    assert _written("{{ v|says }}", v=fault) != _written("{{ v|says }}", "en", v=fault)


def test_capital_money_is_the_form_of_vouchers():
    assert _written("{{ v|capital_money }}", v=6000000).startswith("陆万")


def test_words_of_people_are_escaped_in_every_part():
    bad = "<script>x</script>"
    for text in ("{% tag v 'ok' %}", "{% button v href=v %}", "{% empty v v v v %}", "{% facts pairs %}", "{% crumbs v v v %}",
                 "{% notice 'warn' v %}{{ v }}{% endnotice %}", "{% card v %}{{ v }}{% endcard %}"):  # fmt: skip
        assert "<script" not in _written(text, v=bad, pairs=[(bad, bad)])


def test_the_three_lengths_of_a_bar_make_the_whole():
    drawn = _written("{% evidence_bar 8 6.9 0.6 %}")
    widths = [float(w) for w in re.findall(r'width="([\d.]+)"', drawn)]
    assert widths == [100.0, 86.25, 7.5]
    assert "有据 86%，自报无据 8%，未得 6%" in drawn
    assert "style=" not in drawn


@pytest.mark.parametrize(("proven", "claimed"), [(None, 8), (12, 5), (-1, 3), (8, 8)])
def test_a_bar_never_leaves_its_field(proven, claimed):
    drawn = _written("{% evidence_bar 8 p c %}", p=proven, c=claimed)
    widths = dict(re.findall(r'class="(\w+)"[^>]* width="([\d.]+)"', drawn))
    first, second = float(widths["proven"]), float(widths["claimed"])
    assert first >= 0 and second >= 0 and first + second <= 100


def test_a_query_keeps_what_is_not_changed():
    request = RequestFactory().get("/", {"q": "水", "after": "5"})
    assert _written("{% query after=None page=2 %}", request=request) == "?q=%E6%B0%B4&amp;page=2"


def test_a_field_ties_its_hint_and_error_to_the_widget():
    form = specimen.Relief({"name": "", "phone": ""})
    drawn = _written("{% field form.name %}", form=form)
    named = re.search(r'aria-describedby="([^"]+)"', drawn)
    assert named
    for part in named[1].split():
        assert f'id="{part}"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_the_error_summary_links_to_each_field():
    form = specimen.Relief({"name": "王小明", "phone": "", "way": "sms", "kind": "ill"})
    drawn = _written("{% error_summary form %}", form=form)
    assert 'href="#id_phone"' in drawn and "请填一个打得通的电话" in drawn
    assert _written("{% error_summary form %}", form=specimen.Relief()) == ""


@pytest.mark.parametrize("name", NAMES)
def test_no_template_is_long_or_carries_inline_style_or_handler(name):
    text = (TEMPLATES / name).read_text("utf-8")
    assert len(text.splitlines()) <= 150
    assert not re.search(r"\sstyle=|\son\w+=|<script(?![^>]*src=)|javascript:", text)


@pytest.mark.parametrize("name", NAMES)
def test_every_asset_named_by_a_template_is_there(name):
    for path in re.findall(r"{% asset '([^']+)' %}", (TEMPLATES / name).read_text("utf-8")):
        assert finders.find(path), path


def test_every_sheet_the_reader_may_be_given_is_there():
    for chosen in (Reader(theme="dark", contrast=True), Reader()):
        for path, _media in chosen.sheets:
            assert finders.find(path), path


@pytest.mark.parametrize("name", [n for n in NAMES if re.fullmatch(r"\d\d\d(_csrf)?\.html", n)])
def test_error_pages_render_without_any_door(name):
    drawn = _page(name, {})
    assert "<h1>" in drawn and 'href="/"' in drawn


def test_the_page_of_a_fault_renders_without_any_context():
    assert "系统出了问题" in render_to_string("500.html")


@pytest.mark.parametrize(
    "reader", [{}, {"elder": True, "large": True}, {"language": "en", "theme": "dark", "contrast": True}]
)
@pytest.mark.parametrize(("name", "values"), [("look/specimen.html", specimen.portal), ("look/specimen_desk.html", specimen.desk),
                                              ("look/specimen_print.html", specimen.portal)])  # fmt: skip
def test_the_specimens_show_every_part(name, values, reader):
    request = RequestFactory().get("/")
    drawn = _page(name, values(request), **reader)
    assert drawn.count("<h1") >= 1 and 'id="main"' in drawn
    assert f'lang="{Reader(**reader).lang}"' in drawn
    assert ("Sample data" if reader.get("language") == "en" else "样例数据") in drawn
    assert " style=" not in drawn


def test_messages_stand_in_a_live_region():
    drawn = _page(
        "look/specimen.html",
        {**specimen.portal(RequestFactory().get("/")), "messages": [Message(25, "已收到")]},
    )
    assert re.search(r'role="status" aria-live="polite">\s*<p class="message success">', drawn)


def test_every_drawing_is_named_once_and_draws_something():
    assert len(ICONS) >= 30
    assert all(drawing.startswith("<") and "style" not in drawing for drawing in ICONS.values())


def test_the_shell_names_no_icon_that_is_missing():
    for name in NAMES:
        for icon in re.findall(r'{% icon "(\w+)"', (TEMPLATES / name).read_text("utf-8")):
            assert icon in ICONS, (name, icon)


def test_every_sentence_of_the_look_has_its_english():
    catalogue = (Path(__file__).parents[2] / "locale/en/LC_MESSAGES/django.po").read_text("utf-8")
    for name in NAMES:
        if name.startswith("look/specimen"):
            continue
        for sentence in re.findall(r"""{% trans ["'](.+?)["'] %}""", (TEMPLATES / name).read_text("utf-8")):
            assert f'msgid "{sentence}"' in catalogue, (name, sentence)
    assert not re.search(r'^msgstr ""$(?!\n")', catalogue.split("\n\n", 1)[1], re.MULTILINE)
