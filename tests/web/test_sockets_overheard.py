"""What the other screens of a station hear of an answer, and what they may do about it."""

from tests.web.visiting import Site
from tests.workshop import ANNA, LATHE, MILL

FIRST = "WO1"
LINE = "3WWO1+010"


def test_the_other_screens_of_a_station_see_the_answer(site: Site) -> None:
    token = site.token(LATHE)
    page, box = (site.station(LATHE, token) for _ in range(2))

    answer = box.scan(f"1H{ANNA}")

    assert page.heard("answer") == [answer]
    assert box.heard("answer") == []


def test_another_screen_of_a_station_learns_what_it_may_insist_on(site: Site) -> None:
    site.release(FIRST)
    token = site.token(MILL)
    page, box = (site.station(MILL, token) for _ in range(2))
    box.scan(f"1H{ANNA}")
    page.heard("answer")

    answer = box.scan(LINE)
    page.scan(LINE, insists=True)

    assert page.heard("answer") == [answer | {"scan": {"text": LINE, "typed": False}}]
    (taken,) = box.heard("answer")
    assert (taken["flags"], taken.get("scan")) == (["rerouted", "uncontrolled_paper"], None)
