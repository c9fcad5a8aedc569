"""Mediation at both doors: a file from entry to its seal, privacy between the sides by address, conversions."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from pypdf import PdfReader

from linli.ground.packs import sheet_paths
from linli.ground.sheets import load_file, plain
from linli.mediation import declared
from linli.mediation.models import Agreement, Mediation
from linli.mediation.parties import state
from linli.mediation.tests.table import AT, accepted, feng, in_force, party, staff
from linli.people.actors import SETUP
from linli.rulebook.publishing import publish
from linli.trail.models import AuditEntry
from tests.cast import PASSWORD, Village
from tests.counting import counted

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def entered(login: str) -> Client:
    client = Client()
    assert client.login(username=login, password=PASSWORD)
    return client


@pytest.fixture(autouse=True)
def _sheet(published: None) -> None:
    """The sheet of mediation beside those that every test of the desk has."""
    sheet = load_file(sheet_paths(declared.KIND)[declared.CODE], declared.SCHEMA)
    publish(
        kind=declared.KIND, code=declared.CODE, body=plain(sheet), title={"zh": sheet.title.zh, "en": sheet.title.en},
        valid_from=sheet.valid_from, by=SETUP, at=AT,
    )  # fmt: skip


def test_a_mediator_enters_a_dispute_and_takes_it_to_an_agreement(published: None, village: Village) -> None:
    client = entered("feng")
    given = {
        "kind": "neighbours", "origin": "proactive", "difficulty": "ordinary", "story": "为晾衣杆吵了半年", "wish": "",
        "amount": "", "parties_0_side": "applicant", "parties_0_name": "王桂兰", "parties_0_phone": village.person("wang").phone,
        "parties_1_side": "respondent", "parties_1_name": "外来人", "parties_1_phone": "13911112222",
    }  # fmt: skip
    answer = client.post("/desk/mediations/entry/", given)
    assert answer.status_code == 302, answer.context["form"].errors
    found = Mediation.objects.get_queryset().get()
    number, base = found.case.number, f"/desk/mediations/{found.case.number}/"
    assert party(found, 1).person == village.person("wang") and party(found, 2).person is None

    def act(word: str, about: int = 0, **values: object) -> None:
        answer = client.post(f"{base}acts/{word}/{about}/", values)
        assert answer.status_code == 302, (word, answer.context["form"].errors)

    act("seat", person=village.person("feng").key, role="lead", way="chosen")
    for one in (1, 2):
        act("consent", one, agrees="yes")
        act("rights", one, way="spoken")
    act("acceptance")
    act("session", kind="joint", starts_at="2026-01-06T09:30", place="社区调解室")
    seat = f"seat:{found.seats.get().pk}"
    act(
        "record",
        1,
        present=["party:1", "party:2", seat],
        record="双方讲了经过",
        guests_0_name="族老",
        guests_0_capacity="亲属",
    )
    act("signature", 1, signer="party:2", way="thumb")
    act(
        "agreement", facts="晾衣杆越界，双方有争议", terms="收回晾衣杆\n互不追究", performance="三日内", amount="300",
        promises_0_what="补偿", promises_0_debtor="2", promises_0_creditor="1", promises_0_cents="300", promises_0_due_on="2026-01-20",
    )  # fmt: skip
    for signer, way in (("party:1", "hand"), ("party:2", "hand"), (seat, "hand"), ("committee", "seal")):
        act("hand", signer=signer, way=way)
    assert Agreement.objects.get(pk=found.pk).effective_on is not None
    with counted() as asked:
        page = client.get(base)
    assert len(asked) <= 25, "\n".join(asked)
    assert "还剩" in page.content.decode() and "收回晾衣杆" in page.content.decode()
    word = client.get(f"{base}forms/agreement/0/")
    with zipfile.ZipFile(io.BytesIO(word.content)) as parts:
        assert "人民调解协议书" in parts.read("word/document.xml").decode()
    assert client.post(f"{base}file/").status_code == 302
    found.refresh_from_db()
    assert found.file is not None
    kept = client.get(f"{base}papers/{found.file.key}/")
    assert len(PdfReader(io.BytesIO(kept.content)).pages) > 8
    act("performance", 1, on=str(Agreement.objects.get(pk=found.pk).effective_on), remark="当面给了")
    assert entered("sun").get(base).status_code == 404
    with counted() as asked:
        assert number in client.get("/desk/mediations/").content.decode()
    assert len(asked) <= 10, "\n".join(asked)


def test_what_one_side_wrote_never_reaches_the_other_by_any_address(
    published: None, village: Village
) -> None:
    mediation = accepted(village)
    number = mediation.case.number
    wang, zhao = entered("wang"), entered("zhao")
    base = f"/mediations/{number}/"
    assert wang.post(f"{base}1/statements/", {"text": "底线是两千元", "once": "a1"}).status_code == 302
    assert wang.post(f"{base}1/statements/", {"text": "底线是两千元", "once": "a1"}).status_code == 302
    assert mediation.statements.count() == 1
    assert "底线是两千元" in wang.get(base).content.decode()
    assert "底线是两千元" in entered("feng").get(f"/desk{base}").content.decode()
    for address in (base, f"/cases/{number}/", "/my/", "/my/notices/", f"/go/mediation:{number}/"):
        assert "底线" not in zhao.get(address, follow=True).content.decode(), address
    for address in ("1/statements/", "1/consent/", "1/end/", "1/objection/", "1/signature/"):
        assert zhao.post(base + address, {"text": "冒名", "agrees": "no"}).status_code == 404, address
    for login in ("chen", "gao", "limin"):
        assert entered(login).get(base).status_code == 404
    for login in ("limin", "sun", "he", "jie", "wangli", "shen"):
        client = entered(login)
        for address in (
            f"/desk/mediations/{number}/",
            f"/desk/mediations/{number}/opening/",
            f"/desk/cases/{number}/",
        ):
            assert client.get(address).status_code == 404, (login, address)


def test_a_sealed_file_opens_with_a_purpose_only_and_is_noted(published: None, village: Village) -> None:
    from linli.mediation.ending import close

    agreement = in_force(village)
    mediation = agreement.mediation
    staff(village, "judi", "司法员", "judicial_officer")
    state(party=party(mediation, 1), text="底线是两千元", by=feng(village), at=AT)
    close(mediation=mediation, reason="余款另行起诉", by=feng(village), at=AT)
    base = f"/desk/mediations/{mediation.case.number}/"
    client = entered("judi")
    assert client.get(base).status_code == 302
    assert client.get(f"{base}forms/agreement/0/").status_code == 404
    assert client.post(f"{base}opening/", {"purpose": "看"}).status_code == 422
    assert client.post(f"{base}opening/", {"purpose": "年度案卷质量检查"}).status_code == 302
    assert "底线是两千元" in client.get(base).content.decode()
    assert client.post(f"{base}acts/closing/0/", {}).status_code == 404
    verbs = list(
        AuditEntry.objects.filter(key=mediation.case.number, verb__contains="sealed").values_list(
            "verb", flat=True
        )
    )
    assert verbs == ["mediation.open_sealed", "mediation.read_sealed"]
    assert entered("judi").get(base).status_code == 302, "another sign-in has to open it again"
    page = entered("zhao").get(f"/mediations/{mediation.case.number}/").content.decode()
    assert "封存" in page and "三千元" not in page
