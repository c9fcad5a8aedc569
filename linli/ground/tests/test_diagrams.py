"""Drawing procedures: every step and move is there, lanes do not lie on each other, the same sheet gives the same bytes."""

import xml.etree.ElementTree as ET

from linli.ground.diagrams import Node, Way, procedure_diagram

NODES = [
    Node("filed", "待受理", "窗口 · 2天", is_start=True),
    Node("waiting", "待补正 <急>", is_paused=True),
    Node("deciding", "审批"),
    Node("closed", "已办结", is_final=True),
]
WAYS = [
    Way("ask", "告知", ("filed",), "waiting"),
    Way("accept", "受理", ("filed",), "deciding"),
    Way("supply", "补交", ("waiting",), "filed", is_return=True),
    Way("grant", "同意", ("deciding",), "closed"),
    Way("withdraw", "撤回", ("filed", "waiting", "deciding"), "closed"),
    Way("note", "备注", ("deciding",), ""),
]


def _tree(nodes=NODES, ways=WAYS):
    return ET.fromstring(procedure_diagram(nodes, ways, title="办理").svg)


def _words(tree):
    return {part.text for part in tree.iter("text")}


def test_every_step_is_a_box_with_its_words():
    tree = _tree()
    assert len(list(tree.iter("rect"))) == len(NODES)
    assert {"待受理", "待补正 <急>", "审批", "已办结", "窗口 · 2天"} <= _words(tree)


def test_every_move_has_its_number_except_one_that_stays():
    numbers = {word for word in _words(_tree()) if word.isdigit()}
    assert numbers == {"1", "2", "3", "4", "5"}


def test_the_text_alternative_names_every_move_also_the_staying_one():
    told = _tree().find("desc").text
    for way in WAYS:
        assert way.title in told


def test_lanes_that_meet_lie_in_different_columns():
    uprights = [
        part.get("d")
        for part in _tree().iter("path")
        if "V" in part.get("d", "") and part.get("fill") == "none"
    ]
    spans = []
    for line in uprights:
        x, rest = line[1:].split(" ")
        low, high = rest.split("V")
        spans.append((float(x), float(low), float(high)))
    for place, (x, low, high) in enumerate(spans):
        for other, below, above in spans[place + 1 :]:
            assert x != other or high <= below or low >= above


def test_the_same_sheet_gives_the_same_bytes():
    assert procedure_diagram(NODES, WAYS, title="办理") == procedure_diagram(NODES, WAYS, title="办理")


def test_a_procedure_of_one_step_is_drawn_too():
    tree = _tree([Node("only", "一步", is_final=True)], [])
    assert len(list(tree.iter("rect"))) == 1
