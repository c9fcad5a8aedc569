"""Addresses of public money, evaluation and reports, under /desk/. ``linli.staff.addresses`` guards every one."""

from __future__ import annotations

from django.urls import URLPattern

from linli.office import (
    declaring,
    evaluation,
    evidence,
    finishing,
    goals,
    judging,
    money,
    programmes,
    projects,
    reports,
    reviewing,
)
from linli.staff.addresses import change, read, show

app_name = "office"

urlpatterns: list[URLPattern] = [
    read("projects/", projects.listed, "projects"),
    read("programmes/", programmes.listed, "programmes"),
    show("programmes/new/", programmes.new, "programme-new"),
    read("programmes/<slug:code>/", programmes.show, "programme"),
    show("programmes/<slug:code>/application/", programmes.apply_screen, "apply"),
    read("projects/<slug:number>/", projects.show, "project"),
    show("projects/<slug:number>/acts/<slug:code>/", projects.act, "projects-act"),
    read("projects/<slug:number>/money/", money.show, "project-money"),
    read("projects/<slug:number>/vouchers/<int:entry>/", money.voucher, "voucher"),
    read("projects/<slug:number>/vouchers/<int:entry>/paper/", money.paper, "voucher-paper"),
    read("projects/<slug:number>/papers/", finishing.show, "project-papers"),
    show("projects/<slug:number>/papers/new/", finishing.attach, "project-attach"),
    read("projects/<slug:number>/papers/<slug:key>/", finishing.paper, "project-paper"),
    show("projects/<slug:number>/gates/<slug:kind>/<int:order>/publication/", finishing.publish, "gate"),
    read("projects/<slug:number>/statements/", projects.statements, "project-statements"),
    read("evaluations/", evaluation.listed, "evaluation"),
    read("evaluations/<slug:key>/", evaluation.show, "evaluation-page"),
    change("evaluations/<slug:key>/readings/", judging.take, "evaluation-readings"),
    change("evaluations/<slug:key>/scores/", judging.score_it, "evaluation-scores"),
    show("evaluations/<slug:key>/submission/", judging.hand_in, "evaluation-submission"),
    show("evaluations/<slug:key>/claims/", judging.claim_points, "evaluation-claims"),
    show("evaluations/<slug:key>/findings/", judging.find_something, "evaluation-findings"),
    show("evaluations/<slug:key>/indicators/<slug:code>/value/", judging.value, "evaluation-value"),
    show("evaluations/<slug:key>/indicators/<slug:code>/exemption/", judging.exempt, "evaluation-exemption"),
    show("projects/<slug:number>/evaluations/new/", evaluation.new, "evaluation-new"),
    read("projects/<slug:number>/evaluations/", evaluation.of_project, "project-evaluations"),
    read("projects/<slug:number>/goals/", goals.show, "goals"),
    show("projects/<slug:number>/goals/declaration/", declaring.declare_screen, "goals-declare"),
    show("projects/<slug:number>/goals/acts/<slug:code>/", goals.approve_screen, "evaluation-act"),
    read("readings/<slug:key>/", evidence.reading, "reading"),
    read("measures/", evidence.measures, "measures"),
    read("reports/", reports.listed, "reports"),
    show("reports/review/", reviewing.review_paper, "review"),
    show("evaluations/<slug:key>/report/", reports.composing, "report"),
    show("evaluations/<slug:key>/bundle/", reports.bundle, "report-bundle"),
    read("reports/<slug:number>/", reports.show, "report-page"),
    change("reports/<slug:number>/papers/", reports.papers, "report-papers"),
    read("reports/<slug:number>/papers/<slug:form>/<slug:digest>/", reports.paper, "report-paper"),
    read("reports/<slug:number>/annexes/", reports.annexes, "report-annexes"),
    show("reports/<slug:number>/release/", reports.releasing, "report-release"),
]
