from django.db import migrations

from pagecache import watches


class Migration(migrations.Migration):
    """The table in which the database counts writes; `manage.py migrate` lays the triggers that count."""

    dependencies = []
    operations = [
        migrations.RunSQL(sql=[watches.TABLE, watches.FIRST_ROW], reverse_sql=watches.NO_TABLE),
    ]
