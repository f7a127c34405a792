"""A chief gives what they have, reaches nobody above them, and every change of an account is in the log."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from log.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(person):
    user = person(username="chief")
    user.groups.add(Group.objects.get(name="Chief"))
    return user


@pytest.fixture
def office(client, chief):
    """The browser of the chief."""
    client.force_login(chief)
    return client


def change(user):
    return reverse("admin:auth_user_change", args=[user.pk])


def words(user, **fields):
    """What the form of an account sends."""
    joined = user.date_joined
    sent = {
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "is_active": "on",
        "is_staff": "on",
        "date_joined_0": f"{joined:%Y-%m-%d}",
        "date_joined_1": f"{joined:%H:%M:%S}",
    }
    return {name: value for name, value in (sent | fields).items() if value is not None}


def test_a_chief_gives_a_role_and_the_log_says_so(office, chief, person):
    """The row names who gave what to whom."""
    user, editor = person(), Group.objects.get(name="Editor")
    assert office.post(change(user), words(user, groups=[editor.pk])).status_code == 302
    assert list(user.groups.all()) == [editor]
    entry = Entry.objects.first()
    assert (entry.kind, entry.by, entry.subject_id) == ("account.changed", chief, str(user.pk))
    assert (entry.data["groups_before"], entry.data["groups"]) == ([], ["Editor"])
    assert entry.text == "Roles: Editor, before that none."


def test_a_chief_makes_no_superuser_and_gives_no_single_permission(office, person):
    """The fields are not there, and sending them all the same changes nothing."""
    user = person()
    permission = Permission.objects.get(codename="delete_user")
    office.post(change(user), words(user, is_superuser="on", user_permissions=[permission.pk]))
    user.refresh_from_db()
    assert not user.is_superuser
    assert not user.user_permissions.exists()


def test_a_chief_gives_no_role_that_holds_more_than_their_own(office, person):
    """A role with a right that the chief lacks is not among the choices."""
    user, mighty = person(), Group.objects.create(name="Mighty")
    mighty.permissions.add(Permission.objects.get(codename="delete_user"))
    answer = office.post(change(user), words(user, groups=[mighty.pk]))
    assert answer.status_code == 200
    assert not user.groups.exists()


@pytest.mark.parametrize("page", ["auth_user_change", "auth_user_password_change"])
@pytest.mark.parametrize("who", ["superuser", "chief", "mighty", "mighty but switched off"])
def test_those_above_are_out_of_reach(office, person, who, page):
    """Neither the account nor the password of a superuser, another chief or anybody with more rights."""
    user = person(is_active=who != "mighty but switched off")
    if who == "superuser":
        user.is_superuser = True
        user.save()
    elif who == "chief":
        user.groups.add(Group.objects.get(name="Chief"))
    else:
        user.user_permissions.add(Permission.objects.get(codename="delete_user"))
    before = (user.password, user.email)
    sent = words(
        user, email="taken@tidewick.example", password1="a new long one 1", password2="a new long one 1"
    )
    assert office.post(reverse(f"admin:{page}", args=[user.pk]), sent).status_code == 403
    for name in ("auth_user_sign_out", "auth_user_new_phone"):
        assert office.post(reverse(f"admin:{name}", args=[user.pk])).status_code == 403
    user.refresh_from_db()
    assert (user.password, user.email) == before


def test_a_chief_cannot_raise_themselves(office, chief):
    """One's own roles are for somebody else to give."""
    everything = Group.objects.create(name="Mighty")
    office.post(change(chief), words(chief, groups=[everything.pk], is_superuser="on"))
    chief.refresh_from_db()
    assert not chief.is_superuser
    assert [group.name for group in chief.groups.all()] == ["Chief"]


def test_the_role_of_the_chief_is_changed_by_a_superuser_alone(office):
    """Nor may a role gain what the chief lacks."""
    chiefs, reporters = Group.objects.get(name="Chief"), Group.objects.get(name="Reporter")
    right = Permission.objects.get(codename="delete_user")
    address = reverse("admin:auth_group_change", args=[chiefs.pk])
    assert office.post(address, {"name": "Chief", "permissions": [right.pk]}).status_code == 403
    address = reverse("admin:auth_group_change", args=[reporters.pk])
    assert office.post(address, {"name": "Reporter", "permissions": [right.pk]}).status_code == 200
    assert right not in reporters.permissions.all()


def test_switching_an_account_off_ends_its_sessions(client, office, person):
    """At once, in every browser."""
    user, theirs = person("Editor"), type(client)()
    theirs.force_login(user)
    office.post(change(user), words(user, is_active=None))
    assert theirs.get("/admin/").status_code == 302


def test_a_chief_signs_another_account_out(client, office, person):
    """A laptop left on a train."""
    user, theirs = person("Editor"), type(client)()
    theirs.force_login(user)
    office.post(reverse("admin:auth_user_sign_out", args=[user.pk]))
    assert theirs.get("/admin/").status_code == 302
    assert Entry.objects.first().kind == "account.signed-out-everywhere"


def test_a_lost_phone_is_taken_off_the_account(office, person):
    """Its owner sets up another; the log keeps who took it off."""
    user = person("Editor")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    office.post(reverse("admin:auth_user_new_phone", args=[user.pk]))
    assert not Authenticator.objects.filter(user=user).exists()
    assert Entry.objects.first().kind == "account.second-factor-removed"


def test_a_new_password_is_logged_without_the_password(office, person):
    """Who set it, for whom; not what it is."""
    user = person("Editor")
    sent = {"password1": "quite another 7", "password2": "quite another 7", "usable_password": "true"}
    office.post(reverse("admin:auth_user_password_change", args=[user.pk]), sent)
    entry = Entry.objects.first()
    assert (entry.kind, entry.subject_id) == ("account.password-changed", str(user.pk))
    assert "quite another" not in str(entry.words())
