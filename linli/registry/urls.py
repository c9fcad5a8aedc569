"""Addresses of the registers, under /desk/. ``linli.staff.addresses`` guards every one."""

from __future__ import annotations

from django.urls import URLPattern

from linli.registry import audit, disclosure, figures, organisations, people, rules, sheets, statistics, texts
from linli.staff.addresses import change, read, show

app_name = "registry"

urlpatterns: list[URLPattern] = [
    show("people/", people.show, "people"),
    show("people/<str:key>/", people.person, "person"),
    show("people/<str:key>/unmasking/", people.unmask, "unmasking"),
    show("organisations/", organisations.show, "organisations"),
    show("disclosure/", disclosure.show, "disclosure"),
    show("disclosure/new/", disclosure.choose, "disclosure-new"),
    show("disclosure/new/<str:code>/", disclosure.publish_item, "publish"),
    show("disclosure/<str:number>/", disclosure.publication, "publication"),
    show("disclosure/<str:number>/removal/", disclosure.remove, "removal"),
    show("disclosure/<str:number>/correction/", disclosure.correct_item, "correction"),
    show("objections/<str:key>/", disclosure.answer, "objection"),
    show("figures/", figures.show, "figures"),
    read("statistics/", statistics.show, "statistics"),
    read("notice-texts/", texts.show, "notice-texts"),
    show("notice-texts/<str:word>/", texts.edit, "notice-text"),
    change("notice-texts/<str:word>/reset/", texts.reset, "notice-text-reset"),
    show("sheets/", sheets.show, "sheets"),
    show("sheets/<str:kind>/<str:code>/", sheets.sheet, "sheet"),
    show("rules/", rules.show, "rules"),
    show("calendar/<int:year>/", sheets.calendar, "calendar"),
    show("audit/", audit.show, "audit"),
    change("audit/verification/", audit.verification, "verification"),
]
