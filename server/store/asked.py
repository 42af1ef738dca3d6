"""What every part of the store's inquiries stands on."""

from server.store.session import Session


class Asked:
    """A part of what can be asked of the store, within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
