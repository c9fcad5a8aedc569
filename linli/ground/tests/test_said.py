from linli.ground.said import Said, Saying


def test_a_refusal_shows_its_code_and_blanks_to_developers():
    assert str(Said("room.plain")) == "room.plain"
    assert str(Said("room.late", field="on", days=3, by="x")) == "room.late (by=x, days=3)"


def test_a_refusal_is_also_a_plain_sentence():
    refusal = Said("room.late", field="on", days=3)
    assert refusal.saying.code == "room.late"
    assert dict(refusal.saying.values) == {"days": 3}
    assert refusal.field == "on"
    assert dict(Saying("room.late").values) == {}
