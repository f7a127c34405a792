"""Indexes of the desk's list: its filters by the newest save, and what readers have of a story."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("articles", "0010_taken_over")]

    operations = [
        migrations.RemoveIndex(model_name="publishedversion", name="version_article"),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["state", "-saved_at", "-id"], name="article_state_newest"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["section", "-saved_at", "-id"], name="article_section_newest"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["kind", "-saved_at", "-id"], name="article_kind_newest"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["assignee", "-saved_at", "-id"], name="article_assignee_newest"),
        ),
        migrations.AddIndex(
            model_name="publishedversion",
            index=models.Index(fields=["article", "visible_from", "visible_until"], name="version_article"),
        ),
    ]
