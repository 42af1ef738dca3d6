"""The names that columns have in the files of plants: ours first, then those of other systems.

Names are compared without case, spaces and punctuation, and with ä as ae (`headers.plain`).
A column whose unit is a guess is not here: SAP's VGW01 and VGW02, for example, are per base
quantity and in a unit of their own, so a mapping has to name them.
"""

from enum import StrEnum


class Field(StrEnum):
    """What a column may hold; the values are the column names of our own files."""

    ORDER = "order"
    PART = "part"
    REVISION = "revision"
    DESCRIPTION = "description"
    QUANTITY = "quantity"
    DUE = "due"
    PRIORITY = "priority"
    HOT = "hot"
    PLANNED_RELEASE = "planned_release"
    OPERATION = "operation"
    WORK_CENTER = "work_center"
    ALTERNATES = "alternates"
    OPERATION_DESCRIPTION = "operation_description"
    SETUP_MINUTES = "setup_minutes"
    SETUP_HOURS = "setup_hours"
    RUN_MINUTES = "run_minutes"
    RUN_HOURS = "run_hours"


REQUIRED_IN_STEP = (Field.OPERATION, Field.WORK_CENTER)
REQUIRED = (Field.ORDER, Field.PART, Field.QUANTITY, Field.DUE, *REQUIRED_IN_STEP)
"""Columns without which a file is refused; each row's order must have a value in every one."""
ORDER_FIELDS = (
    *(Field.PART, Field.REVISION, Field.DESCRIPTION, Field.QUANTITY, Field.DUE),
    *(Field.PRIORITY, Field.HOT, Field.PLANNED_RELEASE),
)
"""What belongs to the whole order, and so must not differ between its rows."""
ALTERNATIVES = {Field.SETUP_HOURS: Field.SETUP_MINUTES, Field.RUN_HOURS: Field.RUN_MINUTES}
"""Two ways to say one thing, of which a file may use one."""

IN_ORDER = {"number": Field.ORDER}
"""Names that are clear inside a JSON order that has its operations in a list."""
IN_OPERATION = {
    "number": Field.OPERATION,
    "sequence": Field.OPERATION,
    "description": Field.OPERATION_DESCRIPTION,
    "text": Field.OPERATION_DESCRIPTION,
}
"""Names that are clear inside an operation."""

