"""A grievance of Wang about building 3, and how to tell another."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.grievances.intake import Filed, Told, file_grievance
from linli.ground.said import Said
from linli.places.models import Building
from tests.cast import BEGIN

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LEAK = "3号楼楼顶漏水，厨房天花板湿了"


def refused(code, call):
    with pytest.raises(Said) as refusal:
        call()
    assert refusal.value.code == code


@pytest.fixture
def tell(published, village):
    """Tell a grievance as somebody: ``tell("chen", text=..., at=...)``."""

    def file(login="wang", *, at=BEGIN, building="安和苑3号楼", **facts):
        place = Building.objects.get(name=building) if building else None
        told = Told(**{"class_code": "G01", "nature": "help", "text": LEAK, "building": place, **facts})
        filed = Filed(village.helin, village.person(login), "portal")
        return file_grievance(told=told, filed=filed, by=village.resident(login), at=at)

    return file
