"""Events as JSON: whatever an event says, it says the same when it is read again."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.events import EVENTS, Event
from server.domain.floor import name_of
from server.store.codec import event_from, event_text

st.register_type_strategy(
    datetime,
    st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds the zone.
)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_an_event_survives_being_written_down(kind: type[Event], data: st.DataObject) -> None:
    event = data.draw(st.from_type(kind))

    again = event_from(name_of(event), event_text(event))

    assert again == event
    assert type(again) is type(event)
