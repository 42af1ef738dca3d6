"""The plants of these tests keep their state where the run says."""

from server.services.ports import Plant
from server.store import SqlStore
from tests.workshop import KIND_OF_STORE, empty_store


def test_a_plant_is_kept_in_the_kind_of_store_that_was_chosen(plant: Plant) -> None:
    store = plant.store

    kind = store._readers.dialect.name if isinstance(store, SqlStore) else "memory"
    assert kind == KIND_OF_STORE


def test_a_new_store_is_empty(plant: Plant) -> None:
    assert plant.store.read(lambda books: books.revision()) > 0

    revision = empty_store().read(lambda books: books.revision())

    assert revision == 0
