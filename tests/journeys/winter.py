"""What a community does in a winter, by acts: relief cases decided, a project approved, its money spent.

``python -m tests.journeys.winter cases`` and ``... spending`` work on the database of LINLI_HOME. The journey of the
evaluation needs real rows to count; telling them all through the browser would be another story.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime

import django

django.setup()

from linli.cases.handling import rate  # noqa: E402
from linli.cases.models import Case  # noqa: E402
from linli.disclosure.models import Publication  # noqa: E402
from linli.grievances.intake import Filed, Told, file_grievance  # noqa: E402
from linli.people.models import Account, Appointment, Organisation  # noqa: E402
from linli.people.signing import post_actor, resident_actor  # noqa: E402
from linli.places.models import Region  # noqa: E402
from linli.projects.allocating import Arrival, confirm_receipt  # noqa: E402
from linli.projects.models import Programme, Project  # noqa: E402
from linli.projects.tests import story  # noqa: E402
from linli.services.decision import accept, grant  # noqa: E402
from linli.services.paying import pay  # noqa: E402
from linli.services.tests.counter import relief  # noqa: E402
from linli.services.visiting import Seen, visit  # noqa: E402
from tests.cast import ZONE, Village  # noqa: E402

NAME = "禾邻书屋夜读项目"
LEAK = "三号楼一单元水管漏水"


def met() -> Village:
    """The village as it stands in the database."""
    accounts = {one.login: one for one in Account.objects.select_related("person")}
    actors = {login: resident_actor(one) for login, one in accounts.items()}
    for held in Appointment.objects.select_related("person", "organisation", "place"):
        login = next(name for name, one in accounts.items() if one.person_id == held.person_id)
        actors[login] = post_actor(accounts[login], held)
    return Village(
        {one.code: one for one in Region.objects.all()},
        {one.key: one for one in Organisation.objects.all()},
        {login: one.person for login, one in accounts.items()},
        accounts,
        actors,
    )


def moment(month: int, day: int, hour: int) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZONE)


def decide_relief(village: Village, who: str, day: int, stars: int) -> None:
    """One relief case from application to payment within the promise, and its rating."""
    filed = relief(village, who=who, at=moment(1, day, 10))
    accept(application=filed, by=village.actor("limin"), at=moment(1, day, 11))
    seen = Seen(["杨格", "何巧云"], "情况属实。", True, 2)
    visit(application=filed, seen=seen, by=village.actor("yang"), at=moment(1, day + 1, 10))
    grant(application=filed, cents=200_000, by=village.actor("zha"), at=moment(1, day + 1, 15), opinion="同意",
          reason_class="sudden_event")  # fmt: skip
    pay(application=filed, cents=200_000, paid_on=date(2026, 1, day + 2), reference=f"PZ-{day}", by=village.actor("zha"),
        at=moment(1, day + 2, 10))  # fmt: skip
    rate(case=filed.case, stars=stars, by=village.resident(who), at=moment(1, day + 2, 18))


def cases(village: Village) -> None:
    for who, day, stars in (("zhao", 5, 5), ("chen", 6, 4), ("mu", 12, 5)):
        decide_relief(village, who, day, stars)
    story.begin(village, name=NAME).approved()


def waiting(village: Village) -> None:
    """What lies on the desks on 21 January: a relief case to accept, a leak to dispatch."""
    relief(village, who="wang", at=moment(1, 20, 10))
    told = Told(class_code="G01", nature="help", text=LEAK, spot="一单元楼道")
    filed = Filed(village.helin, village.person("wang"), "portal", ())
    file_grievance(told=told, filed=filed, by=village.resident("wang"), at=moment(1, 20, 11))


def numbers(village: Village) -> None:
    """Print the public numbers of what waits and hangs, for addresses."""
    of = Case.objects.filter(person=village.person("wang"))
    found = {
        "relief": of.get(kind="services.application").number, "leak": of.get(kind="grievances.grievance").number,
        "project": Project.objects.get(name=NAME).case.number, "publication": Publication.objects.earliest("id").number,
    }  # fmt: skip
    sys.stdout.write(json.dumps(found))


def spending(village: Village) -> None:
    project = Project.objects.select_related("case__region", "programme").get(name=NAME)
    told = story.Story(village, Programme.objects.get(pk=project.programme_id), project)
    last = told.send_down(story.BUDGET, "8", moment(1, 26, 10))
    arrival = Arrival(last, story.BUDGET, date(2026, 2, 2), "回单20260202001")
    confirm_receipt(project=told.again(), arrival=arrival, by=village.actor("tao"), at=moment(2, 2, 10))
    told.again()
    told.spent()
    told.spent(number="记-002", item="书架六组", cents=1_200_000)


if __name__ == "__main__":
    done = {"cases": cases, "waiting": waiting, "numbers": numbers, "spending": spending}
    for word in sys.argv[1:]:
        done[word](met())
