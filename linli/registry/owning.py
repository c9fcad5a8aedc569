"""Committees and contracts at the staff door: entering, filing, changing, ending, handing over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.models import Case
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.people.models import Organisation, Person
from linli.places.models import Estate, Region
from linli.property import contracting, filing, owning
from linli.property.models import Filing, OwnersAssembly
from linli.property.models.owners import OwnersCommittee
from linli.registry import property as registers
from linli.registry.forms import property as forms
from linli.staff import access, doing
from linli.staff.access import DeskRequest
from linli.staff.doing import Given, Screen


def _screen(title: str, label: str, done: str, back: str, **more: Any) -> Screen:
    crumbs = [(_("物业与业委会"), reverse("registry:property")), (title, "")]
    return Screen(title, label, done, back, current="property", crumbs=crumbs, **more)


def _estates(region: Region) -> dict[str, Estate]:
    return {one.code: one for one in Estate.objects.filter(community=region).order_by("code")}


def _bodies(request: DeskRequest, *kinds: str) -> dict[str, Organisation]:
    rows = access.organisations(request).filter(kind__in=kinds).order_by("kind", "name")
    return {one.key: one for one in rows}


def _pairs(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(key, one.name) for key, one in found.items()]


def _elected(by: Actor, region: Region, rows: Sequence[Mapping[str, Any]]) -> list[owning.Elected]:
    """Persons of the register by their exact names; a name that is unknown or stands twice is refused."""
    names = [str(one["name"]).strip() for one in rows]
    known: dict[str, list[Person]] = {}
    for person in Person.objects.visible_to(by).filter(community=region, name__in=names, erased_at=None):
        known.setdefault(person.name, []).append(person)
    for name in names:
        if len(known.get(name, [])) != 1:
            raise Said("property.person_not_one", field="", name=name)
    return [owning.Elected(known[name][0], one["duty"]) for name, one in zip(names, rows, strict=True)]


def elect(request: DeskRequest) -> HttpResponse:
    """Enter an election of an owners' committee."""
    by = access.require(request, "property.keep")
    region = access.home_community(request)
    estates, bodies = _estates(region), _bodies(request, "owners_committee")
    form = doing.given_to(request, forms.ElectForm, estates=_pairs(estates), bodies=_pairs(bodies))

    def do(given: Given) -> str:
        estate = estates[given["estate"]]
        assembly = OwnersAssembly.objects.filter(estate=estate).first()
        election = owning.Election(
            given["term"], given["elected_on"], given["term_from"], given["term_to"],
            _elected(by, region, form.rows_of("members")),
        )  # fmt: skip
        made = owning.elect(
            assembly=assembly or owning.form_assembly(estate=estate, by=by, at=request.now),
            organisation=bodies[given["organisation"]], election=election, by=by, at=request.now,
        )  # fmt: skip
        return reverse("registry:property-committee", args=[made.key])

    hints = [("info", _("登记后自动算出备案期限：选举之日起三十日内。"))]
    screen = _screen(_("登记换届"), _("登记"), _("换届已登记。"), reverse("registry:property"), hints=hints)
    return doing.perform(request, form, screen, do)


def change(request: DeskRequest, key: str) -> HttpResponse:
    """Members leave and join."""
    by = access.require(request, "property.keep")
    one = registers.committee_of(by, key)
    sitting = {
        str(seat.pk): seat for seat in one.members.filter(to_on=None).select_related("person").order_by("id")
    }
    form = doing.given_to(
        request,
        forms.ChangeForm,
        seats=[(pk, f"{seat.person.name}（{registers.DUTIES[seat.duty]}）") for pk, seat in sitting.items()],
    )

    def do(given: Given) -> object:
        return owning.change_members(
            committee=one, leaving=[sitting[pk] for pk in given["leaving"]],
            joining=_elected(by, one.assembly.estate.community, form.rows_of("joining")), on=given["on"], by=by,
            at=request.now,
        )  # fmt: skip

    back = reverse("registry:property-committee", args=[key])
    hints = [("info", _("变更也要备案，登记后请报送。"))]
    return doing.perform(
        request, form, _screen(_("变更委员"), _("登记变更"), _("变更已登记。"), back, hints=hints), do
    )


