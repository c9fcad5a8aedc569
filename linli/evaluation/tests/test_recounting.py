"""Pure counting: values, roundings, formulas, evidence tables, proofs, agreement, totals up the tree."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from linli.evaluation.agreeing import level_of_share, mean_absolute_difference, weighted_kappa
from linli.evaluation.claiming import part_totals, sheet_criteria
from linli.evaluation.formulas.scoring import Mark
from linli.evaluation.frames import frame_of
from linli.evaluation.proving import missing_hashes, root_from
from linli.evaluation.recounting import (
    EvidenceRow,
    decimal_text,
    derived_value,
    evidence_csv,
    in_key_order,
    middle_of,
    read_evidence,
    recount,
    row_digests,
    taken,
)
from linli.evaluation.verifier.checking import region_holds
from linli.evaluation.verifier.edwards import is_signed
from linli.evaluation.verifier.hashing import digest_bytes, plain_sm3
from linli.ground.digest import digest_of
from linli.ground.merkle import root
from linli.ground.sheets import plain


def row(
    key: str = "a", part: int = 1, value: int | str | None = None, sequence: int | None = 1
) -> EvidenceRow:
    return EvidenceRow(key, "2026-01-01", "990101001001", part, value, sequence)


@pytest.mark.parametrize(
    ("kind", "rows", "value"),
    [
        ("share", [row("a"), row("b", 0), row("c", 0)], Fraction(100, 3)),
        ("share", [], None),
        ("count", [row("a"), row("b", 0)], 1),
        ("count", [], 0),
        ("sum", [row("a", 1, 5), row("b", 0, 7), row("c", 1, -2)], 3),
        ("mean", [row("a", 1, 4), row("b", 1, 5), row("c", 1, None)], Fraction(9, 2)),
        ("mean", [row("a", 0, 4)], None),
        ("median", [row("a", 1, 9), row("b", 1, 1), row("c", 1, 2)], 2),
        ("median", [row("a", 1, 9), row("b", 1, 2)], Fraction(11, 2)),
        ("median", [], None),
        ("distinct", [row("a", 1, "h1"), row("b", 1, "h1"), row("c", 1, None), row("d", 0, "h2")], 1),
        ("ratio", [row("a", 30, 100), row("b", 0, 20)], 25),
        ("ratio", [row("a", 0, 0)], None),
    ],
)
def test_values_from_rows(kind, rows, value):
    assert recount(kind, rows).value == value


def test_a_rate_needs_a_known_base():
    rows = [row("a"), row("b")]
    assert recount("rate", rows, base=4000, per="residents").value == Fraction(1, 2)
    assert recount("rate", rows, base=50, per="households").value == 4
    assert recount("rate", rows, base=None, per="residents").value is None
    assert taken("rate", whole=0, part=0, base=0, per="residents").value is None


@given(some.lists(some.integers(-(10**9), 10**9), min_size=1))
def test_the_median_has_as_many_below_as_above(numbers):
    middle = middle_of(sorted(numbers))
    assert middle is not None
    assert sum(number < middle for number in numbers) * 2 <= len(numbers)
    assert sum(number > middle for number in numbers) * 2 <= len(numbers)


@given(some.fractions(min_value=-(10**9), max_value=10**9))
def test_values_are_written_to_six_decimals_half_up(value):
    written = Decimal(decimal_text(value) or "")
    exact = (Decimal(abs(value).numerator) / Decimal(abs(value).denominator)).copy_abs()
    assert abs(Fraction(written) - value) <= Fraction(1, 2 * 10**6)
    if value.denominator in (1, 2, 4, 5, 8, 10):
        assert abs(written) == exact.quantize(Decimal("0.000001"), ROUND_HALF_UP)
    assert decimal_text(Fraction(written)) == decimal_text(value)


def test_written_values_have_no_needless_signs():
    assert [decimal_text(Fraction(text)) for text in ("0", "-0.0000001", "100", "1/3", "-5/2", "0.0000005")] == [
        "0", "0", "100", "0.333333", "-2.5", "0.000001",
    ]  # fmt: skip
    assert decimal_text(None) is None


def test_formulas_of_the_closed_grammar():
    values = {"a": Fraction(6), "b": Fraction(4), "none": None, "zero": Fraction(0)}
    a, b = {"reading": "a"}, {"reading": "b"}
    expected = {
        "add": 10, "subtract": 2, "multiply": 24, "divide": Fraction(3, 2), "min": 4, "max": 6, "change": 50,
    }  # fmt: skip
    for op, value in expected.items():
        assert derived_value({"op": op, "of": [a, b]}, values) == value
    assert derived_value({"op": "add", "of": [a, {"number": "0.5"}]}, values) == Fraction(13, 2)
    for op in ("divide", "change"):
        assert derived_value({"op": op, "of": [a, {"reading": "zero"}]}, values) is None
    assert derived_value({"op": "add", "of": [a, {"reading": "none"}]}, values) is None
    nested = {"op": "multiply", "of": [{"op": "divide", "of": [a, b]}, {"number": "100"}]}
    assert derived_value(nested, values) == 150


@pytest.mark.parametrize(
    "formula",
    ["a", {}, {"op": "add"}, {"op": "add", "of": []}, {"op": "eval", "of": [{"number": "1"}]}, {"number": 1},
     {"reading": "x"}, {"op": "divide", "of": [{"number": "1"}]}, {"number": "one"}],
)  # fmt: skip
def test_what_the_grammar_does_not_know_is_refused(formula):
    with pytest.raises(ValueError, match=r".+"):
        derived_value(formula, {})


rows_of_any_kind = some.lists(
    some.builds(
        EvidenceRow,
        key=some.text("ABC-0123,\"'钱\n", min_size=1, max_size=8),
        day=some.just("2026-01-01"),
        region=some.just("990101001001"),
        part=some.integers(0, 10**12),
        value=some.none() | some.integers(-(10**12), 10**12) | some.sampled_from(["h1", "sha256:00"]),
        sequence=some.none() | some.integers(1, 10**9),
    ),
    unique_by=lambda one: one.key,
)


@given(rows_of_any_kind)
def test_an_evidence_table_is_read_as_it_was_written(rows):
    ordered = in_key_order(rows)
    digests = row_digests("test.word", 3, ordered, digest_of)
    assert read_evidence(evidence_csv("test.word", 3, ordered, digests)) == (ordered, digests)


@pytest.mark.parametrize(
    "change",
    [lambda text: "", lambda text: text.replace("row_key", "key"), lambda text: text.replace(",1,", ",yes,", 2),
     lambda text: text + "a,b\n", lambda text: text.replace(",7,", ",x,")],
)  # fmt: skip
def test_a_table_in_another_shape_is_refused(change):
    rows = [row(sequence=7)]
    text = evidence_csv("test.word", 1, rows, row_digests("test.word", 1, rows, digest_of))
    with pytest.raises(ValueError, match=r".+"):
        read_evidence(change(text))


@given(some.lists(some.binary(min_size=1, max_size=4), min_size=1, max_size=40), some.data())
def test_one_proof_leads_from_many_entries_to_the_root(leaves, data):
    wanted = data.draw(some.sets(some.integers(0, len(leaves) - 1)))
    hashes = missing_hashes(leaves, wanted, "sha256")
    entries = {place: leaves[place] for place in wanted}
    assert root_from(len(leaves), entries, hashes, "sha256") == root(leaves, "sha256")
    for place in wanted:
        assert root_from(len(leaves), entries | {place: b"other"}, hashes, "sha256") != root(leaves, "sha256")
    with pytest.raises(ValueError, match="fit"):
        root_from(len(leaves), entries, [*hashes, "00" * 32], "sha256")
    with pytest.raises(ValueError, match="fit"):
        root_from(len(leaves), {len(leaves): b"x"}, hashes, "sha256")
    if hashes:
        with pytest.raises(ValueError, match="short"):
            root_from(len(leaves), entries, hashes[:-1], "sha256")


def test_plain_digests_and_signatures_agree_with_the_libraries(monkeypatch):
    from cryptography.hazmat.primitives import hashes as library
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    for length in (0, 1, 55, 56, 63, 64, 65, 200):
        data = bytes(range(256))[:length] * 3
        state = library.Hash(library.SM3())
        state.update(data)
        assert plain_sm3(data) == state.finalize() == digest_bytes(data, "sm3")
    key = Ed25519PrivateKey.generate()
    public, message = key.public_key().public_bytes_raw(), b"message"
    signature = key.sign(message)
    assert is_signed(public, message, signature)
    for at in range(64):
        assert not is_signed(
            public, message, signature[:at] + bytes([signature[at] ^ 4]) + signature[at + 1 :]
        )
    assert not is_signed(public, b"massage", signature)
    assert not is_signed(public[:-1], message, signature)
    assert not is_signed(b"\xff" * 32, message, signature)
    with pytest.raises(ValueError, match="unknown"):
        digest_bytes(b"", "md5")

    def without_sm3(name, data):
        raise ValueError(name)

    monkeypatch.setattr("hashlib.new", without_sm3)
    assert digest_bytes(b"abc", "sm3").hex().startswith("66c7f0f4")


def test_a_region_holds_its_subtree():
    assert region_holds("000000000000", "110101001001")
    assert region_holds("990101001000", "990101001001")
    assert not region_holds("990101001000", "990101002001")
    assert region_holds("990101001001", "990101001001")


def test_agreement_of_two_parties():
    assert mean_absolute_difference({"a": 10, "b": 0}, {"a": 4, "b": 1, "c": 9}) == Fraction(7, 2)
    assert mean_absolute_difference({"a": 1}, {"b": 1}) is None
    assert weighted_kappa([0, 1, 2], [0, 1, 2], 3) == 1
    assert weighted_kappa([0, 0, 2, 2], [0, 2, 0, 2], 3) == 0
    assert weighted_kappa([0, 2], [2, 0], 3) == -1
    assert weighted_kappa([1, 1], [1, 1], 3) is None
    assert weighted_kappa([], [], 3) is None
    with pytest.raises(ValueError, match="same things"):
        weighted_kappa([1], [], 3)
    bounds = [9000, 8000, 6000, 0]
    assert [level_of_share(points, 1000, bounds) for points in (1000, 900, 899, 600, 0)] == [0, 0, 1, 2, 3]
    assert level_of_share(0, 0, [1]) == 0


def test_a_claim_for_a_part_stands_there_and_is_not_split():
    sheet = {"parts": [{"code": "top", "parts": [{"code": "a"}, {"code": "b"}]}, {"code": "c"}]}
    marks = [
        Mark("a", 300, 1000, 400, "", 200, 500, Fraction(3, 10)),
        Mark("b", 0, 2000, 0, "missing", 0, 2000, Fraction(0)),
    ]
    totals = part_totals(sheet, marks, {"top": 2500})
    assert (totals["top"].claimed, totals["top"].proven, totals["top"].without_evidence) == (2500, 300, 2200)
    assert (totals[""].claimed, totals[""].without_evidence, totals["c"].weight) == (2500, 2200, 0)
    assert (totals["a"].without_evidence, totals["a"].low, totals[""].high) == (100, 200, 2500)
    assert part_totals(sheet, marks, {})[""].claimed == 400


def test_declared_weights_count_only_when_they_cover_the_whole_frame():
    sheet = plain(frame_of("self"))
    codes = [criterion.code for criterion in sheet_criteria(sheet)]
    even = {code: {"target": "7", "weight": 0} for code in codes}
    even[codes[0]]["weight"] = 10000
    assert [criterion.weight for criterion in sheet_criteria(sheet, even)] == [10000] + [0] * (len(codes) - 1)
    part = {codes[0]: {"target": "7", "weight": 10000}}
    changed = sheet_criteria(sheet, part)
    assert sum(criterion.weight for criterion in changed) == 10000
    rule = changed[0].rule
    assert rule is not None and rule.target == 7
