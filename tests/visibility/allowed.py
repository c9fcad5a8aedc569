"""Who may open what: the one table that the site is held against. Everything that is not written here is closed.

Words: the five readers of the residents' door (``owner`` is the person a matter is about, ``guardian`` theirs,
``neighbour`` somebody of the same community, ``stranger`` of another) and every post that has a sheet in
``packs/cn/roles``. A word of ``GROUPS`` stands for several. ``own``: things of the community that the role serves
(or lives in); ``foreign``: the same thing of a community under another street, and for posts above a street in
another province. A page about several kinds of things gives its readers by kind.
"""

from __future__ import annotations

from dataclasses import dataclass

from linli.people.roles import all_roles

READERS = ("visitor", "owner", "guardian", "neighbour", "stranger")
POSTS = tuple(sorted(code for code, role in all_roles().items() if role.door == "desk"))
GROUPS = {
    "desk": " ".join(POSTS),
    "signed_in": "owner guardian neighbour stranger desk",
    "everybody": "visitor signed_in",
    "family": "owner guardian",
    # posts that see the business data (P2) of their place, and open its cases
    "place": "clerk committee_director committee_member street_officer",
    "register": "clerk committee_director committee_member",
    # posts that may sign or take down publications
    "signers": "register accountant party_secretary street_assistance street_officer district_civil",
    # posts with the right to read evaluations; the wider circle also opens project files
    "judges": "auditor city_civil committee_director district_civil evaluator finance_officer party_secretary province_civil"
    " street_officer supervision_member",
    "files": "judges accountant committee_member",
    "evaluators": "committee_director district_civil evaluator finance_officer",
    # posts with a hand in a project's procedure
    "chain": "accountant auditor city_civil committee_director district_civil province_civil street_officer",
    # community matters (P1) are open to posts of the place that open cases
    "internal": "place childrens_director grid_worker info_officer librarian mediator party_secretary street_assistance",
    "counts": "files clerk info_officer street_assistance",
}  # fmt: skip


def expand(words: str) -> frozenset[str]:
    """The roles that words stand for."""
    found: set[str] = set()
    for word in words.split():
        if word in GROUPS:
            found |= expand(GROUPS[word])
        elif word in READERS or word in POSTS:
            found.add(word)
        else:
            raise KeyError(word)
    return frozenset(found)


@dataclass(frozen=True)
class Page:
    """Readers of an address: the same for everything it shows, or by kind of thing; and why."""

    why: str
    own: str | dict[str, str] = ""
    foreign: str | dict[str, str] = ""

    def own_of(self, kind: str) -> frozenset[str]:
        return expand(self.own if isinstance(self.own, str) else self.own.get(kind, ""))

    def foreign_of(self, kind: str) -> frozenset[str]:
        return expand(self.foreign if isinstance(self.foreign, str) else self.foreign.get(kind, ""))


OPEN_CASES = {
    "filed": "place", "supplementing": "place", "visiting": "place grid_worker", "auditing": "place grid_worker street_assistance",
    "paying": "place grid_worker street_assistance", "mediation": "mediator", "handing": "mediator", "booking": "place",
    "card": "place librarian", "proof": "place", "told": "clerk", "handled": "place property_manager", "staff": "place",
    "answered": "place property_manager", "reopening": "place property_manager", "entered": "place", "project": "internal",
}  # fmt: skip
CASE = "P2 by place, P3 only to who has or had it in hand, P4 to nobody at the desk"
ACT = "the screen of an act exists for who holds the step, now"
OWN = {kind: "family" for kind in OPEN_CASES if kind != "project"} | {"secret": "owner"}
MINE = "one's own matters and those of one's wards; P4 has no guardian here"
PUBLIC = "public (P0)"
SELF = "about the reader only"


def public(why: str = PUBLIC) -> Page:
    return Page(why, "everybody", "everybody")


def act(**own: str) -> Page:
    return Page(ACT, own)


