"""Migrations are up to date with one head per room; append-only tables are guarded on both engines."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from linli.trail import triggers


def test_every_room_has_one_migration_head():
    loader = MigrationLoader(None)
    heads: dict[str, list[str]] = {}
    for room, name in loader.graph.leaf_nodes():
        heads.setdefault(room, []).append(name)
    assert {room: names for room, names in heads.items() if len(names) > 1} == {}
    assert loader.detect_conflicts() == {}


@pytest.mark.django_db
def test_the_models_have_no_change_without_a_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_have_names_that_say_something():
    unnamed = [
        f"{room}.{name}"
        for room, name in MigrationLoader(None).disk_migrations
        if apps.get_app_config(room).name.startswith("linli.") and "_auto_" in name
    ]
    assert unnamed == []


@pytest.mark.django_db
def test_every_append_only_table_is_guarded():
    assert triggers.missing() == []
    assert len(triggers.append_only_models()) > 2


@pytest.mark.django_db
def test_a_lost_guard_would_be_found():
    model = triggers.append_only_models()[0]
    name = triggers.names(model)[0]
    table = connection.ops.quote_name(model._meta.db_table)
    ending = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}{ending}")
    assert triggers.missing() == [name]
    triggers.lay_all()
    assert triggers.missing() == []


@pytest.mark.django_db
def test_a_guarded_row_can_be_neither_changed_nor_deleted():
    from django.utils import timezone

    from linli.people.actors import SETUP
    from linli.trail.models import AuditEntry
    from linli.trail.writing import note

    note(verb="house.test", kind="house.row", key=1, region="", by=SETUP, at=timezone.now())
    entry = AuditEntry.objects.get(verb="house.test")
    for attempt in (
        lambda: AuditEntry.objects.filter(pk=entry.pk).update(verb="house.changed"),
        lambda: AuditEntry.objects.filter(pk=entry.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()
    assert AuditEntry.objects.get(pk=entry.pk).verb == "house.test"
