"""Addresses of grievances beside their plain acts: closing unasked, merging, texts for everybody, referrals, screening, hotline."""

from __future__ import annotations

from django.urls import URLPattern

from linli.desk import grievances, hotline, linking, referring, releasing, screening
from linli.staff.addresses import read, show

ADDRESSES: list[URLPattern] = [
    show("cases/<str:number>/silence/", grievances.silence, "silence"),
    show("cases/<str:number>/unnamed-close/", grievances.unnamed_close, "unnamed-close"),
    show("cases/<str:number>/redirect/", grievances.redirect, "redirect"),
    show("cases/<str:number>/merge/", linking.merge, "merge"),
    show("cases/<str:number>/part/", linking.part, "part"),
    show("cases/<str:number>/release/", releasing.propose, "release"),
    show("cases/<str:number>/release/decision/", releasing.decide, "release-decision"),
    show("cases/<str:number>/refer/", referring.refer, "refer"),
    show("cases/<str:number>/referral/", referring.follow_up, "referral"),
    show("cases/<str:number>/order-return/", hotline.give_back, "order-return"),
    show("cases/<str:number>/order-answer/", hotline.answer, "order-answer"),
    read("groups/", linking.groups, "groups"),
    read("releases/", releasing.waiting, "releases"),
    read("referrals/", referring.due, "referrals"),
    read("screening/", screening.show, "screening"),
    show("screening/round/", screening.open_round, "round-new"),
    show("screening/round/end/", screening.close_round, "round-end"),
    show("screening/conflicts/", screening.enter, "conflict-new"),
    read("screening/conflicts/<slug:key>/", screening.conflict, "conflict"),
    show("screening/conflicts/<slug:key>/look/", screening.look, "conflict-look"),
    show("screening/conflicts/<slug:key>/closing/", screening.close, "conflict-close"),
    read("hotline/", hotline.show, "hotline"),
    show("hotline/batch/", hotline.take, "hotline-batch"),
    show("hotline/order/", hotline.enter, "hotline-order"),
    read("hotline/template/<slug:form>/", hotline.template, "hotline-template"),
]
