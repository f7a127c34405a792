"""Looks are read from an index of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('images', '0002_picture_desk'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='image',
            index=models.Index(fields=['look', 'id'], name='image_look'),
        ),
    ]
