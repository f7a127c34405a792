"""Arrangements of pages. Their intervals never overlap, held in the database as for versions (migration 0002)."""

from importlib import import_module

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


versions = import_module("articles.migrations.0002_versions_never_overlap")
RENAMED = {
    "articles_publishedversion": "articles_publishedarrangement",
    "versions_of_an_article_never_overlap": "arrangements_of_a_page_never_overlap",
    "article_id": "arrangement_id",
}


def of_arrangements(sql):
    for version, arrangement in RENAMED.items():
        sql = sql.replace(version, arrangement)
    return sql


def hold(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(of_arrangements(versions.POSTGRESQL))
    elif schema_editor.connection.vendor == "sqlite":
        for event, when in versions.EVENTS.items():
            schema_editor.execute(
                of_arrangements(versions.SQLITE).format(event=event, when=of_arrangements(when))
            )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0017_old_addresses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Arrangement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "lead",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="The story that leads the page, then up to three that stand with it.",
                        verbose_name="lead",
                    ),
                ),
                ("top", models.JSONField(blank=True, default=list, verbose_name="top places")),
                ("breaking", models.JSONField(blank=True, default=list, verbose_name="breaking")),
                (
                    "breaking_words",
                    models.CharField(
                        blank=True,
                        help_text="Empty: the story's headline.",
                        max_length=120,
                        verbose_name="words of the bar",
                    ),
                ),
                ("breaking_until", models.DateTimeField(blank=True, null=True, verbose_name="bar ends")),
                ("version", models.PositiveIntegerField(default=0, help_text="Counts the saves.")),
                ("saved_at", models.DateTimeField(auto_now=True, verbose_name="saved")),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        help_text="None: front",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.section",
                    ),
                ),
            ],
            options={
                "verbose_name": "arrangement",
                "verbose_name_plural": "arrangements",
            },
        ),
        migrations.CreateModel(
            name="ArrangementRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "lead",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="The story that leads the page, then up to three that stand with it.",
                        verbose_name="lead",
                    ),
                ),
                ("top", models.JSONField(blank=True, default=list, verbose_name="top places")),
                ("breaking", models.JSONField(blank=True, default=list, verbose_name="breaking")),
                (
                    "breaking_words",
                    models.CharField(
                        blank=True,
                        help_text="Empty: the story's headline.",
                        max_length=120,
                        verbose_name="words of the bar",
                    ),
                ),
                ("breaking_until", models.DateTimeField(blank=True, null=True, verbose_name="bar ends")),
                ("version", models.PositiveIntegerField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("saved", "Saved"),
                            ("back", "Brought back"),
                            ("refused", "Kept aside: somebody else had saved"),
                        ],
                        default="saved",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                (
                    "arrangement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="articles.arrangement",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "revision of an arrangement",
                "verbose_name_plural": "revisions of arrangements",
                "ordering": ["-made_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PublishedArrangement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "lead",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="The story that leads the page, then up to three that stand with it.",
                        verbose_name="lead",
                    ),
                ),
                ("top", models.JSONField(blank=True, default=list, verbose_name="top places")),
                ("breaking", models.JSONField(blank=True, default=list, verbose_name="breaking")),
                (
                    "breaking_words",
                    models.CharField(
                        blank=True,
                        help_text="Empty: the story's headline.",
                        max_length=120,
                        verbose_name="words of the bar",
                    ),
                ),
                ("breaking_until", models.DateTimeField(blank=True, null=True, verbose_name="bar ends")),
                ("visible_from", models.DateTimeField(verbose_name="visible from")),
                ("visible_until", models.DateTimeField(blank=True, null=True, verbose_name="visible until")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                (
                    "arrangement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="published",
                        to="articles.arrangement",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.section",
                    ),
                ),
            ],
            options={
                "verbose_name": "published arrangement",
                "verbose_name_plural": "published arrangements",
                "ordering": ["-visible_from", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="arrangement",
            constraint=models.UniqueConstraint(
                django.db.models.functions.comparison.Coalesce("section", 0), name="one_arrangement_of_a_page"
            ),
        ),
        migrations.AddIndex(
            model_name="publishedarrangement",
            index=models.Index(fields=["visible_from"], name="arrangement_begins"),
        ),
        migrations.AddIndex(
            model_name="publishedarrangement",
            index=models.Index(fields=["visible_until"], name="arrangement_ends"),
        ),
        migrations.AddConstraint(
            model_name="publishedarrangement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("visible_until__isnull", True),
                    ("visible_until__gte", models.F("visible_from")),
                    _connector="OR",
                ),
                name="arrangement_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedarrangement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("visible_until__isnull", True)),
                fields=("arrangement",),
                name="one_open_arrangement_of_a_page",
            ),
        ),
        migrations.RunPython(hold, migrations.RunPython.noop),
    ]
