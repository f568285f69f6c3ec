"""Whether each port of the local stack is held by the process that it belongs to, or free while the stack is stopped."""

from collections.abc import Iterator, Mapping

from operator_cli.doctor.finding import Finding, fail, or_fine, unseen
from operator_cli.doctor.sight import Sight
from operator_cli.stack.ports import SETTING, holder, is_taken

CHECK = "ports"


def check(sight: Sight) -> Iterator[Finding]:
    """Ports of this machine."""
    sight.must_be_here()
    if sight.state is None:
        yield from or_fine(_taken(sight), CHECK, "stack", "All ports that the stack needs are free.")
        return
    listening = _listening()
    if not listening:
        yield unseen(CHECK, "stack", "this user may not know who listens on which port")
        return
    yield from or_fine(_strangers(sight, listening), CHECK, "stack", "Every port is held by its own process.")


def _taken(sight: Sight) -> Iterator[Finding]:
    for name, port in sight.ports.each():
        if is_taken(port):
            found = f"Port {port}, which {name} needs, is taken by {holder(port)}."
            yield fail(CHECK, name, found, f"stop that process, or move the stack: {SETTING}=20000 nassij up")


def _strangers(sight: Sight, listening: Mapping[int, int]) -> Iterator[Finding]:
    own = {process.name: process.pid for process in sight.state.processes} if sight.state else {}
    for name, port in sight.ports.each():
        if name in own and port in listening and listening[port] not in _family(own[name]):
            found = f"Port {port} of {name} is held by process {listening[port]}, which is none of the stack's."
            yield fail(CHECK, name, found, f"ps -fp {listening[port]}, end it, then: nassij process release {name}")


def _listening() -> dict[int, int]:
    """The process that listens on each port, where this user may know it."""
    import psutil

    try:
        connections = psutil.net_connections("tcp")
    except psutil.Error:
        return {}
    return {each.laddr.port: each.pid for each in connections if each.status == psutil.CONN_LISTEN and each.laddr and each.pid}


def _family(pid: int | None) -> set[int]:
    import psutil

    if pid is None:
        return set()
    try:
        return {pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))}
    except psutil.Error:
        return {pid}
