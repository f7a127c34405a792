"""What the paper is called and how it looks, and the chief's right to set it."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

import articles.accent


def let_set_the_paper(apps, schema_editor):
    # Django makes permissions after all migrations; the group needs this one now.
    create_permissions(
        installed.get_app_config("articles"), verbosity=0, using=schema_editor.connection.alias
    )
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    right = Permission.objects.get(content_type__app_label="articles", codename="change_paper")
    for chief in Group.objects.filter(name="Chief"):
        chief.permissions.add(right)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0019_translations'),
    ]

    operations = [
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, help_text='Stands at the head of every page and in every feed.', max_length=60, verbose_name='name')),
                ('tagline', models.CharField(blank=True, help_text='A few words beside the name on the front page.', max_length=120, verbose_name='tagline')),
                ('accent', models.CharField(blank=True, help_text='One colour for links, labels and times, such as #a93a0c. It must be dark enough to be read; for the dark design a lighter one is made from it. Empty: the colour the paper came with.', max_length=7, validators=[articles.accent.check], verbose_name='colour')),
                ('mark', models.TextField(blank=True, help_text='A small drawing beside the name, as SVG. Only its shapes are kept, in the colour of the text; shapes with fill="accent" take the paper\'s colour. Empty: the mark the paper came with.', verbose_name='mark')),
                ('stamp', models.CharField(default='', editable=False, max_length=32)),
            ],
            options={
                'verbose_name': 'paper',
                'verbose_name_plural': 'paper',
                'default_permissions': ('change',),
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='there_is_one_paper')],
            },
        ),
        migrations.RunPython(let_set_the_paper, migrations.RunPython.noop),
    ]
