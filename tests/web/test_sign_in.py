"""Signing in at the desk, and the first account of a new plant."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from server.domain.names import AccountName
from server.domain.plant import Account, Role
from server.services import accounts
from server.web.set_up import SetUp, is_loopback
from tests.web.visiting import Browser, NewSite, Site

PASSWORD = "correct horse battery"


def test_a_new_plant_asks_for_its_first_account(empty_site: Site) -> None:
    answer = empty_site.browser().get("/desk/")

    assert answer.location == "/desk/first-account"


def test_the_first_account_is_an_administrator_and_is_signed_in(empty_site: Site) -> None:
    browser = empty_site.browser().carry_token()

    answer = browser.submit(
        "/desk/first-account", name="ada", display_name="Ada", password=PASSWORD
    )

    assert answer.location == "/desk/"
    assert browser.get("/desk/accounts").status_code == 200
    ada = accounts.account(empty_site.plant, "ada")
    assert ada is not None
    assert ada.role is Role.ADMINISTRATOR


def test_a_first_account_with_errors_says_all_of_them(empty_site: Site) -> None:
    browser = empty_site.browser().carry_token()

    answer = browser.submit("/desk/first-account", name="A B", password="short")

    assert answer.status_code == 422
    assert "a name of 2 to 32 small letters" in answer.text
    assert "10-200 characters" in answer.text


def test_there_is_one_first_account_only(site: Site, stranger: Browser) -> None:
    page = stranger.get("/desk/first-account")
    answer = stranger.submit("/desk/first-account", name="eve", password=PASSWORD)

    assert page.location == "/desk/sign-in"
    assert answer.status_code == 403
    assert accounts.account(site.plant, "eve") is None


ELSEWHERE: list[dict[str, Any]] = [
    {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}},
    {"headers": {"X-Forwarded-For": "127.0.0.1"}},
]
"""A request of another machine, and of a proxy on the server's own."""
FIRST = {"name": "ada", "password": PASSWORD}


def claim(site: Site, where: dict[str, Any], **fields: str) -> TestResponse:
    """Ask for the first account."""
    browser = site.browser().carry_token()
    form = {"csrf_token": browser.token, **FIRST, **fields}
    return browser.client.post("/desk/first-account", data=form, **where)


@pytest.mark.parametrize("where", ELSEWHERE, ids=["machine", "proxy"])
def test_a_first_account_from_elsewhere_needs_the_set_up_code(
    empty_site: Site, where: dict[str, Any]
) -> None:
    page = empty_site.browser().client.get("/desk/first-account", **where)
    without = claim(empty_site, where)
    wrong = claim(empty_site, where, code="AAAA2222")
    nobody = accounts.has_accounts(empty_site.plant)
    right = claim(empty_site, where, code=empty_site.server.set_up.code.lower())

    assert "Set-up code" in page.text
    assert [without.status_code, wrong.status_code, nobody] == [403, 403, False]
    assert "This is not the set-up code" in wrong.text
    assert right.location == "/desk/"
    assert accounts.account(empty_site.plant, "ada") is not None


def test_a_first_account_from_the_machine_itself_needs_no_code(empty_site: Site) -> None:
    page = empty_site.browser().get("/desk/first-account")

    assert "Set-up code" not in page.text


def test_a_name_that_a_stranger_leads_to_the_machine_is_asked_for_the_code(
    empty_site: Site,
) -> None:
    for host, is_asked in {"rebound.example": True, "[": True, "[::1]:8080": False}.items():
        page = empty_site.browser().client.get("/desk/first-account", headers={"Host": host})

        assert ("Set-up code" in page.text) is is_asked, host


def test_behind_a_proxy_everybody_is_asked_for_the_set_up_code(new_site: NewSite) -> None:
    site = new_site(trusted_proxies=1)

    assert "Set-up code" in site.browser().get("/desk/first-account").text
    assert claim(site, {}).status_code == 403


def test_whoever_guesses_the_set_up_code_has_to_wait(empty_site: Site) -> None:
    where, code = ELSEWHERE[0], empty_site.server.set_up.code
    for _ in range(10):
        claim(empty_site, where, code="AAAA2222")

    answer = claim(empty_site, where, code=code)
    empty_site.clock.wait(301)
    later = claim(empty_site, where, code=code)

    assert answer.status_code == 429
    assert later.location == "/desk/"


def test_the_set_up_code_opens_nothing_once_there_is_an_account(site: Site) -> None:
    answer = claim(site, ELSEWHERE[0], name="eve", code=site.server.set_up.code)

    assert answer.status_code == 403
    assert accounts.account(site.plant, "eve") is None


def test_the_set_up_code_is_told_in_the_log_once_and_to_no_browser(
    empty_site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    code = empty_site.server.set_up.code

    pages = [
        empty_site.browser().client.get("/desk/first-account", **ELSEWHERE[0]) for _ in range(2)
    ]

    assert caplog.text.count(code) == 1
    assert not any(code in page.text for page in pages)


def test_servers_that_share_a_key_take_the_same_set_up_code() -> None:
    codes = {SetUp(key, behind_proxies=False).code for key in (b"one", b"one", b"two")}

    assert len(codes) == 2
    assert all(len(code) == 8 for code in codes)


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        *(("127.0.0.1", True), ("127.0.1.1", True), ("::1", True), ("localhost", True)),
        *(("::ffff:127.0.0.1", True), ("::", False), ("192.0.2.7", False)),
        *(("floorline.plant", False), ("", False), ("127.0.0.1.example", False)),
    ],
)
def test_only_the_machine_itself_reaches_a_loopback_address(host: str, *, is_ours: bool) -> None:
    assert is_loopback(host) is is_ours


