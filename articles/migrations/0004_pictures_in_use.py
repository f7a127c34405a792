"""The rows that keep a picture from being deleted while a story shows it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0003_roles'),
        ('images', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ArticlePicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='articles.article')),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='in_articles', to='images.image')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('article', 'image'), name='article_lists_a_picture_once')],
            },
        ),
        migrations.CreateModel(
            name='VersionPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='in_versions', to='images.image')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='articles.publishedversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'image'), name='version_lists_a_picture_once')],
            },
        ),
    ]
