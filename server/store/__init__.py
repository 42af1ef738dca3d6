"""The only SQL of the server: state in a SQLite file, or in PostgreSQL when given its URL."""

from server.store.store import SqlStore, open_store

__all__ = ["SqlStore", "open_store"]
