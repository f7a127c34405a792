"""Sign-in: one door with a throttle and a second factor, sessions that end, and a log of all of it."""

import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from log.models import Entry
from newsroom.sessions import end_sessions

pytestmark = pytest.mark.django_db
PASSWORD = "a long password"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def no_earlier_tries():
    cache.clear()


@pytest.fixture
def user(person):
    return person("Editor", username="ines", email="ines@tidewick.example")


@pytest.fixture
def protected(user):
    """The same person with an authenticator app."""
    TOTP.activate(user, SECRET)
    return user


def sign_in(client, username="ines", password=PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": username, "password": password}, **extra)


def code_now():
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(SECRET, counter))


def kinds():
    return list(
        Entry.objects.filter(kind__startswith="account.").order_by("pk").values_list("kind", flat=True)
    )


def test_the_admin_sends_strangers_to_the_one_door(client):
    """The admin's own sign-in form is gone, for GET and for POST, and the way back is remembered."""
    for answer in (
        client.get("/admin/login/?next=/admin/authors/"),
        client.post("/admin/login/", {"username": "ines"}),
    ):
        assert answer.status_code == 302
        assert answer.url.startswith("/admin/account/login/?next=/admin/")


def test_name_and_password_open_the_desk(client, user):
    """Without a second factor, as in a trial, the password is enough; the sign-in is logged."""
    assert sign_in(client).url == "/admin/"
    assert client.get("/admin/").status_code == 200
    assert kinds()[-1] == "account.signed-in"


def test_a_sign_in_makes_a_new_session(client, user):
    """A session that somebody planted before the sign-in is worth nothing after it."""
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client)
    assert client.session.session_key != before


def test_no_redirect_leads_off_the_site(client, user):
    """?next= to another site is not followed."""
    answer = client.post(
        reverse("account_login"),
        {"login": "ines", "password": PASSWORD, "next": "https://elsewhere.example/"},
    )
    assert answer.url == "/admin/"


