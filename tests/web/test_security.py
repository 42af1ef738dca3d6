"""What keeps strangers out: sign-in, tokens, origins, headers; for every route there is."""

import io
import re
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from werkzeug.routing import Rule

from server.web.security import secret_key
from tests.web.visiting import Browser, NewSite, Site
from tests.workshop import DISPATCHER, LATHE

OPEN = {
    "/",
    "/healthz",
    "/readyz",
    "/messages.json",
    "/desk/sign-in",
    "/desk/first-account",
    "/desk/sign-out",
    "/station/<name>",
    "/station/worker.js",
    "/station/<name>/enrol",
    "/static/<path:filename>",
}
"""What can be asked for without a session: it shows nothing of the plant and changes nothing."""

ANSWERS_WITHOUT_TOKEN = {"/station/<name>/enrol"}
"""The enrolment: a station's box has no session, and the one-time code is its secret."""

FILLED = {"name": LATHE, "work_center": LATHE, "number": "WO1", "job": "1", "filename": "icon.svg"}


def rules(site: Site, method: str) -> Iterator[tuple[str, str]]:
    """Return every route that takes a method: as it is written, and as it can be asked for."""
    for rule in site.server.app.url_map.iter_rules():
        if method in (rule.methods or ()):
            yield rule.rule, _filled(rule)


def _filled(rule: Rule) -> str:
    return re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda found: FILLED[found[1]], rule.rule)


def test_every_page_and_answer_wants_a_sign_in(site: Site, stranger: Browser) -> None:
    for rule, path in rules(site, "GET"):
        if rule in OPEN:
            continue
        page, answer = stranger.get(path), stranger.get(path, "application/json")

        assert (page.status_code, answer.status_code) in {(302, 401), (401, 401)}, rule
        if page.status_code == 302:
            assert page.location.startswith("/desk/sign-in"), rule


def test_every_change_wants_a_sign_in(site: Site, stranger: Browser) -> None:
    for rule, path in rules(site, "POST"):
        if rule not in OPEN:
            assert stranger.post(path, {}).status_code == 401, rule


def test_every_change_wants_the_token_of_the_session(site: Site, desk: Browser) -> None:
    desk.token = ""
    for rule, path in rules(site, "POST"):
        if rule in ANSWERS_WITHOUT_TOKEN:
            continue
        answer = desk.post(path, {})

        assert answer.status_code == 403, rule
        assert answer.get_json()["code"] == "page-expired", rule


def test_every_change_is_refused_to_pages_of_other_origins(site: Site, desk: Browser) -> None:
    headers = {"Origin": "http://evil.example", "X-CSRFToken": desk.token}
    for rule, path in rules(site, "POST"):
        answer = desk.client.post(path, json={}, headers=headers)

        assert answer.status_code == 403, rule
        assert answer.get_json()["code"] == "not-allowed", rule


def test_pages_of_an_allowed_origin_may_change_things(new_site: NewSite) -> None:
    site = new_site(allowed_origins=("https://andon.example",))
    headers = {"Origin": "https://andon.example"}

    answer = site.browser().client.post(
        f"/station/{LATHE}/enrol", json={"code": site.code()}, headers=headers
    )

    assert answer.status_code == 200


def test_nothing_is_changed_by_looking(site: Site, desk: Browser) -> None:
    before = site.plant.store.read(lambda books: books.revision())

    for _rule, path in rules(site, "GET"):
        with desk.get(path):
            pass

    assert site.plant.store.read(lambda books: books.revision()) == before