SYNONYMS: dict[Field, tuple[str, ...]] = {
    Field.ORDER: (
        *("work order", "work order number", "work order no", "wo", "wo number", "wo no"),
        *("order number", "order no", "order id", "production order", "production order no"),
        *("prod order", "prod order no", "manufacturing order", "mo", "mo number", "job"),
        *("job number", "job no", "AUFNR", "Auftrag", "Auftragsnummer", "Auftragsnr"),
        *(
            "Auftrag Nr",
            "Fertigungsauftrag",
            "Fertigungsauftragsnummer",
            "FA",
            "FA Nr",
            "FA Nummer",
        ),
        "Werkauftrag",
    ),
    Field.PART: (
        *("part number", "part no", "part id", "item", "item number", "item no", "item code"),
        *("material", "material number", "material no", "product", "product number", "sku"),
        *("MATNR", "PLNBEZ", "Teil", "Teilenummer", "Teilenr", "Artikel", "Artikelnummer"),
        *("Artikelnr", "Materialnummer", "Sachnummer", "Erzeugnis"),
    ),
    Field.REVISION: (
        *("rev", "revision level", "part revision", "part rev", "drawing revision", "REVLV"),
        *("Revisionsstand", "Änderungsstand", "Zeichnungsstand", "Index", "Zeichnungsindex"),
    ),
    Field.DESCRIPTION: (
        *("part description", "item description", "material description", "order description"),
        *("part name", "title", "MAKTX", "MATXT", "KTEXT", "Bezeichnung", "Benennung"),
        *("Beschreibung", "Materialkurztext", "Artikelbezeichnung", "Teilebezeichnung"),
    ),
    Field.QUANTITY: (
        *("qty", "order quantity", "order qty", "planned quantity", "required quantity", "pieces"),
        *("lot size", "GAMNG", "Menge", "Auftragsmenge", "Sollmenge", "Stück", "Stückzahl"),
        "Losgröße",
    ),
    Field.DUE: (
        *("due date", "date due", "need by", "need date", "required date", "required by"),
        *("deadline", "finish date", "end date", "basic finish date", "GLTRP", "GLTRS"),
        *("Termin", "Liefertermin", "Endtermin", "Fertigstellungstermin", "Eckendtermin"),
        *("fällig", "fällig am", "Fälligkeit", "Fälligkeitsdatum", "Enddatum"),
    ),
    Field.PRIORITY: ("prio", "order priority", "PRIOK", "APRIO", "Priorität"),
    Field.HOT: ("is hot", "expedite", "expedited", "rush", "eilig", "Eilauftrag", "dringend"),
    Field.PLANNED_RELEASE: (
        *("planned release date", "release date", "release", "start date", "planned start"),
        *("basic start date", "FTRMS", "GSTRP", "GSTRS", "Freigabe", "Freigabetermin"),
        *("Freigabedatum", "geplante Freigabe", "Starttermin", "Startdatum", "Eckstarttermin"),
    ),
    Field.OPERATION: (
        *("operation number", "operation no", "operation sequence", "op", "op no", "op number"),
        *("op seq", "sequence", "seq", "operation id", "step", "VORNR", "Vorgang"),
        *("Vorgangsnummer", "Vorgangsnr", "Arbeitsgang", "Arbeitsgangnummer", "AG", "AG Nr"),
        *("AVO", "AFO", "Arbeitsfolge"),
    ),
    Field.WORK_CENTER: (
        *("work centre", "wc", "work center name", "machine", "resource", "ARBPL"),
        *("Arbeitsplatz", "Maschine"),  # codespell:ignore maschine
        *("Maschinengruppe", "Ressource"),  # codespell:ignore ressource
    ),
    Field.ALTERNATES: (
        *("alternate", "alternate work centers", "alternate work centres", "alternative"),
        *("alternatives", "alternate machines", "Ausweicharbeitsplatz", "Ausweicharbeitsplätze"),
        *("Ausweichmaschine", "Ausweichmaschinen", "Alternativen", "Alternative Arbeitsplätze"),
    ),
    Field.OPERATION_DESCRIPTION: (
        *("op description", "operation text", "op text", "operation name", "activity", "LTXA1"),
        *("Vorgangstext", "Vorgangsbeschreibung", "Arbeitsgangtext", "Arbeitsgangbezeichnung"),
        "Arbeitsgangbeschreibung",
    ),
    Field.SETUP_MINUTES: (
        *("setup", "setup time", "setup min", "setup mins", "setup time minutes"),
        *("setup time min", "Rüstzeit", "Rüstzeit min", "Rüstminuten", "Rüstzeit Minuten"),
    ),
    Field.SETUP_HOURS: (
        *("setup hrs", "setup h", "setup time hours", "setup time hrs", "setup time h"),
        *("Rüststunden", "Rüstzeit h", "Rüstzeit Std", "Rüstzeit Stunden"),
    ),
    Field.RUN_MINUTES: (
        *("run", "run time", "run min", "run mins", "run time minutes", "run time min"),
        *("minutes per piece", "min per piece", "run minutes per piece", "Stückzeit"),
        *("Stückzeit min", "Stückzeit Minuten", "Laufzeit je Stück", "Laufzeit je Stück min"),
        "Minuten je Stück",
    ),
    Field.RUN_HOURS: (
        *("run hrs", "run h", "run time hours", "run time hrs", "run time h"),
        *("hours per piece", "run hours per piece", "Stückzeit h", "Stückzeit Std"),
        *("Stückzeit Stunden", "Stunden je Stück"),
    ),
}
"""Other names of each column, as people and systems write them."""