def test_nobody_signs_up(client):
    """There is no account that a chief has not made."""
    answer = client.post(
        reverse("account_signup"), {"username": "x", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert "account/signup_closed.html" in [template.name for template in answer.templates]


def test_failed_sign_ins_are_throttled_for_the_account(client, user):
    """After five wrong passwords the right one is refused too, from any address."""
    for number in range(5):
        sign_in(client, password="wrong", REMOTE_ADDR=f"192.0.2.{number}")
    answer = sign_in(client, REMOTE_ADDR="192.0.2.99")
    assert answer.status_code == 200
    assert "Too many failed" in answer.content.decode()
    assert kinds()[-5:] == ["account.sign-in-failed"] * 5


def test_failed_sign_ins_are_throttled_for_the_network(client, person):
    """One address cannot try one password on many names."""
    person("Editor", username="last")
    for number in range(10):
        sign_in(client, username=f"name-{number}", password="wrong")
    assert "Too many failed" in sign_in(client, username="last").content.decode()


def test_an_unknown_name_is_not_written_into_the_log(client):
    """What stands in the wrong field is sometimes a password."""
    sign_in(client, username="my-secret-password", password="x")
    entry = Entry.objects.first()
    assert entry.kind == "account.sign-in-failed"
    assert "my-secret-password" not in str(entry.words())


def test_the_password_alone_does_not_open_a_protected_account(client, protected):
    """The desk opens after the code, not before."""
    answer = sign_in(client)
    assert answer.url.startswith(reverse("mfa_authenticate"))
    assert client.get("/admin/").status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert client.get("/admin/").status_code == 302
    assert kinds()[-1] == "account.code-failed"
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert client.get("/admin/").status_code == 200
    assert kinds()[-1] == "account.signed-in"


def test_a_password_reset_does_not_go_round_the_second_factor(client, protected):
    """A mailbox that was broken into gives a password, and still no desk."""
    client.post(reverse("account_reset_password"), {"email": protected.email})
    link = re.search(r"https?://[^/]+(/admin/account/password/reset/key/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    client.post(
        form.request["PATH_INFO"], {"password1": "another long one 7", "password2": "another long one 7"}
    )
    assert client.get("/admin/").status_code == 302
    assert sign_in(client, password="another long one 7").url.startswith(reverse("mfa_authenticate"))
    assert "account.password-reset" in kinds()


def test_a_reset_tells_a_stranger_nothing(client, user):
    """The answer is the same for an address that has an account and one that has none, which gets no mail."""
    known = client.post(reverse("account_reset_password"), {"email": user.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@tidewick.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [message.to for message in mail.outbox] == [[user.email]]


def test_staff_without_a_second_factor_are_led_to_set_one_up(client, user, settings):
    """Outside a trial the desk waits for it; the pages to set it up and to leave do not."""
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(user)
    assert client.get("/admin/articles/article/").url == reverse("mfa_index")
    assert client.post("/admin/articles/article/add/").status_code == 403
    assert client.get(reverse("mfa_index")).status_code == 200
    TOTP.activate(user, SECRET)
    assert client.get("/admin/articles/article/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client, user, settings):
    """They are for the day the phone is gone."""
    settings.SECOND_FACTOR_REQUIRED = True
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})
    client.force_login(user)
    assert client.get("/admin/").status_code == 302


def test_an_hour_without_work_ends_the_session(desk):
    """Requests that a page makes on its own do not count as work."""
    begin = time.time()
    with time_machine.travel(begin, tick=False) as clock:
        assert desk.get("/admin/").status_code == 200
        clock.move_to(begin + 3000)
        assert desk.get("/admin/").status_code == 200
        clock.move_to(begin + 6000)
        assert desk.get("/admin/", headers={"X-Background": "1"}).status_code == 200
        clock.move_to(begin + 6600)
        assert desk.get("/admin/").status_code == 302


def test_twelve_hours_end_every_session(desk):
    """However busy it was."""
    begin = time.time()
    with time_machine.travel(begin, tick=False) as clock:
        for minute in range(0, 720, 50):
            clock.move_to(begin + minute * 60)
            assert desk.get("/admin/").status_code == 200
        clock.move_to(begin + 12 * 3600)
        assert desk.get("/admin/").status_code == 302


def test_sign_out_everywhere_spares_this_browser_alone(client, django_user_model, person, user):
    """Other sessions of the account end at once, those of other people stay."""
    other, colleague = type(client)(), type(client)()
    client.force_login(user)
    other.force_login(user)
    colleague.force_login(person("Editor"))
    client.post(reverse("account_sign_out_everywhere"))
    answers = [browser.get("/admin/").status_code for browser in (client, other, colleague)]
    assert answers == [200, 302, 200]
    assert kinds()[-1] == "account.signed-out-everywhere"


def test_ended_sessions_are_counted(client, user):
    """The one who ends them hears how many there were."""
    client.force_login(user)
    assert end_sessions(user=user) == 1
    assert end_sessions(user=user) == 0


def test_a_disabled_account_is_out_at_once(desk, editor):
    """The next request already finds nobody."""
    assert desk.get("/admin/").status_code == 200
    editor.is_active = False
    editor.save()
    assert desk.get("/admin/").status_code == 302


def test_signing_out_is_by_post_and_logged(desk):
    """A link cannot sign anybody out."""
    desk.get(reverse("admin:logout"))
    assert desk.get("/admin/").status_code == 200
    desk.post(reverse("admin:logout"))
    assert desk.get("/admin/").status_code == 302
    assert kinds()[-1] == "account.signed-out"


def test_every_page_of_the_account_keeps_the_strict_policy(client, protected):
    """No inline script or style, no data: picture: each page as its owner sees it."""
    client.force_login(protected)
    for name in ("mfa_index", "account_change_password", "account_logout", "account_reauthenticate"):
        check_policy(client.get(reverse(name)))
    client.logout()
    for name in ("account_login", "account_reset_password", "account_signup", "account_inactive"):
        check_policy(client.get(reverse(name)))


def test_the_qr_code_is_drawn_into_the_page(client, user):
    """A data: picture would be refused by the policy."""
    sign_in(client)
    confirm = client.get(reverse("mfa_activate_totp")).url  # who changes this says the password once more
    answer = client.post(confirm, {"password": PASSWORD}, follow=True)
    assert b"<svg" in answer.content
    check_policy(answer)


def check_policy(answer):
    html = answer.content.decode()
    assert answer.status_code == 200
    assert not re.search(r"<style|\sstyle=|data:image|\son\w+=", html)
    for script in re.findall(r"<script[^>]*>", html):
        assert "src=" in script or 'type="application/json"' in script
