"""The device servers of Debian as real peers: ser2net and socat."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

PATIENCE_S = 30.0
SOCAT = shutil.which("socat")
# It is for administrators, and so not on everybody's PATH.
SER2NET = shutil.which("ser2net", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")

needs_socat = pytest.mark.skipif(not SOCAT, reason="needs socat: apt-get install socat")
needs_ser2net = pytest.mark.skipif(not SER2NET, reason="needs ser2net: apt-get install ser2net")


@contextmanager
def running(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a peer, and see it gone afterwards."""
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def socat(one: str, other: str, *, ready: str) -> Iterator[str]:
    """Join two ends by socat; yield what it said when it was ready, its first group if any."""
    assert SOCAT
    with running(SOCAT, "-d", "-d", one, other) as process:
        assert process.stderr
        for line in process.stderr:
            if found := re.search(ready, line.decode()):
                yield found[found.re.groups]
                return
        raise AssertionError(f"socat ended: {one} {other}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


@dataclass
class Ser2net:
    """One line of a device server, at a port of this machine that stays its own."""

    folder: Path
    device: Path
    speaks: str = "raw"
    """Or rfc2217."""
    options: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=_free_port)

    @property
    def address(self) -> str:
        """Return what a station is given."""
        # On a pseudo-terminal there are no control lines whose setting could be confirmed.
        raw = f"socket://127.0.0.1:{self.port}"
        remote = f"rfc2217://127.0.0.1:{self.port}?ign_set_control"
        return remote if self.speaks == "rfc2217" else raw

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Serve the line."""
        assert SER2NET
        telnet = "telnet(rfc2217)," if self.speaks == "rfc2217" else ""
        lines = [
            "connection: &scanner",
            f"  accepter: {telnet}tcp,127.0.0.1,{self.port}",
            f"  connector: serialdev,{self.device},9600n81,local",
            "  options:",
            "    mdns: false",
            *(f"    {name}: {value}" for name, value in self.options.items()),
        ]
        settings = self.folder / "ser2net.yaml"
        settings.write_text("\n".join(lines) + "\n")
        with running(SER2NET, "-n", "-u", "-d", "-c", str(settings)) as process:
            while not _is_listening(self.port):
                # A connection to try it would already be that of a station.
                assert process.poll() is None, process.stderr and process.stderr.read()
                time.sleep(0.02)
            yield


def _is_listening(port: int) -> bool:
    wanted = (f"0100007F:{port:04X}", "0A")
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
    return any((row[1], row[3]) == wanted for row in rows)
