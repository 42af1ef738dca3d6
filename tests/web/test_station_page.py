"""The kiosk page: a device becomes a station with a one-time code, and stays it by its cookie."""

import json
from pathlib import Path

from server.domain.names import StationName
from server.services import stations
from server.services.rights import CONSOLE
from server.web.shell import shell_of
from tests.web.visiting import NewSite, Site
from tests.workshop import LATHE, MILL


def test_a_strange_device_is_asked_for_the_code(site: Site) -> None:
    page = site.browser().page(f"/station/{LATHE}")

    assert page == {"station": LATHE, "code": ""}


def test_the_code_of_an_address_is_filled_in_and_not_used(site: Site) -> None:
    browser = site.browser()

    page = browser.page(f"/station/{LATHE}?code=ABCD2345")

    assert page["code"] == "ABCD2345"
    assert browser.page(f"/station/{LATHE}") == {"station": LATHE, "code": ""}


def test_the_right_code_makes_a_device_the_station(site: Site) -> None:
    browser = site.browser()

    answer = browser.post(f"/station/{LATHE}/enrol", {"code": site.code()})

    assert answer.get_json() == {"ok": True}
    assert browser.page(f"/station/{LATHE}") == {"station": LATHE, "zone": "UTC"}


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(site: Site) -> None:
    answer = site.browser().post(f"/station/{LATHE}/enrol", {"code": site.code()})

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("floorline_station=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_with_https_the_cookie_travels_there_only(new_site: NewSite) -> None:
    site = new_site(secure_cookies=True)

    answer = site.browser().post(f"/station/{LATHE}/enrol", {"code": site.code()})

    assert "Secure" in answer.headers["Set-Cookie"]


def test_the_worker_keeps_every_file_that_the_kiosk_page_loads(site: Site) -> None:
    answer = site.browser().get("/station/worker.js")

    first, _, source = answer.text.partition("\n")
    kept = json.loads(first.removeprefix("self.shell = ").removesuffix(";"))
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "/static/js/station/page.js" in kept["files"]
    assert "/static/vendor/socket.io.js" in kept["files"]
    assert "/static/js/station/worker.js" not in kept["files"]
    assert "addEventListener" in source


def test_the_shell_has_a_new_version_when_a_file_changes(tmp_path: Path) -> None:
    page = tmp_path / "js" / "station" / "page.js"
    page.parent.mkdir(parents=True)
    page.write_text("1")
    before = shell_of(tmp_path)

    same = shell_of(tmp_path)
    page.write_text("2")

    assert before == same
    assert shell_of(tmp_path).version != before.version
    assert before.files == ("js/station/page.js",)


def test_a_code_works_once(site: Site) -> None:
    code = site.code()
    site.browser().post(f"/station/{LATHE}/enrol", {"code": code})

    again = site.browser().post(f"/station/{LATHE}/enrol", {"code": code})

    assert again.status_code == 403
    assert again.get_json()["code"] == "enrolment-failed"


def test_a_code_of_another_station_does_not_work(site: Site) -> None:
    answer = site.browser().post(f"/station/{LATHE}/enrol", {"code": site.code(MILL)})

    assert answer.status_code == 403


def test_one_browser_may_be_two_stations(site: Site) -> None:
    browser = site.browser()
    for name in (LATHE, MILL):
        browser.post(f"/station/{name}/enrol", {"code": site.code(name)})

    pages = [browser.page(f"/station/{name}")["station"] for name in (LATHE, MILL)]

    assert pages == [LATHE, MILL]


def test_a_revoked_device_is_asked_for_a_code_again(site: Site) -> None:
    browser = site.browser()
    browser.post(f"/station/{LATHE}/enrol", {"code": site.code()})

    stations.revoke(site.plant, CONSOLE, StationName(LATHE))

    assert "code" in browser.page(f"/station/{LATHE}")


def test_a_station_that_is_not_there_is_not_found(site: Site) -> None:
    answer = site.browser().get("/station/NOWHERE")

    assert answer.status_code == 404
    assert "There is no station NOWHERE." in answer.text


def test_whoever_guesses_codes_has_to_wait(site: Site) -> None:
    browser = site.browser()
    for _ in range(20):
        browser.post(f"/station/{LATHE}/enrol", {"code": "WRONG234"})

    answer = browser.post(f"/station/{LATHE}/enrol", {"code": site.code()})
    site.clock.wait(301)
    later = browser.post(f"/station/{LATHE}/enrol", {"code": site.code()})

    assert answer.status_code == 429
    assert answer.get_json()["code"] == "too-many-attempts"
    assert later.status_code == 200


def test_the_code_of_the_demo_works_as_often_as_a_visitor_likes(new_site: NewSite) -> None:
    site = new_site(demo_code="DEMO2345")
    now = site.clock()
    code = stations.fingerprint("DEMO2345")
    station = StationName(LATHE)
    site.store.write(lambda books: books.keep_enrolment(station, code, now.replace(year=2027)))

    answers = [
        site.browser().post(f"/station/{LATHE}/enrol", {"code": "DEMO2345"}) for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [200, 200]


def test_a_page_of_another_origin_cannot_enrol(site: Site) -> None:
    headers = {"Origin": "http://elsewhere.example"}

    answer = site.browser().client.post(
        f"/station/{LATHE}/enrol", json={"code": site.code()}, headers=headers
    )

    assert answer.status_code == 403