ALLOWED: dict[str, Page] = {
    "reader": public("choices of the browser"),
    # ---- the residents' door
    **{
        f"portal:{name}": public()
        for name in (
            "front", "communities", "sign_in", "sign_out", "privacy", "query", "home", "about", "search", "news", "figures", "items",
            "item", "item_print", "venues", "venue", "grievances", "deliberation", "activities", "disclosure", "publication",
            "project", "evaluation", "reading", "report",
        )
    },
    "portal:consent_withdrawal": Page("only a consent that was given can be withdrawn", ""),
    "portal:go": Page("leads on where there is such a thing", ""),
    "portal:my": Page(SELF, "signed_in", "signed_in"),
    "portal:notices": Page(SELF, "signed_in", "signed_in"),
    "portal:notices_read": Page(SELF, "signed_in", "signed_in"),
    "portal:notice_opening": Page(SELF, "owner", "owner"),
    "portal:apply": Page("anybody may apply, for themselves and wards", "signed_in", "signed_in"),
    "portal:apply_step": Page("anybody may apply, for themselves and wards", "signed_in", "signed_in"),
    "portal:grievance_new": Page("anybody may tell", "signed_in", "signed_in"),
    "portal:case": Page(MINE, OWN, OWN),
    "portal:received": Page(MINE, OWN, OWN),
    "portal:supplement": Page(MINE, OWN, OWN),
    "portal:withdrawal": Page(MINE, OWN, OWN),
    "portal:rating": Page(MINE, OWN, OWN),
    "portal:revisit": Page(MINE, dict.fromkeys(("told", "handled", "staff", "answered", "reopening", "entered"), "family"),
                           dict.fromkeys(("told", "handled", "staff", "answered", "reopening", "entered"), "family")),
    "portal:paper": Page("papers one handed in oneself",
                         dict.fromkeys(("filed", "supplementing", "visiting", "auditing", "paying", "told", "handled", "staff",
                                        "answered", "reopening"), "owner"),
                         dict.fromkeys(("filed", "supplementing", "visiting", "auditing", "paying", "told", "handled", "staff",
                                        "answered", "reopening"), "owner")),
    # ---- the desk: rooms about no single thing
    **{
        f"desk:{name}": Page("every post has a desk; what it lists is asked row by row", "desk")
        for name in ("inbox", "filters", "filter-removal", "acceptances", "dispatches", "role", "search", "notices", "notices-reading")
    },
    **{
        f"desk:{name}": Page("public facts (P0)", "desk")
        for name in ("organisations", "disclosure", "sheets", "sheet", "rules", "calendar")
    },
    "desk:figures": Page("right statistics.read: counts only", "counts"),
    "desk:measures": Page("rights statistics.read or evaluation.read", "counts"),
    "desk:audit": Page("right audit.read; whose it was is hidden above one's reach", "auditor operator"),
    "desk:verification": Page("right audit.read, a chain of one's place (none is named here)", ""),
    # ---- cases
    "desk:case": Page(CASE, OPEN_CASES),
    "desk:case-audit": Page(CASE, OPEN_CASES),
    "desk:receipt": Page(CASE, OPEN_CASES),
    "desk:paper": Page("papers of a case are content (P3): only to who has or had it in hand", {
        "filed": "clerk", "supplementing": "clerk", "visiting": "clerk", "auditing": "clerk street_assistance",
        "paying": "clerk street_assistance", "told": "clerk", "handled": "clerk", "staff": "clerk street_officer",
        "answered": "clerk", "reopening": "clerk", "project": "committee_director street_officer"}),
    "desk:attach": act(filed="clerk", visiting="grid_worker", auditing="street_assistance", paying="street_assistance",
                       mediation="mediator", handing="mediator", booking="clerk", card="librarian", proof="committee_director",
                       told="clerk", handled="property_manager", staff="street_officer", answered="clerk", reopening="clerk", entered="clerk"),
    "desk:move": act(supplementing="clerk", auditing="street_assistance", booking="clerk", proof="committee_director",
                     told="clerk", handled="property_manager", staff="street_officer", answered="register",
                     entered="clerk street_officer"),
    "desk:dispatch": act(told="clerk", entered="place"),
    "desk:answer": act(told="clerk", entered="register"),
    "desk:reply": act(handled="property_manager", staff="street_officer"),
    "desk:revisit": act(answered="register"),
    "desk:reopening": act(reopening="register"),
    "desk:release": act(answered="place property_manager", reopening="place property_manager"),
    "desk:acceptance": act(filed="clerk", mediation="mediator"),
    "desk:acceptance-urgent": act(filed="clerk"),
    "desk:supplement": act(filed="clerk"),
    "desk:supply": act(supplementing="clerk"),
    "desk:visit": act(visiting="committee_director grid_worker"),
    "desk:grant": act(auditing="street_assistance"),
    "desk:refusal": act(filed="clerk", auditing="street_assistance", mediation="mediator", handing="mediator",
                        card="clerk librarian", proof="clerk committee_director"),
    "desk:payment": act(paying="street_assistance"),
    "desk:proof": act(proof="committee_director"),
    "desk:card": act(card="clerk librarian"),
    "desk:handover": act(handing="mediator"),
    "desk:check-in": act(booking="clerk"),
    "desk:cancellation": act(booking="clerk"),
    # ---- counter and register
    "desk:counter": Page("right services.assist at a community", "clerk librarian"),
    "desk:counter-enter": Page("right people.enter at a community", "clerk"),
    "desk:grievance-entry": Page("right grievances.file at a community", "clerk grid_worker"),
    "desk:proof-refusal": Page("counts a proof that is refused; none is named here", ""),
    "desk:counter-person": Page("right services.assist, a person of one's place", "clerk"),
    "desk:grievance-for": Page("right grievances.file, a person of one's place", "clerk"),
    "desk:counter-item": Page("right services.assist, a person of one's place", "clerk"),
    "desk:read-back": Page("right services.assist, a person of one's place", "clerk"),
    "desk:people": Page("right people.read", "register street_assistance"),
    "desk:person": Page("business data (P2) of one's place", "register"),
    "desk:unmasking": Page("business data (P2) of one's place, with a reason that is noted", "register"),
    # ---- disclosure
    "desk:disclosure-new": Page("right disclosure.publish", "signers"),
    "desk:publish": Page("posts that sign this item", "committee_director district_civil street_assistance"),
    "desk:publication": Page("what is published is public; here those of one's place", "desk"),
    "desk:removal": Page("right disclosure.publish in the place", "signers"),
    "desk:correction": Page("posts that sign this item", "committee_director district_civil street_assistance"),
    "desk:objection": Page("right disclosure.publish, and business data (P2) within reach",
                           "register district_civil street_assistance street_officer"),
    # ---- public money
    "desk:projects": Page("right projects.read", "files"),
    "desk:programmes": Page("right projects.read", "files"),
    "desk:programme-new": Page("right projects.announce", "province_civil"),
    "desk:programme": Page("a notice of the province goes to all its places: to the other street too, never to another province",
                           "files", "accountant committee_director committee_member party_secretary street_officer supervision_member"),
    "desk:apply": Page("right projects.apply under a notice that reaches one's place", "committee_director", "committee_director"),
    **{
        f"desk:{name}": Page("right projects.read in the place", "files")
        for name in ("project", "project-money", "project-papers", "project-paper")
    },
    "desk:projects-act": act(applied="street_officer", goals="committee_director", project="auditor"),
    "desk:voucher": Page("right projects.read in the place", {"project": "files"}),
    "desk:voucher-paper": Page("the entry of the proof has no paper", ""),
    "desk:project-attach": Page("posts of the project's procedure while it is open", "chain"),
    "desk:gate": Page("right disclosure.publish in the place, and the project's file",
                      "accountant committee_director committee_member district_civil party_secretary street_officer"),
    "desk:project-statements": Page("only projects stated by a report of others", ""),
    # ---- evaluation and reports
    "desk:evaluation": Page("right evaluation.read", "judges"),
    "desk:evaluation-page": Page("one's own, those of others once handed in and due", {"running": "district_civil", "evaluation": "judges"}),
    **{
        f"desk:evaluation-{name}": Page("who opened the evaluation, until it is handed in", {"running": "district_civil"})
        for name in ("readings", "scores", "submission", "claims", "findings", "value", "exemption")
    },
    "desk:evaluation-new": Page("right evaluation.evaluate in the place", "evaluators"),
    "desk:project-evaluations": Page("rights projects.read and evaluation.read", "judges"),
    "desk:goals": Page("rights projects.read and evaluation.read", "judges"),
    "desk:goals-declare": Page(ACT, {"goals": "committee_director", "review": "committee_director", "project": "committee_director"}),
    "desk:evaluation-act": Page(ACT, {}),
    "desk:reading": Page("right evaluation.read in the place", "judges"),
    "desk:reports": Page("right evaluation.read", "judges"),
    "desk:review": Page("right evaluation.read", "judges"),
    "desk:report": Page("composing: right evaluation.evaluate; others are led to the report", {"running": "district_civil", "evaluation": "judges"}),
    "desk:report-bundle": Page("an evaluation handed in", {"evaluation": "judges"}),
    "desk:report-page": Page("released, or on an evaluation one may see", "judges"),
    "desk:report-papers": Page("right evaluation.evaluate in the place", "evaluators"),
    "desk:report-paper": Page("released, or on an evaluation one may see", "judges"),
    "desk:report-annexes": Page("the project's file", "judges"),
    "desk:report-release": Page("right disclosure.publish in the place, and evaluation.read",
                                "committee_director district_civil party_secretary street_officer"),
}  # fmt: skip
