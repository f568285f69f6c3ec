from pathlib import Path

import pytest

from operator_cli.errors import Refusal
from operator_cli.stack import jars


def test_every_jar_is_known_by_its_hash() -> None:
    known = jars.expected()
    assert "kafka_2.13-4.1.1.jar" in known
    assert all(len(digest) == 64 for digest in known.values())


def test_a_jar_that_is_not_the_expected_one_is_refused_by_name(tmp_path: Path) -> None:
    forged = [tmp_path / name for name in jars.expected()]
    for jar in forged:
        jar.write_bytes(b"not a jar")
    with pytest.raises(Refusal, match=r"HdrHistogram-.*is not the one this project expects"):
        jars.check(forged)


def test_without_a_network_the_sentence_names_the_network_and_a_mirror(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NASSIJ_CACHE", str(tmp_path))
    monkeypatch.setenv("NASSIJ_MAVEN", "http://127.0.0.1:9/maven2")
    monkeypatch.delenv("HTTP_PROXY", raising=False)
    monkeypatch.delenv("http_proxy", raising=False)
    with pytest.raises(
        Refusal, match=r"could not be fetched .* check the network connection, or name a mirror with NASSIJ_MAVEN"
    ):
        jars.classpath()
