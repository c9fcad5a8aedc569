"""``linli score``: the answer's exact shape, and refusals that name file, row and column."""

import json

import pytest

from linli.command import main

READINGS = [
    {"indicator": "execution", "value": 97.67, "kind": "measured", "evidence_count": 14},
    {"indicator": "output-time", "value": 96, "kind": "measured", "evidence_count": 300},
    {"indicator": "output-quality", "value": 100, "kind": "attested", "evidence_count": 0},
    {"indicator": "satisfaction", "value": 88.2, "kind": "surveyed", "evidence_count": 200, "margin": 4.1},
]


def run(capsys, *words):
    code = main(["score", *map(str, words)])
    output = capsys.readouterr()
    return code, output.out, output.err


def file_of(folder, rows, name="readings.json"):
    path = folder / name
    path.write_text(rows if isinstance(rows, str) else json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path


def test_the_answer_has_exactly_the_documented_shape(tmp_path, capsys):
    code, out, _ = run(capsys, "self", file_of(tmp_path, READINGS), "--json")
    answer = json.loads(out)
    assert code == 0
    assert list(answer) == ["proven", "claimed", "without_evidence", "range", "grade", "indicators"]
    assert answer["proven"] == 29.57
    assert answer["claimed"] == 44.57
    assert answer["without_evidence"] == 15
    assert answer["range"] == [29.11, 99.77]
    assert answer["grade"] == "差"
    marks = {mark["indicator"]: mark for mark in answer["indicators"]}
    assert marks["execution"] == {"indicator": "execution", "points": 9.77, "weight": 10, "gap": None}
    assert marks["output-quality"]["gap"].startswith("unproven")
    assert marks["output-quantity"]["gap"].startswith("missing")
    assert sum(mark["weight"] for mark in answer["indicators"]) == 100


def test_csv_gives_the_same_as_json(tmp_path, capsys):
    lines = ["indicator,value,kind,evidence_count,margin"]
    lines += [
        f"{row['indicator']},{row['value']},{row['kind']},{row['evidence_count']},{row.get('margin', '')}"
        for row in READINGS
    ]
    table = file_of(tmp_path, "\ufeff" + "\r\n".join(lines), "readings.csv")
    assert (
        run(capsys, "self", table, "--json")[1]
        == run(capsys, "self", file_of(tmp_path, READINGS), "--json")[1]
    )


def test_people_read_totals_range_and_how_far_the_grade_holds(tmp_path, capsys):
    _, chinese, _ = run(capsys, "self", file_of(tmp_path, READINGS))
    _, english, _ = run(capsys, "self", file_of(tmp_path, READINGS), "--lang", "en")
    assert "已证实 29.57 分" in chinese
    assert "权重变动时等级保持的比例" in chinese
    assert "proven 29.57" in english
    assert "{" not in chinese + english


def test_a_bare_claim_of_100_points_is_proven_by_nothing(tmp_path, capsys):
    _, out, _ = run(capsys, "source-report", file_of(tmp_path, []), "--json")
    rows = [
        {
            "indicator": mark["indicator"],
            "value": None,
            "kind": "attested",
            "evidence_count": 0,
            "claimed": mark["weight"],
        }
        for mark in json.loads(out)["indicators"]
    ]
    answer = json.loads(run(capsys, "source-report", file_of(tmp_path, rows), "--json")[1])
    assert (answer["proven"], answer["claimed"], answer["without_evidence"]) == (0, 100, 100)
    assert answer["range"] == [0, 100]


def test_what_does_not_apply_is_dropped_with_its_reason(tmp_path, capsys):
    row = {
        "indicator": "output-cost",
        "value": None,
        "kind": "not_applicable",
        "evidence_count": 0,
        "reason": "无成本",
    }
    code, out, _ = run(capsys, "self", file_of(tmp_path, [*READINGS, row]), "--json")
    marks = json.loads(out)["indicators"]
    assert code == 0
    assert round(sum(mark["weight"] for mark in marks), 2) == 100
    assert next(mark for mark in marks if mark["indicator"] == "output-cost")["weight"] == 0


def test_a_reading_outside_the_period_gives_no_marks(tmp_path, capsys):
    row = {**READINGS[0], "from": "2019-01-01", "to": "2019-12-31"}
    period = ("--from", "2020-01-01", "--to", "2020-12-31")
    _, out, _ = run(capsys, "self", file_of(tmp_path, [row]), "--json", *period)
    assert json.loads(out)["indicators"][0]["gap"].startswith("outside_period")


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"indicator": "nobody-knows"}, "indicator"),
        ({"indicator": 7}, "indicator"),
        ({"value": "九十"}, "value"),
        ({"value": "95"}, "value"),
        ({"value": True}, "value"),
        ({"value": [1]}, "value"),
        ({"value": 101}, "value"),
        ({"value": float("nan")}, "value"),
        ({"value": float("inf")}, "value"),
        ({"kind": "guessed"}, "kind"),
        ({"kind": "not_applicable", "value": None}, "reason"),
        ({"evidence_count": -1}, "evidence_count"),
        ({"evidence_count": 1.5}, "evidence_count"),
        ({"evidence_count": None}, "evidence_count"),
        ({"claimed": 11}, "claimed"),
        ({"margin": -1}, "margin"),
        ({"from": "soon"}, "from"),
        ({"from": "2020-02-01", "to": "2020-01-01"}, "to"),
    ],
)
def test_impossible_input_is_refused_with_file_row_and_column(tmp_path, capsys, changes, column):
    path = file_of(tmp_path, [READINGS[1], {**READINGS[0], **changes}])
    code, out, err = run(capsys, "self", path, "--json")
    assert (code, out) == (2, "")
    assert str(path) in err
    assert "第2行" in err
    assert f"{column} 列" in err
    assert err.count("\n") == 1


def test_a_missing_column_or_a_repeated_indicator_is_refused(tmp_path, capsys):
    assert "evidence_count" in run(capsys, "self", file_of(tmp_path, "indicator,value,kind\n", "r.csv"))[2]
    code, _, err = run(capsys, "self", file_of(tmp_path, [READINGS[0], READINGS[0]]))
    assert code == 2
    assert "重复" in err


@pytest.mark.parametrize(
    "text", ["{}", "[1]", "[{", '"x', "indicator,value,kind,evidence_count\na,1,measured,1,9\n"]
)
def test_files_that_are_no_readings_are_refused_in_one_sentence(tmp_path, capsys, text):
    code, _, err = run(capsys, "self", file_of(tmp_path, text))
    assert code == 2
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_a_frame_that_is_nowhere_or_does_not_add_up_is_refused(tmp_path, capsys):
    readings = file_of(tmp_path, READINGS)
    assert run(capsys, "nowhere.yaml", readings)[0] == 2
    assert run(capsys, "self", tmp_path / "no.json")[0] == 2
    frame = tmp_path / "frame.yaml"
    from linli.ground.packs import sheet_paths

    frame.write_text(
        sheet_paths("frames")["self"].read_text("utf-8").replace("weight: 10\n", "weight: 11\n"), "utf-8"
    )
    code, _, err = run(capsys, frame, readings)
    assert code == 2
    assert "frame.yaml" in err
    assert run(capsys, "self", readings, "--from", "soon")[0] == 2
