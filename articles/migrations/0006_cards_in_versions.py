"""Which stories a published version shows as related cards, written at publication and filled for the past."""

import re

import django.db.models.deletion
from django.db import migrations, models

CARD = re.compile(r'<div data-block="related-card" data-id="(\d+)"></div>')


def fill(apps, schema_editor):
    PublishedVersion = apps.get_model("articles", "PublishedVersion")
    VersionCard = apps.get_model("articles", "VersionCard")
    stories = set(apps.get_model("articles", "Article").objects.values_list("pk", flat=True))
    versions = PublishedVersion.objects.filter(body__contains='data-block="related-card"').only("body")
    cards = []
    for version in versions.iterator(chunk_size=200):
        shown = {int(number) for number in CARD.findall(version.body)} & stories
        cards += [VersionCard(version_id=version.pk, article_id=number) for number in shown]
    VersionCard.objects.bulk_create(cards, batch_size=1000)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0005_around_a_story'),
    ]

    operations = [
        migrations.CreateModel(
            name='VersionCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.article')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cards', to='articles.publishedversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'article'), name='version_lists_a_card_once')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=False),
    ]
