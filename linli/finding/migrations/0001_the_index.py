import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

import linli.finding.models


class OnEngine(migrations.RunSQL):
    """The same shape in the words of one engine; on the other engine it does nothing."""

    def __init__(self, vendor, sql, reverse_sql):
        super().__init__(sql, reverse_sql)
        self.vendor = vendor

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == self.vendor:
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == self.vendor:
            super().database_backwards(app_label, schema_editor, from_state, to_state)


GONE = "DROP TABLE finding_terms"


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Terms",
            fields=[
                ("rowid", models.BigIntegerField(primary_key=True, serialize=False)),
                ("terms", linli.finding.models.TermsField()),
            ],
            options={"db_table": "finding_terms", "managed": False},
        ),
        migrations.CreateModel(
            name="Indexed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=80)),
                ("number", models.BigIntegerField(null=True)),
                ("region", models.CharField(max_length=12)),
                ("data_class", models.CharField(max_length=2)),
                ("put_at", models.DateTimeField()),
                ("put_by", models.CharField(max_length=80)),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key"), name="a_row_is_indexed_once"),
                    models.CheckConstraint(
                        condition=models.Q(("data_class__in", ("P0", "P1", "P2", "P3", "P4"))),
                        name="an_indexed_row_has_a_known_data_class",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length("region"), 12), name="an_indexed_row_lies_in_a_region"
                    ),
                ],
            },
            managers=[],
        ),
        # An ordinary table (a contentless one cannot delete before SQLite 3.43); the ascii tokenizer takes every
        # character beyond ASCII as part of a term, whatever Unicode edition the library was built with.
        OnEngine(
            "sqlite",
            "CREATE VIRTUAL TABLE finding_terms USING fts5(terms, tokenize='ascii', prefix='1 2', detail=full)",
            GONE,
        ),
        OnEngine(
            "postgresql",
            [
                "CREATE TABLE finding_terms (rowid bigint PRIMARY KEY, terms tsvector NOT NULL)",
                "CREATE INDEX finding_terms_found ON finding_terms USING gin (terms)",
            ],
            GONE,
        ),
    ]
