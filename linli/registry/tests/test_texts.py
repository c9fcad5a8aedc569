"""Notice texts on screen: looked at, published as an edition, refused at the field, reset."""

from __future__ import annotations

import pytest
from django.urls import reverse

from linli.notices.models import Wording
from linli.notices.texts import template
from linli.notices.wording import LONGEST
from linli.rulebook.models import Edition

pytestmark = pytest.mark.django_db
WORD = "case.accepted"


def typed(**changes):
    known = template(WORD)
    words = {f"{name}_{lang}": getattr(known, name).text(lang) for name in LONGEST for lang in ("zh", "en")}
    return {**words, **changes}


def address(name="notice-text", word=WORD):
    return reverse(f"registry:{name}", args=[word])


def test_looking_shows_it_filled_and_publishes_nothing(desk):
    clerk = desk("jie")
    shown = clerk.post(address(), typed(plain_zh="{title}收下了，{due} 前办好。", do="look")).content.decode()
    assert "临时救助收下了，2026年3月6日 前办好。" in shown and "检查通过" in shown
    assert not Wording.objects.exists() and not Edition.objects.filter(kind="notices").exists()


def test_publishing_is_an_edition_and_resetting_another(desk):
    street = desk("jie")
    assert (
        street.post(address(), typed(plain_zh="{title}收下了，{due} 前办好。", do="publish")).status_code
        == 302
    )
    assert "已修改" in street.get(reverse("registry:notice-texts")).content.decode()
    edition = Edition.objects.get(kind="notices", code=WORD)
    assert edition.body["plain"]["zh"] == "{title}收下了，{due} 前办好。"
    assert Wording.objects.get().edition == edition.number == 1
    street.post(address("notice-text-reset"))
    assert Wording.objects.latest("pk").said == {}
    assert Edition.objects.filter(kind="notices", code=WORD).count() == 2


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("body_zh", "没有空格"),
        ("body_zh", "{number}{due}{secret}"),
        ("plain_en", "{due"),
        ("title_zh", ""),
        ("title_zh", "13900000001"),
        ("body_en", "x" * 601),
    ],
)
@pytest.mark.parametrize("do", ["look", "publish"])
def test_bad_words_come_back_at_their_field_with_everything_typed(desk, field, said, do):
    answer = desk("jie").post(address(), typed(**{field: said, "plain_zh": "{title}好了，{due}", "do": do}))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert f"id_{field}_error" in shown and "好了，{due}" in shown
    assert not Wording.objects.exists()


def test_below_the_street_there_is_no_such_page(desk):
    for login in ("limin", "sun", "ma"):
        assert desk(login).get(reverse("registry:notice-texts")).status_code == 404
        assert desk(login).post(address(), typed(do="publish")).status_code == 404
    assert desk("jie").get(address(word="no.such")).status_code == 404
