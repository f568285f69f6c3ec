"""The machine on which the command runs."""

import os
import platform
import shutil
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from operator_cli.doctor.versions import own_version
from operator_cli.stack.layout import Layout

LIBRARIES = ("flask", "flask-smorest", "gunicorn", "kafka-python", "mongoengine", "msgspec", "prometheus-client", "pymongo")


def machine(layout: Layout) -> dict[str, Any]:
    """Processors, memory and room, in bytes; the system and the Python."""
    import psutil

    memory, swap = psutil.virtual_memory(), psutil.swap_memory()
    room = shutil.disk_usage(layout.home if layout.home.exists() else "/")
    return {
        "system": platform.platform(),
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "load": os.getloadavg(),
        "memory": {"total": memory.total, "available": memory.available},
        "swap": {"total": swap.total, "used": swap.used},
        "disk": {"total": room.total, "free": room.free},
        "up_since": psutil.boot_time(),
    }


def checkout() -> dict[str, Any]:
    """The version of this checkout and of the libraries that matter most."""
    return {"version": own_version(), "libraries": {name: _version(name) for name in LIBRARIES}}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
