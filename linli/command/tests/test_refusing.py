"""What a start refuses, each provoked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from linli.command import refusing, serve
from linli.ground.said import Said
from linli.trail import triggers

pytestmark = pytest.mark.django_db


def codes(reasons):
    return {reason.code for reason in reasons}


def test_a_prepared_site_on_this_machine_starts():
    assert refusing.always("127.0.0.1") == []


def test_plain_http_beyond_this_machine_is_refused(settings):
    assert codes(refusing.always("0.0.0.0")) == {"deploy.plain-http"}
    settings.SESSION_COOKIE_SECURE = True
    assert refusing.always("0.0.0.0") == []


def test_any_host_is_refused(settings):
    settings.ALLOWED_HOSTS = ["*"]
    assert codes(refusing.always("localhost")) == {"deploy.any-host"}


def test_debug_mode_is_refused_in_production(settings):
    settings.DEBUG = True
    assert "deploy.debug" in codes(refusing.in_production())


def test_missing_and_test_keys_are_refused_in_production(settings):
    assert "deploy.keys-default" in codes(refusing.in_production())
    settings.KEYS = replace(settings.KEYS, origin="missing")
    assert "deploy.keys-missing" in codes(refusing.in_production())
    settings.KEYS = replace(
        settings.KEYS, origin="named by LINLI_KEYS", session="k3y-of-this-site-0123456789"
    )
    assert not codes(refusing.in_production()) & {"deploy.keys-default", "deploy.keys-missing"}


def test_a_key_file_that_others_can_read_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "keys.json"
    file.write_text("{}")
    monkeypatch.setenv("LINLI_KEYS", str(file))
    file.chmod(0o644)
    assert "deploy.keys-open" in codes(refusing.in_production())
    file.chmod(0o600)
    assert "deploy.keys-open" not in codes(refusing.in_production())


def test_a_network_share_is_known_by_its_mount():
    table = (
        "27 1 254:0 / / rw - ext4 /dev/vda rw\n"
        "40 27 0:50 / /srv/shared rw - nfs4 server:/x rw\n"
        "41 27 0:51 / /srv/with\\040space rw - cifs //server/y rw\n"
    )
    assert refusing.file_system(Path("/srv/shared/linli"), table) in refusing.NETWORK_SHARES
    assert refusing.file_system(Path("/srv/with space"), table) in refusing.NETWORK_SHARES
    assert refusing.file_system(Path("/srv/sharedelse"), table) == "ext4"


def test_a_missing_guard_is_refused():
    model = triggers.append_only_models()[0]
    ending = f" ON {model._meta.db_table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {triggers.names(model)[1]}{ending}")
    assert codes(refusing.always("127.0.0.1")) == {"deploy.triggers-missing"}


def test_sample_accounts_are_refused_in_production():
    from django.utils import timezone

    from linli.people.models import Account, Person

    person = Person.objects.create(key="sample", name="示范")
    Account.objects.create(login="sample", person=person, is_sample=True, opened_at=timezone.now())
    assert "deploy.sample-accounts" in codes(refusing.in_production())


def test_a_start_tells_the_first_reason_and_how_many_more(settings):
    settings.ALLOWED_HOSTS = ["*"]
    with pytest.raises(Said) as refusal:
        serve.refuse("0.0.0.0")
    assert refusal.value.code == "serve.refused"
    assert refusal.value.values["more"] == 1


def test_a_busy_port_gets_a_sentence():
    import socket

    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        with pytest.raises(Said) as refusal:
            serve.claim("127.0.0.1", busy.getsockname()[1])
    assert refusal.value.code == "serve.port-busy"
