"""The demo plant as it is set up: work centers, operators and sign-ins."""

from server.domain.names import AccountName, BadgeNumber, WorkCenterName
from server.domain.plant import Account, Operator, Role, WorkCenter

PLANT_NAME = "Northgate Precision (demo)"
FIRST_BADGE = 4101


def _center(name: str, description: str, department: str) -> WorkCenter:
    return WorkCenter(WorkCenterName(name), description, department, frozen=1)


WORK_CENTERS = (
    _center("SAW-1", "Band saw", "Cutting"),
    _center("LASER-1", "Fibre laser 3 kW", "Cutting"),
    _center("LATHE-1", "CNC lathe, bar fed", "Machining"),
    _center("LATHE-2", "CNC lathe, chuck 400", "Machining"),
    _center("MILL-1", "3-axis milling center", "Machining"),
    _center("MILL-2", "5-axis milling center", "Machining"),
    _center("GRIND-1", "Cylindrical grinder", "Machining"),
    _center("BRAKE-1", "Press brake", "Fabrication"),
    _center("WELD-1", "TIG welding bench", "Fabrication"),
    _center("DEBURR-1", "Deburring and washing", "Finishing"),
    _center("PAINT-1", "Powder coating", "Finishing"),
    _center("INSPECT-1", "Final inspection", "Finishing"),
)

_NAMES = (
    *("Anna Berg", "Marek Nowak", "Leila Haddad", "Tom Becker", "Sofia Rossi", "Jonas Weber"),
    *("Ewa Zielińska", "David Okafor", "Mia Larsen", "Pavel Novák", "Aisha Khan", "Luca Moretti"),
    *("Hanna Virtanen", "Omar Said", "Greta Lindqvist", "Rafael Costa", "Nina Petrova"),
    *("Ben Carter", "Chloé Dubois", "Mehmet Kaya", "Ingrid Dahl", "Sam Nguyen", "Carla Méndez"),
    "Viktor Kovač",
)
SHIFTS = ("early", "late")
_CONTRACTORS = 2

OPERATORS = tuple(
    Operator(
        BadgeNumber(str(FIRST_BADGE + at)),
        name,
        contractor=at >= len(_NAMES) - _CONTRACTORS,
        shift=SHIFTS[at % len(SHIFTS)],
    )
    for at, name in enumerate(_NAMES)
)

ADMINISTRATOR = Account(AccountName("admin"), Role.ADMINISTRATOR, "Ada Admin")
DISPATCHER = Account(AccountName("dispatcher"), Role.DISPATCHER, "Dana Dispatcher")
# These are known to everybody, on purpose: the demo says so on every page.
PASSWORDS = {ADMINISTRATOR.name: "admin-demo", DISPATCHER.name: "dispatcher-demo"}
ENROLMENT_CODE = "DEMO2345"
"""The code that enrols any station of the demo, as often as a visitor likes."""
