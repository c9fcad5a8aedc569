"""Addresses of the clock and of several bodies at one matter, under /desk/."""

from __future__ import annotations

from django.urls import URLPattern

from linli.desk import cooperation, extending
from linli.staff.addresses import read, show

ADDRESSES: list[URLPattern] = [
    read("cases/<str:number>/time/", extending.show, "case-time"),
    show("cases/<str:number>/extension/", extending.ask, "extension"),
    show("cases/<str:number>/extension/decision/", extending.decide, "extension-decision"),
    read("cases/<str:number>/bodies/", cooperation.show, "case-bodies"),
    show("cases/<str:number>/together/<str:code>/", cooperation.act, "cases-act"),
    show("cases/<str:number>/outside-link/", cooperation.outside_link, "outside-link"),
    show("whistles/new/", cooperation.new_whistle, "whistle-new"),
    show("tasks/new/", cooperation.new_task, "task-new"),
]
