"""What a picture desk writes down: people, place, rights, crops of its own, what the camera said."""

import django.utils.timezone
import images.models
from django.conf import settings
from django.db import migrations, models


def fill(apps, schema_editor):
    """Pictures that readers see already are made; photographer and agency follow from the credit."""
    Image = apps.get_model("images", "Image")
    Image.objects.exclude(sources={}).update(progress="made")
    for image in Image.objects.exclude(credit="").only("credit").iterator():
        photographer, agency = images.models.whose(image.credit)
        Image.objects.filter(pk=image.pk).update(photographer=photographer, agency=agency)


class Migration(migrations.Migration):

    dependencies = [
        ('images', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='image',
            options={'ordering': ['-uploaded_at', '-pk'], 'permissions': [('see_camera', 'Can see and wipe where and with what a picture was taken')], 'verbose_name': 'picture', 'verbose_name_plural': 'pictures'},
        ),
        migrations.AddField(
            model_name='image',
            name='agency',
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='agency'),
        ),
        migrations.AddField(
            model_name='image',
            name='camera',
            field=models.JSONField(blank=True, default=dict, editable=False, help_text='Camera, serial numbers and position, as the file said. Only the picture desk sees them.', verbose_name='camera'),
        ),
        migrations.AddField(
            model_name='image',
            name='keywords',
            field=models.TextField(blank=True, help_text='Separated by commas. Desk only.', max_length=2000, verbose_name='keywords'),
        ),
        migrations.AddField(
            model_name='image',
            name='look',
            field=models.CharField(blank=True, editable=False, help_text='A perceptual hash of 64 bits in hexadecimal: near for pictures that look alike.', max_length=16, verbose_name='look'),
        ),
        migrations.AddField(
            model_name='image',
            name='name_key',
            field=models.CharField(default=images.models.new_name_key, editable=False, help_text='Mixed into the names of the renditions, so that who has the file cannot guess them.', max_length=32, verbose_name='key of file names'),
        ),
        migrations.AddField(
            model_name='image',
            name='own_crops',
            field=models.JSONField(blank=True, default=dict, editable=False, help_text='{crop: [left, upper, right, lower]} in shares of the picture, where the desk drew its own.', verbose_name='own crops'),
        ),
        migrations.AddField(
            model_name='image',
            name='people',
            field=models.TextField(blank=True, help_text='Who is in the picture, separated by commas. Desk only; it makes the picture easy to find.', max_length=1000, verbose_name='people'),
        ),
        migrations.AddField(
            model_name='image',
            name='photographer',
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='photographer'),
        ),
        migrations.AddField(
            model_name='image',
            name='place',
            field=models.CharField(blank=True, help_text='Where it was taken: town and country. Desk only.', max_length=200, verbose_name='place'),
        ),
        migrations.AddField(
            model_name='image',
            name='progress',
            field=models.CharField(choices=[('waiting', 'Being made'), ('made', 'Ready'), ('failed', 'Failed')], default='waiting', editable=False, max_length=8, verbose_name='files for readers'),
        ),
        migrations.AddField(
            model_name='image',
            name='restriction',
            field=models.CharField(blank=True, choices=[('', 'None'), ('single-use', 'Single use: one story only'), ('do-not-use', 'Do not use')], default='', help_text='“Do not use” keeps the picture out of new stories and takes it off public pages at once.', max_length=12, verbose_name='restriction'),
        ),
        migrations.AddField(
            model_name='image',
            name='restriction_reason',
            field=models.CharField(blank=True, help_text='For colleagues: what happened, and whom to ask.', max_length=300, verbose_name='reason of the restriction'),
        ),
        migrations.AddField(
            model_name='image',
            name='territory',
            field=models.CharField(blank=True, help_text='Where it may be shown, such as “Not in Germany”. A note for the desk: readers are not sorted.', max_length=200, verbose_name='territory'),
        ),
        migrations.AddField(
            model_name='image',
            name='to_check',
            field=models.JSONField(blank=True, default=list, editable=False, help_text='Names of the fields that were filled in from the file and that nobody has looked at yet.', verbose_name='to check'),
        ),
        migrations.AlterField(
            model_name='image',
            name='uploaded_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='uploaded at'),
        ),
        migrations.AlterField(
            model_name='image',
            name='usage_terms',
            field=models.TextField(blank=True, help_text='What the owner allows: number of uses, fee, no cropping. Desk only.', max_length=2000, verbose_name='usage terms'),
        ),
        migrations.AddIndex(
            model_name='image',
            index=models.Index(fields=['-uploaded_at', '-id'], name='image_newest'),
        ),
        migrations.AddIndex(
            model_name='image',
            index=models.Index(fields=['photographer'], name='image_photographer'),
        ),
        migrations.AddIndex(
            model_name='image',
            index=models.Index(fields=['agency'], name='image_agency'),
        ),
        migrations.AddIndex(
            model_name='image',
            index=models.Index(fields=['not_after'], name='image_rights_end'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
