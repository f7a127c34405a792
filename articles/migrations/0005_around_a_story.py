"""Tables for presence, review, preview links, saved views, and named revisions."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0004_pictures_in_use'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='revision',
            name='began_at',
            field=models.DateTimeField(blank=True, help_text='When the sitting began that these autosaves belong to.', null=True, verbose_name='began'),
        ),
        migrations.AddField(
            model_name='revision',
            name='name',
            field=models.CharField(blank=True, help_text='A version worth finding again, such as “before the lawyers”.', max_length=80, verbose_name='name'),
        ),
        migrations.AlterField(
            model_name='revision',
            name='reason',
            field=models.CharField(choices=[('saved', 'Saved'), ('autosaved', 'Saved while typing'), ('restored', 'Restored'), ('refused', 'Refused: somebody else had saved')], default='saved', max_length=10, verbose_name='reason'),
        ),
        migrations.CreateModel(
            name='PreviewLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret_sha256', models.CharField(editable=False, max_length=64, unique=True)),
                ('note', models.CharField(blank=True, max_length=120, verbose_name='for whom')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                ('expires_at', models.DateTimeField(verbose_name='expires')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='preview_links', to='articles.article')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('revision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.revision', verbose_name='revision')),
            ],
            options={
                'verbose_name': 'preview link',
                'verbose_name_plural': 'preview links',
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PreviewVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('network', models.CharField(blank=True, max_length=50)),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='articles.previewlink')),
            ],
            options={
                'verbose_name': 'preview visit',
                'verbose_name_plural': 'preview visits',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReviewStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('ready', 'Ready')], max_length=10, verbose_name='from')),
                ('to_state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('ready', 'Ready')], max_length=10, verbose_name='to')),
                ('comment', models.TextField(blank=True, max_length=2000, verbose_name='comment')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_steps', to='articles.article')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'review step',
                'verbose_name_plural': 'review steps',
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tab', models.CharField(help_text='Made by the browser, so that two tabs of one person count twice.', max_length=36)),
                ('opened_at', models.DateTimeField(auto_now_add=True)),
                ('seen_at', models.DateTimeField()),
                ('has_typed', models.BooleanField(default=False)),
                ('wrote_version', models.PositiveIntegerField(default=0, help_text="The version this tab's last save made. While it is the story's newest, nobody else saved since.")),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='articles.article')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'presence',
                'verbose_name_plural': 'presences',
                'constraints': [models.UniqueConstraint(fields=('article', 'user', 'tab'), name='one_presence_of_a_tab')],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('query', models.CharField(max_length=500, verbose_name='query')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'saved view',
                'verbose_name_plural': 'saved views',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('user', 'name'), name='one_saved_view_of_a_name')],
            },
        ),
    ]
