"""Addresses of casework, under /desk/. ``linli.staff.addresses`` guards every one."""

from __future__ import annotations

from django.urls import URLPattern

from linli.desk import (
    cases,
    counter,
    exporting,
    grievances,
    inbox,
    item_acts,
    notices,
    phoning,
    queueing,
    searching,
    services,
    telling,
)
from linli.desk.grievance_addresses import ADDRESSES
from linli.staff import roles
from linli.staff.addresses import change, show

app_name = "desk"

urlpatterns: list[URLPattern] = [
    show("", inbox.show, "inbox"),
    change("filters/", inbox.save_filter, "filters"),
    change("filters/<int:order>/removal/", inbox.drop_filter, "filter-removal"),
    change("acceptances/", inbox.accept_many, "acceptances"),
    change("dispatches/", inbox.dispatch_many, "dispatches"),
    change("reminders/", inbox.remind_many, "reminders"),
    change("export/", exporting.take_out, "export"),
    show("queue/", queueing.show, "queue"),
    change("queue/numbers/", queueing.take_number, "queue-take"),
    change("queue/call/", queueing.call, "queue-call"),
    show("queue/board/", queueing.waiting_area, "queue-board"),
    show("queue/<int:number>/slip/", queueing.slip, "queue-slip"),
    change("queue/<int:number>/<str:state>/", queueing.change_state, "queue-state"),
    show("role/", roles.choose, "role"),
    show("cases/<str:number>/", cases.show, "case"),
    show("cases/<str:number>/audit/", cases.audit, "case-audit"),
    show("cases/<str:number>/papers/", cases.attach, "attach"),
    show("cases/<str:number>/papers/<str:key>/", cases.paper, "paper"),
    change("cases/<str:number>/numbers/", cases.unmask, "numbers"),
    show("cases/<str:number>/moves/<str:code>/", cases.move, "move"),
    show("cases/<str:number>/dispatch/", grievances.dispatch, "dispatch"),
    show("cases/<str:number>/answer/", grievances.answer, "answer"),
    show("cases/<str:number>/reply/", grievances.reply, "reply"),
    show("cases/<str:number>/revisit/", grievances.revisit, "revisit"),
    show("cases/<str:number>/reopening/", grievances.reopening, "reopening"),
    *ADDRESSES,
    show("cases/<str:number>/acceptance/", services.accept, "acceptance"),
    show("cases/<str:number>/acceptance/urgent/", services.accept_urgent, "acceptance-urgent"),
    show("cases/<str:number>/supplement/", services.supplement, "supplement"),
    show("cases/<str:number>/supply/", services.supply, "supply"),
    show("cases/<str:number>/visit/", services.visit, "visit"),
    show("cases/<str:number>/grant/", services.grant, "grant"),
    show("cases/<str:number>/refusal/", services.refuse, "refusal"),
    show("cases/<str:number>/payment/", services.pay, "payment"),
    show("cases/<str:number>/proof/", services.issue_proof, "proof"),
    show("cases/<str:number>/card/", services.issue_card, "card"),
    show("cases/<str:number>/handover/", services.hand_over, "handover"),
    show("cases/<str:number>/check-in/", services.check_in, "check-in"),
    show("cases/<str:number>/cancellation/", services.cancel, "cancellation"),
    show("cases/<str:number>/services/<str:code>/", item_acts.act, "services-act"),
    show("cases/<str:number>/receipt/", telling.receipt, "receipt"),
    show("counter/", counter.find, "counter"),
    change("counter/persons/", counter.enter, "counter-enter"),
    show("counter/phone/", phoning.call, "phone-entry"),
    show("counter/grievance/", telling.unnamed, "grievance-entry"),
    change("counter/proof-refusals/<str:item>/", counter.proof_refused, "proof-refusal"),
    show("counter/<str:key>/", counter.choose, "counter-person"),
    show("counter/<str:key>/grievance/", telling.of_person, "grievance-for"),
    show("counter/<str:key>/<str:item>/", counter.fill, "counter-item"),
    show("counter/<str:key>/<str:item>/read-back/", counter.read_back, "read-back"),
    show("search/", searching.search, "search"),
    show("notices/", notices.show, "notices"),
    change("notices/reading/", notices.read_all, "notices-reading"),
    change("notices/chosen/", notices.read_chosen, "notices-chosen"),
    change("notices/digest/", notices.switch_digest, "notices-digest"),
]
