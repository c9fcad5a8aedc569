import hashlib

import pytest

from linli.ground.digest import commitment, digest, digest_bytes, digest_of

SM3_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_sha256_is_the_default():
    assert digest(b"abc") == hashlib.sha256(b"abc").hexdigest()


def test_sm3_gives_the_specimen_of_the_standard():
    assert digest(b"abc", "sm3") == SM3_ABC  # GB/T 32905-2016, appendix A.1
    assert digest_bytes(b"abc", "sm3").hex() == SM3_ABC


def test_sm3_works_where_pythons_own_library_lacks_it(monkeypatch):
    def lacking(name, data):
        raise ValueError(name)

    monkeypatch.setattr("hashlib.new", lacking)
    assert digest(b"abc", "sm3") == SM3_ABC


def test_an_unknown_algorithm_is_refused():
    with pytest.raises(ValueError):
        digest(b"", "md5")


def test_the_digest_of_a_value_does_not_depend_on_key_order():
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1}) == digest(b'{"a":1,"b":2}')


def test_a_commitment_hides_the_text_behind_its_salt():
    one, other = "00" * 16, "AA" * 16
    assert commitment("王某", one) != commitment("王某", other)
    assert commitment("王某", other) == commitment("王某", other.lower())
    assert commitment("王某", one, "sm3") != commitment("王某", one)


def test_a_short_or_broken_salt_is_refused():
    with pytest.raises(ValueError):
        commitment("王某", "00" * 15)
    with pytest.raises(ValueError):
        commitment("王某", "xyz")
