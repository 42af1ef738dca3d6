"""Pages and sockets: translate, decide nothing."""