def test_every_answer_says_what_a_browser_may_load(site: Site, desk: Browser) -> None:
    for _rule, path in [*rules(site, "GET"), ("", "/nothing/here")]:
        with desk.get(path) as answer:
            policy = answer.headers["Content-Security-Policy"]

        assert "default-src 'none'" in policy, path
        assert "unsafe" not in policy, path
        assert "*" not in policy, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_every_script_of_a_page_has_its_nonce_and_none_is_inline(site: Site, desk: Browser) -> None:
    for _rule, path in rules(site, "GET"):
        answer = desk.get(path)
        nonce = re.search(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])
        html = answer.text if answer.mimetype == "text/html" else ""
        answer.close()
        assert nonce
        for script in re.findall(r"<script\b([^>]*)>", html):
            has_file = "src=" in script
            is_text = 'type="application/json"' in script
            assert has_file or is_text or f'nonce="{nonce[1]}"' in script, (path, script)
        assert not re.search(r"<[^>]+\s(on\w+|style)=", html), path


def test_a_nonce_is_used_once(desk: Browser) -> None:
    policies = {desk.get("/desk/").headers["Content-Security-Policy"] for _ in range(2)}

    assert len(policies) == 2


def test_what_belongs_to_a_person_is_not_kept_in_caches(desk: Browser) -> None:
    assert desk.get("/desk/").headers["Cache-Control"] == "no-store"


def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(stranger: Browser) -> None:
    answer = stranger.submit("/desk/sign-in", name="dora", password="correct horse battery")

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("floorline_desk=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_with_https_cookies_and_pages_stay_there(new_site: NewSite) -> None:
    answer = new_site(secure_cookies=True).browser().get("/desk/sign-in")

    assert "Strict-Transport-Security" in answer.headers


def test_a_request_that_is_too_large_is_refused(site: Site, desk: Browser) -> None:
    site.server.app.config["MAX_CONTENT_LENGTH"] = 1000

    answer = desk.client.post(
        "/desk/api/import",
        data={"files": (io.BytesIO(b"x" * 1001), "orders.csv")},
        headers={"X-CSRFToken": desk.token, "Accept": "application/json"},
    )

    assert answer.status_code == 413
    assert answer.get_json()["code"] == "too-large"


def test_the_secret_key_is_made_once_and_is_ours_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "plant"

    first, second = secret_key(folder), secret_key(folder)

    assert first == second
    assert len(first) == 32
    assert stat.S_IMODE((folder / "secret.key").stat().st_mode) == 0o600


def test_a_new_key_where_there_may_be_other_servers_is_warned_of_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    secret_key(tmp_path / "alone")
    said_alone = caplog.text

    for _ in range(2):
        secret_key(tmp_path / "several", may_be_one_of_several=True)

    assert said_alone == ""
    assert caplog.text.count("all servers of a plant need the same") == 1


def test_everybody_who_starts_at_once_gets_the_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(secret_key, [tmp_path] * 8))

    assert [len(key) for key in keys] == [32]
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_a_session_of_another_plant_is_worth_nothing(
    site: Site, new_site: NewSite, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = new_site(data=tmp_path_factory.mktemp("elsewhere"))
    browser = elsewhere.desk()
    cookie = browser.client.get_cookie("floorline_desk")
    stranger = site.browser()

    assert cookie
    stranger.client.set_cookie("floorline_desk", cookie.value)

    assert stranger.get("/desk/").status_code == 302


def test_proxies_are_believed_only_when_there_are_some(
    new_site: NewSite, tmp_path_factory: pytest.TempPathFactory
) -> None:
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "plant.example"}
    addresses = []
    for proxies in (0, 1):
        site = new_site(trusted_proxies=proxies, data=tmp_path_factory.mktemp("plant"))
        site.store.write(lambda books: books.keep_account(DISPATCHER, None))
        browser = site.desk()
        answer = browser.client.get("/desk/api/stations", headers=headers)
        addresses.append(answer.get_json()["address"])

    assert addresses == ["http://localhost", "https://plant.example"]


@pytest.mark.parametrize(
    "path", ["/desk/%2e%2e/etc", "/static/../pyproject.toml", "/static/%2e%2e/x"]
)
def test_no_address_leads_out_of_the_folders(site: Site, path: str) -> None:
    answer = site.browser().get(path)

    assert answer.status_code == 404
