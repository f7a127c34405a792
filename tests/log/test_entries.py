"""The log: entries are appended, chained, and refused every change by the database itself."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

import log
from log.models import Entry

pytestmark = pytest.mark.django_db


def test_an_entry_says_who_did_what_to_which_thing(editor):
    """Names are copied, so that the row still speaks when the account or the thing is gone."""
    entry = log.write("story.published", by=editor, subject=editor, text="Live now.", data={"version": 3})
    entry.refresh_from_db()
    assert (entry.by, entry.by_name, entry.kind) == (editor, "Ines Calder", "story.published")
    assert (entry.subject_kind, entry.subject_id) == ("auth.user", str(editor.pk))
    assert entry.data == {"version": 3}


def test_an_entry_outlives_the_account(editor):
    """Deleting an account changes no row of the log."""
    entry, words = log.write("account.signed-in", by=editor), None
    words = entry.words()
    editor.delete()
    assert Entry.objects.get(pk=entry.pk).words() == words


def test_an_act_that_is_rolled_back_leaves_no_entry():
    """The entry belongs to the caller's transaction."""
    before = Entry.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        log.write("story.published")
        raise RuntimeError
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(text="nothing happened"),
        lambda rows: rows.delete(),
        lambda rows: rows.get().delete(),
        lambda rows: rows.get().save(),
    ],
    ids=["update", "delete", "delete one", "save again"],
)
def test_the_database_refuses_to_change_an_entry(change):
    """Neither code nor the admin nor a shell of Django's can rewrite what happened."""
    entry = log.write("story.withdrawn", text="Gone.")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        change(Entry.objects.filter(pk=entry.pk))
    assert Entry.objects.get(pk=entry.pk).text == "Gone."


@pytest.mark.parametrize(
    "value",
    ["a\x00b", "\\u0000", "it's “quoted” 🗞", datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC), 1.5, None],
)
def test_odd_values_are_stored_as_they_were_hashed(value, capsys):
    """What comes back from the database is what the hash covers."""
    log.write("story.published", text=str(value), data={"value": value, "a": [1, {"b": 2}]})
    call_command("check_log")
    assert "unbroken" in capsys.readouterr().out


def test_check_log_names_an_entry_that_was_changed_behind_the_triggers(capsys):
    """Whoever removes the triggers and edits a row is found out by the chain."""
    first, second, third = (log.write("story.published", text=word) for word in ("one", "two", "three"))
    without_triggers("UPDATE log_entry SET text = 'nothing' WHERE id = %s", second.pk)
    with pytest.raises(CommandError, match="1 broken link"):
        call_command("check_log")
    assert f"Entry {second.pk}: its words are not those" in capsys.readouterr().out


def test_check_log_names_the_entry_after_a_removed_one(capsys):
    """A missing row shows at the row that followed it."""
    _first, second, third = (log.write("story.published", text=word) for word in ("one", "two", "three"))
    without_triggers("DELETE FROM log_entry WHERE id = %s", second.pk)
    with pytest.raises(CommandError):
        call_command("check_log")
    assert f"Entry {third.pk}: an entry before it is missing" in capsys.readouterr().out


def test_check_log_knows_an_earlier_end(capsys):
    """A hash written down elsewhere finds an end that was cut off."""
    kept, last = log.write("story.published"), log.write("story.withdrawn")
    without_triggers("DELETE FROM log_entry WHERE id = %s", last.pk)
    call_command("check_log", known=kept.hash)
    with pytest.raises(CommandError):
        call_command("check_log", known=last.hash)


def without_triggers(statement, pk):
    """What somebody with the database's own password could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE log_entry DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER log_entry_no_UPDATE")
            cursor.execute("DROP TRIGGER log_entry_no_DELETE")
        cursor.execute(statement, [pk])
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE log_entry ENABLE TRIGGER USER")


@pytest.mark.django_db(transaction=True)
def test_a_test_with_real_transactions_leaves_its_log_to_nobody():
    """What tests/conftest.py promises; the log refuses as before."""
    log.write("story.published", text="First.")
    call_command("flush", interactive=False)
    assert not Entry.objects.exists()
    log.write("story.published", text="Second.")
    for forbidden in (Entry.objects.all().delete, lambda: Entry.objects.update(text="")):
        with pytest.raises(DatabaseError), transaction.atomic():
            forbidden()
    assert Entry.objects.get().text == "Second."
