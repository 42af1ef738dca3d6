"""A network cable that is cut under a connection: the kernel has to find out, and it does."""

import subprocess
import sys

import pytest

# In a network of its own, whose only cable is pulled.
CUT = """
import fcntl, socket, struct
from hardware.errors import DeviceGone
from hardware.transport import Line

def plug(flags):
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh22x", b"lo", flags))  # SIOCSIFFLAGS

plug(0x49)  # up, loopback, running
with socket.create_server(("127.0.0.1", 0)) as server:
    with Line(f"socket://127.0.0.1:{server.getsockname()[1]}").open() as port:
        peer, _ = server.accept()
        with peer:
            plug(0x48)  # down
            try:
                while True:
                    port.read()
            except DeviceGone as gone:
                print(gone.reason)
"""
ALONE = ["unshare", "--net"]


def may_be_alone() -> bool:
    """Tell whether a command can be given a network of its own."""
    try:
        return not subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode
    except FileNotFoundError:
        return False


@pytest.mark.slow
@pytest.mark.skipif(not may_be_alone(), reason="needs root: a network of its own, to cut it")
def test_a_connection_whose_cable_is_cut_is_gone() -> None:
    done = subprocess.run(
        [*ALONE, sys.executable, "-c", CUT], capture_output=True, text=True, check=False
    )

    assert "timed out" in done.stdout, done.stderr
