"""The repository runs anywhere: no package index in the lock, no path of a machine, no network in tests."""

from __future__ import annotations

import re
import socket

import pytest
from pytest_socket import SocketConnectBlockedError

from tests.house.reading import ROOT, shown, tracked

# Written in two parts, so that this file does not find itself.
MACHINE_PATH = re.compile(rb"(?<![\w.])/(?:ho" + rb"me|ro" + rb"ot|wo" + rb"rk|Us" + rb"ers)/\w")
INDEX = re.compile(r"--(?:extra-)?index-url|--find-links|https?://|file://")
GENERATED = {".mo", ".png", ".jpg", ".docx", ".pdf", ".pptx", ".xlsx", ".zip"}


def machine_paths(content: bytes) -> list[str]:
    return [found.group().decode() for found in MACHINE_PATH.finditer(content)]


def test_the_lock_pins_every_package_with_hashes_and_names_no_index():
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = "\n".join(line for line in lock.read_text("utf-8").splitlines() if not line.startswith("#"))
        assert INDEX.findall(text) == [], lock.name
        pins = re.findall(r"^[\w.\[\]-]+==\S+", text, re.MULTILINE)
        blocks = re.split(r"^(?=[\w.\[\]-]+==)", text, flags=re.MULTILINE)[1:]
        assert pins, lock.name
        assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == [], lock.name


def test_no_file_names_a_path_of_somebodys_machine():
    found = {
        shown(path): paths
        for path in tracked()
        if path.suffix not in GENERATED and (paths := machine_paths(path.read_bytes()))
    }
    assert found == {}


def test_such_a_path_would_be_found():
    assert machine_paths(b"see /ho" + b"me/somebody/x") == ["/ho" + "me/s"]
    assert machine_paths(b"https://example.org/ho" + b"me/x") == []


def test_tests_cannot_reach_the_network():
    with pytest.raises(SocketConnectBlockedError), socket.socket() as line:
        line.connect(("192.0.2.1", 80))
