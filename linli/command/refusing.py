"""What a start refuses, each with a sentence that says what to do.

``always`` holds for every site, ``in_production`` only where ``LINLI_MODE=production`` (``check --deploy`` lists
both). Each question is one small function, so that each can be provoked by a test.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from linli.command import guards
from linli.ground.said import Said, Saying
from linli.people.models import Account

# File systems whose locks cannot be trusted with a database (mount types as in /proc/self/mountinfo).
NETWORK_SHARES = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "fuse.sshfs",
        "fuse.glusterfs",
        "fuse.davfs",
        "davfs",
        "vboxsf",
        "fuse.vmhgfs-fuse",
        "drvfs",
    ]
)


def always(host: str) -> list[Saying]:
    """Reasons not to start any site."""
    return [*_database_place(), *_plain_http(host), *_any_host(), *_prepared(), *_encoding()]


def in_production() -> list[Saying]:
    """Further reasons not to start a site that real people use."""
    asked: tuple[Callable[[], Iterator[Saying]], ...] = (
        _debug,
        _keys,
        _key_file,
        _superuser,
        _sample_accounts,
    )
    return [reason for ask in asked for reason in ask()]


def refusal(reasons: list[Saying]) -> Said:
    """The first reason as a refusal, with how many more ``check --deploy`` lists."""
    if len(reasons) > 1:
        return Said("serve.refused", reason=reasons[0], more=len(reasons) - 1)
    said = Said(reasons[0].code)
    said.values.update(reasons[0].values)
    return said


def is_loopback(host: str) -> bool:
    """Whether a host name or address stays on this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _plain_http(host: str) -> Iterator[Saying]:
    if not is_loopback(host) and not settings.SESSION_COOKIE_SECURE:
        yield Saying("deploy.plain-http", {"host": host})


def _any_host() -> Iterator[Saying]:
    if "*" in settings.ALLOWED_HOSTS:
        yield Saying("deploy.any-host")


def _debug() -> Iterator[Saying]:
    if settings.DEBUG:
        yield Saying("deploy.debug")


def _keys() -> Iterator[Saying]:
    if settings.KEYS.origin == "missing":
        yield Saying("deploy.keys-missing")
    elif "test" in settings.KEYS.origin or len(set(settings.KEYS.session)) < 10:
        yield Saying("deploy.keys-default")


def _key_file() -> Iterator[Saying]:
    path = Path(os.environ.get("LINLI_KEYS") or Path(settings.HOME) / "keys.json")
    if path.exists() and path.stat().st_mode & 0o077:
        yield Saying("deploy.keys-open", {"file": str(path)})


def _database_place() -> Iterator[Saying]:
    if connection.vendor == "sqlite":
        folder = Path(str(settings.DATABASES["default"]["NAME"])).resolve().parent
        kind = file_system(folder)
        if kind in NETWORK_SHARES:
            yield Saying("deploy.network-share", {"folder": str(folder), "kind": kind})


def file_system(folder: Path, table: str | None = None) -> str:
    """The type of the file system that holds a folder (Linux's mount table); empty where it cannot be known."""
    try:
        lines = (table if table is not None else Path("/proc/self/mountinfo").read_text("utf-8")).splitlines()
    except OSError:
        return ""
    best, kind = -1, ""
    for line in lines:
        before, _, after = line.partition(" - ")
        mount = before.split()[4].replace("\\040", " ")
        inside = str(folder) == mount or str(folder).startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= best:
            best, kind = len(mount), after.split()[0]
    return kind


def _prepared() -> Iterator[Saying]:
    """The tables must be there and the append-only triggers must stand."""
    tables = set(connection.introspection.table_names())
    if "django_migrations" not in tables or Account._meta.db_table not in tables:
        yield Saying("deploy.not-prepared")
        return
    missing = guards.missing()
    if missing:
        yield Saying("deploy.triggers-missing", {"count": len(missing), "first": missing[0]})


def _sample_accounts() -> Iterator[Saying]:
    if Account._meta.db_table in connection.introspection.table_names():
        count = Account.objects.filter(is_sample=True).count()
        if count:
            yield Saying("deploy.sample-accounts", {"count": count})


def _superuser() -> Iterator[Saying]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper, rolname FROM pg_roles WHERE rolname = current_user")
            is_super, name = cursor.fetchone()
        if is_super:
            yield Saying("deploy.superuser", {"role": name})


def _encoding() -> Iterator[Saying]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_encoding")
            (encoding,) = cursor.fetchone()
        if encoding != "UTF8":
            yield Saying("deploy.not-utf8", {"encoding": encoding})