def file(request: DeskRequest, key: str) -> HttpResponse:
    """Hand in a filing: the committee itself, or the residents' committee for it."""
    by = access.require(request, "property.keep", "property.own")
    one: OwnersCommittee = registers.committee_of(by, key)
    form = doing.given_to(request, forms.FileForm)
    form.fields["event_on"].initial = one.elected_on

    def do(given: Given) -> str:
        made = filing.file(
            committee=one, what=given["what"], event_on=given["event_on"], by=by, at=request.now
        )
        return reverse("registry:property-committee", args=[made.committee.key])

    back = reverse("registry:property-committee", args=[key])
    facts = [(_("业委会"), one.organisation.name), (_("备案期限"), one.filing_due_on)]
    screen = _screen(_("报送备案"), _("报送街道"), _("已报送街道。"), back, facts=facts)
    return doing.perform(request, form, screen, do)


def accept(request: DeskRequest, found: Case) -> HttpResponse:
    """The street puts a filing on record."""
    by = access.require(request, "property.file")
    one = get_object_or_404(Filing.objects.all(), pk=found.pk)
    form = doing.given_to(request, forms.OpinionForm)
    facts = [
        (_("事项"), found.title),
        (_("发生日期"), one.event_on),
        (_("报送日期"), one.filed_on),
        (_("期限"), one.due_on),
    ]
    screen = _screen(
        _("予以备案"), _("备案"), _("已备案。"), reverse("desk:case", args=[found.number]), facts=facts
    )
    return doing.perform(
        request, form, screen,
        lambda given: filing.accept_filing(filing=one, opinion=given["opinion"], by=by, at=request.now),
    )  # fmt: skip


def contract(request: DeskRequest) -> HttpResponse:
    """Enter a contract as signed."""
    by = access.require(request, "property.keep")
    region = access.home_community(request)
    estates = _estates(region)
    companies = _bodies(request, "property_company", "professional_body")
    clients = _bodies(request, "owners_committee", "residents_committee", "villagers_committee")
    form = doing.given_to(
        request,
        forms.ContractForm,
        companies=_pairs(companies),
        estates=_pairs(estates),
        clients=_pairs(clients),
    )

    def do(given: Given) -> str:
        terms = contracting.Terms(
            subject=given["subject"], signed_on=given["signed_on"], from_on=given["from_on"], to_on=given["to_on"],
            fee_cents=given["fee"], terms=given["terms"], private_terms=given["private_terms"], kind=given["kind"],
            area_centiares=int(given["area"] * 100) if given["area"] else None,
        )  # fmt: skip
        parties = contracting.Parties(
            companies[given["company"]], region, clients.get(given["client"]), estates.get(given["estate"])
        )
        made = contracting.sign(parties=parties, terms=terms, by=by, at=request.now)
        return reverse("registry:property-contract", args=[made.number])

    screen = _screen(_("登记合同"), _("登记"), _("合同已登记。"), reverse("registry:property"))
    return doing.perform(request, form, screen, do)


def end(request: DeskRequest, number: str) -> HttpResponse:
    """Give notice of a contract's end, or end it."""
    by = access.require(request, "property.keep", "property.own")
    one = registers.contract_of(by, number)
    form = doing.given_to(request, forms.EndNoticeForm)

    def do(given: Given) -> object:
        told: dict[str, Any] = {
            "contract": one,
            "effect_on": given["effect_on"],
            "reason": given["reason"],
            "by": by,
            "at": request.now,
        }
        if given["side"] == "ended":
            return contracting.end(**told)
        return contracting.give_notice(side=given["side"], **told)

    back = reverse("registry:property-contract", args=[number])
    hints = [
        ("info", _("业主方解聘要提前六十日、物业不续聘要提前九十日书面通知；天数不够也照实登记，并标明。"))
    ]
    screen = _screen(
        _("通知终止或终止"),
        _("登记"),
        _("已登记。"),
        back,
        facts=[(_("合同"), one.subject), (_("到期"), one.to_on)],
        hints=hints,
    )
    return doing.perform(request, form, screen, do)


def hand_over(request: DeskRequest, number: str) -> HttpResponse:
    """Write the handover list."""
    by = access.require(request, "property.keep")
    answer = doing.already(request)
    if answer is not None:
        return answer
    one = registers.contract_of(by, number)
    if one.events.filter(kind="handed_over").exists():
        raise Http404
    form = doing.given_to(request, forms.HandoverForm)

    def do(given: Given) -> object:
        lines = [
            contracting.Handed(str(row["what"] or ""), row["count"] or 0, row["state"], row["note"] or "")
            for row in form.rows_of("lines")
        ]
        return contracting.hand_over(
            contract=one, lines=lines, taken_by=given["taken_by"], on=given["on"], by=by, at=request.now
        )

    back = reverse("registry:property-contract", args=[number])
    screen = _screen(
        _("移交清单"), _("保存清单"), _("移交清单已保存。"), back, facts=[(_("合同"), one.subject)]
    )
    return doing.perform(request, form, screen, do)
