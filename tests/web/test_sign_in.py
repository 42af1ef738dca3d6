"""Signing in at the desk, and the first account of a new plant."""

import pytest

from server.domain.names import AccountName
from server.domain.plant import Account, Role
from server.services import accounts
from tests.web.visiting import Browser, Site

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
