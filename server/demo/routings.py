"""Part families of the demo plant and the routings they follow."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """Parts that are made the same way: steps are (work center, what is done, setup, run)."""

    prefix: str
    name: str
    sizes: tuple[str, ...]
    steps: tuple[tuple[str, str, float, float], ...]
    """Setup in minutes, run in minutes for one piece."""


ALTERNATES = {
    "LATHE-1": ("LATHE-2",),
    "LATHE-2": ("LATHE-1",),
    "MILL-1": ("MILL-2",),
    "MILL-2": ("MILL-1",),
}
"""Less preferred but equal ways to make an operation."""

FAMILIES = (
    Family(
        "SH",
        "Drive shaft",
        ("20x180", "25x240", "32x310", "40x420"),
        (
            ("SAW-1", "Saw bar to length", 10, 1.2),
            ("LATHE-1", "Turn both ends, center", 35, 4.5),
            ("MILL-1", "Mill keyway", 25, 2.8),
            ("GRIND-1", "Grind bearing seats", 40, 3.6),
            ("DEBURR-1", "Deburr, wash", 5, 0.8),
            ("INSPECT-1", "Inspect seats and run-out", 10, 1.0),
        ),
    ),
    Family(
        "FL",
        "Flange",
        ("DN40", "DN65", "DN80", "DN125"),
        (
            ("SAW-1", "Saw blank", 10, 1.6),
            ("LATHE-2", "Turn face and bore", 45, 6.5),
            ("MILL-1", "Drill bolt circle", 20, 2.4),
            ("DEBURR-1", "Deburr", 5, 0.6),
            ("INSPECT-1", "Inspect bore", 8, 0.8),
        ),
    ),
    Family(
        "BR",
        "Bearing bracket",
        ("A", "B", "C"),
        (
            ("LASER-1", "Cut blank", 12, 0.9),
            ("BRAKE-1", "Bend two edges", 18, 0.8),
            ("WELD-1", "Weld gusset", 15, 4.2),
            ("MILL-2", "Mill bearing bore", 50, 7.0),
            ("DEBURR-1", "Deburr, wash", 5, 1.0),
            ("PAINT-1", "Powder coat RAL 7016", 20, 1.4),
            ("INSPECT-1", "Inspect bore position", 10, 1.2),
        ),
    ),
    Family(
        "HS",
        "Gearbox housing",
        ("G2", "G3", "G5"),
        (
            ("SAW-1", "Saw block", 12, 2.5),
            ("MILL-1", "Rough six sides", 45, 14.0),
            ("MILL-2", "Finish bores, 5 axes", 70, 22.0),
            ("DEBURR-1", "Deburr cross holes", 10, 4.0),
            ("INSPECT-1", "Measure bores", 20, 5.0),
            ("PAINT-1", "Coat outside", 25, 2.0),
            ("INSPECT-1", "Final inspection", 10, 2.0),
        ),
    ),
    Family(
        "CV",
        "Cover plate",
        ("120", "160", "200", "240"),
        (
            ("LASER-1", "Cut outline and holes", 10, 0.7),
            ("DEBURR-1", "Deburr edges", 4, 0.4),
            ("PAINT-1", "Powder coat", 20, 0.9),
        ),
    ),
    Family(
        "FR",
        "Machine frame",
        ("600", "900"),
        (
            ("SAW-1", "Saw tubes", 15, 6.0),
            ("LASER-1", "Cut plates", 12, 3.0),
            ("BRAKE-1", "Bend side panels", 20, 4.0),
            ("WELD-1", "Tack and weld frame", 30, 38.0),
            ("MILL-2", "Mill feet in one clamping", 60, 18.0),
            ("DEBURR-1", "Clean seams", 10, 8.0),
            ("PAINT-1", "Coat RAL 5010", 30, 9.0),
            ("INSPECT-1", "Check squareness", 15, 6.0),
            ("INSPECT-1", "Final inspection, label", 5, 2.0),
        ),
    ),
    Family(
        "CH",
        "Cable head",
        ("M16", "M20", "M32"),
        (
            ("LATHE-1", "Turn and thread", 30, 2.2),
            ("MILL-1", "Mill hexagon", 18, 1.4),
            ("DEBURR-1", "Wash", 3, 0.2),
            ("INSPECT-1", "Gauge thread", 5, 0.3),
        ),
    ),
    Family(
        "SP",
        "Spindle",
        ("55", "70"),
        (
            ("SAW-1", "Saw forging", 10, 3.0),
            ("LATHE-2", "Rough turn", 50, 16.0),
            ("LATHE-2", "Finish turn taper", 45, 12.0),
            ("MILL-2", "Mill drive slots", 35, 6.0),
            ("GRIND-1", "Grind taper and seats", 60, 18.0),
            ("DEBURR-1", "Deburr, wash, oil", 5, 1.5),
            ("INSPECT-1", "Measure run-out", 20, 6.0),
        ),
    ),
)