def test_name_and_password_let_a_dispatcher_in(stranger: Browser) -> None:
    answer = stranger.submit("/desk/sign-in", name="Dora", password=PASSWORD)

    assert answer.location == "/desk/"
    assert stranger.get("/desk/").status_code == 200


def test_a_wrong_password_lets_nobody_in(stranger: Browser) -> None:
    answer = stranger.submit("/desk/sign-in", name="dora", password="wrong")

    assert answer.status_code == 403
    assert "Name and password do not fit together" in answer.text
    assert stranger.get("/desk/").location.startswith("/desk/sign-in")


def test_a_wrong_name_is_answered_like_a_wrong_password(stranger: Browser) -> None:
    unknown = stranger.submit("/desk/sign-in", name="nobody", password="wrong")
    wrong = stranger.submit("/desk/sign-in", name="dora", password="wrong")

    assert unknown.status_code == wrong.status_code
    assert unknown.text.count("do not fit together") == wrong.text.count("do not fit together") == 1


def test_an_inactive_account_is_not_let_in(stranger: Browser, inactive: Account) -> None:
    answer = stranger.submit("/desk/sign-in", name=inactive.name, password=PASSWORD)

    assert answer.status_code == 403


def test_a_session_ends_when_its_account_does(site: Site, inactive: Account) -> None:
    browser = site.desk(inactive)

    assert browser.get("/desk/").location.startswith("/desk/sign-in")


def test_a_new_password_ends_every_session_that_began_with_the_old_one(
    desk: Browser, admin: Browser
) -> None:
    changed = {"role": "dispatcher", "active": True, "password": "another battery"}

    assert admin.post("/desk/api/accounts/dora", changed).status_code == 200

    assert desk.get("/desk/").location.startswith("/desk/sign-in")
    assert admin.get("/desk/").status_code == 200


def test_a_change_without_a_new_password_ends_no_session(desk: Browser, admin: Browser) -> None:
    changed = {"role": "dispatcher", "active": True, "display_name": "Dora D."}

    assert admin.post("/desk/api/accounts/dora", changed).status_code == 200

    assert desk.get("/desk/").status_code == 200


def test_whoever_guesses_passwords_has_to_wait(site: Site, stranger: Browser) -> None:
    for _ in range(10):
        stranger.submit("/desk/sign-in", name="dora", password="guess")

    answer = stranger.submit("/desk/sign-in", name="dora", password=PASSWORD)
    site.clock.wait(301)
    later = stranger.submit("/desk/sign-in", name="dora", password=PASSWORD)

    assert answer.status_code == 429
    assert "Wait 300 seconds" in answer.text
    assert later.location == "/desk/"


def test_guessing_one_name_shuts_out_no_other(stranger: Browser) -> None:
    for _ in range(10):
        stranger.submit("/desk/sign-in", name="adam", password="guess")

    answer = stranger.submit("/desk/sign-in", name="dora", password=PASSWORD)

    assert answer.location == "/desk/"


def test_after_signing_in_a_person_is_where_they_wanted_to_be(stranger: Browser) -> None:
    asked = stranger.get("/desk/lists")

    answer = stranger.submit("/desk/sign-in", name="dora", password=PASSWORD, next="/desk/lists")

    assert asked.location == "/desk/sign-in?next=/desk/lists"
    assert answer.location == "/desk/lists"


@pytest.mark.parametrize(
    "elsewhere",
    [
        *("https://evil.example/", "//evil.example/desk/", "/\\evil.example"),
        *("javascript:alert(1)", "/desk/\r\nSet-Cookie: a=b", ""),
    ],
)
def test_signing_in_never_leads_elsewhere(stranger: Browser, elsewhere: str) -> None:
    answer = stranger.submit("/desk/sign-in", name="dora", password=PASSWORD, next=elsewhere)

    assert answer.location == "/desk/"


def test_signing_out_ends_the_session(desk: Browser) -> None:
    desk.submit("/desk/sign-out")

    assert desk.get("/desk/").location.startswith("/desk/sign-in")


def test_signing_in_begins_a_new_session(stranger: Browser) -> None:
    with stranger.client.session_transaction() as session:
        session["left-behind"] = "by somebody else"

    stranger.submit("/desk/sign-in", name="dora", password=PASSWORD)

    with stranger.client.session_transaction() as session:
        assert "left-behind" not in session


def test_what_a_person_typed_is_shown_as_text(stranger: Browser) -> None:
    answer = stranger.submit("/desk/sign-in", name='"><script>alert(1)</script>', password="x")

    assert "<script>alert(1)" not in answer.text


def test_a_script_is_told_to_sign_in_instead_of_being_led_away(stranger: Browser) -> None:
    answer = stranger.get("/desk/api/lists", "application/json")

    assert answer.status_code == 401
    assert answer.get_json()["code"] == "not-signed-in"


def test_names_are_not_case_sensitive(site: Site) -> None:
    assert accounts.sign_in(site.plant, " DORA ", PASSWORD).name == AccountName("dora")
