"""The tables, indexes and views of an exported plant."""

from dataclasses import dataclass, field

from sqlite_utils import Database

_Columns = dict[str, type]


@dataclass(frozen=True, slots=True)
class ExportTable:
    """One table of the file: its columns, its key, what it refers to, what is looked up in it."""

    name: str
    columns: _Columns
    key: str | tuple[str, ...]
    references: tuple[tuple[str, str, str], ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    may_be_null: frozenset[str] = field(default_factory=frozenset)


PLANT = ExportTable("plant", {"name": str, "value": str}, "name")
WORK_CENTERS = ExportTable(
    "work_centers",
    {
        "name": str,
        "description": str,
        "department": str,
        "frozen": int,
        "list_version": int,
        "is_set_up": int,
    },
    "name",
)
ORDERS = ExportTable(
    "orders",
    {
        "number": str,
        "part": str,
        "revision": str,
        "description": str,
        "quantity": int,
        "due": str,
        "planned_release": str,
        "priority": int,
        "hot": int,
        "state": str,
        "hold": str,
        "released_at": str,
    },
    "number",
    indexes=(("due",), ("state", "planned_release"), ("part",)),
    may_be_null=frozenset({"hold", "released_at"}),
)
OPERATIONS = ExportTable(
    "operations",
    {
        "id": str,
        "order_number": str,
        "number": int,
        "work_center": str,
        "description": str,
        "alternates": str,
        "setup_minutes": float,
        "run_minutes": float,
        "state": str,
        "arrived": int,
        "good": int,
        "scrap": int,
        "rework": int,
        "crew": str,
        "started_at": str,
        "completed_at": str,
    },
    "id",
    references=(("order_number", "orders", "number"), ("work_center", "work_centers", "name")),
    indexes=(("order_number", "number"), ("work_center", "state")),
    may_be_null=frozenset({"started_at", "completed_at"}),
)
DISPATCH_LISTS = ExportTable(
    "dispatch_lists",
    {
        "work_center": str,
        "place": int,
        "operation": str,
        "placed_by": str,
        "placed_at": str,
        "placed_rule": str,
    },
    ("work_center", "place"),
    references=(("work_center", "work_centers", "name"), ("operation", "operations", "id")),
    indexes=(("operation",),),
    may_be_null=frozenset({"placed_by", "placed_at", "placed_rule"}),
)
JOURNAL = ExportTable(
    "journal",
    {
        "rev": int,
        "at": str,
        "event": str,
        "order_number": str,
        "operation": str,
        "account": str,
        "station": str,
        "badge": str,
        "details": str,
        "entry_id": str,
    },
    "rev",
    references=(("order_number", "orders", "number"),),
    indexes=(("order_number", "rev"), ("event", "at"), ("operation",)),
    may_be_null=frozenset({"order_number", "operation", "account", "station", "badge", "entry_id"}),
)
TABLES = (PLANT, WORK_CENTERS, ORDERS, OPERATIONS, DISPATCH_LISTS, JOURNAL)
SEARCHED = ("number", "part", "description")
"""Columns of the orders that full text search looks through."""

VIEWS = {
    "open_operations": """
        select o.id as operation, o.work_center, o.state, w.number as order_number, w.part,
            w.description as title, o.description, w.due, w.priority, w.hot, w.hold,
            max(0, o.arrived - o.good - o.scrap - o.rework) as remaining,
            w.due < substr((select value from plant where name = 'exported_at'), 1, 10) as is_late
        from operations o join orders w on w.number = o.order_number
        where o.state <> 'completed' and w.state in ('released', 'running')
        order by w.hot desc, w.due, o.id
    """,
    "dispatch": """
        select l.work_center, l.place, l.operation, o.state, w.part, w.description as title,
            o.description, w.due, w.priority, w.hot, w.hold, o.arrived, o.good,
            l.placed_by, l.placed_rule, l.placed_at
        from dispatch_lists l
        join operations o on o.id = l.operation join orders w on w.number = o.order_number
        order by l.work_center, l.place
    """,
    "order_progress": """
        select w.number as order_number, w.part, w.state, w.hold, w.due, w.quantity,
            count(o.id) as operations, coalesce(sum(o.state = 'completed'), 0) as completed,
            coalesce(sum(o.scrap), 0) as scrap, coalesce(sum(o.rework), 0) as rework,
            round(coalesce(sum((o.state <> 'completed') * (o.setup_minutes
                + o.run_minutes * max(0, w.quantity - o.good - o.scrap - o.rework))), 0) / 60, 2)
                as standard_hours_left
        from orders w left join operations o on o.order_number = w.number
        group by w.number order by w.due, w.number
    """,
    "reports": """
        select rev, at, order_number, operation, station, badge,
            json_extract(details, '$.quantities.good') as good,
            json_extract(details, '$.quantities.scrap') as scrap,
            json_extract(details, '$.quantities.rework') as rework,
            json_extract(details, '$.completes') as completes
        from journal where event = 'QuantityReported' order by rev
    """,
}
"""Questions an analyst asks first, under readable names."""


def create_tables(database: Database) -> None:
    """Create the empty tables with their keys and references."""
    for table in TABLES:
        database.table(table.name).create(
            dict(table.columns),
            pk=table.key,
            foreign_keys=table.references,
            not_null=set(table.columns) - table.may_be_null,
            strict=True,
        )


def finish_tables(database: Database) -> None:
    """Create what is faster made when the rows are there: indexes, search, views."""
    for table in TABLES:
        for columns in table.indexes:
            database.table(table.name).create_index(columns)
    database.table(ORDERS.name).enable_fts(SEARCHED, tokenize="unicode61")
    for name, query in VIEWS.items():
        database.create_view(name, query)
    database.analyze()
