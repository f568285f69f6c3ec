from pathlib import Path

import pytest

from chassis.settings import Address, Settings, SettingsError

URI = "mongodb://training:hidden-word@127.0.0.1:27117/nassij_training?authSource=admin"


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.environ", {"NASSIJ_SERVICE": "training", "NASSIJ_STORE_URI": URI})


def test_a_service_and_a_store_are_all_that_must_be_said() -> None:
    settings = Settings.from_environment()
    assert settings.instance == "training-0"
    assert settings.batch_size == 500
    assert settings.max_body_bytes < settings.max_import_bytes


def test_what_the_command_line_gives_goes_before_the_environment() -> None:
    assert Settings.from_environment(service="registry").service == "registry"


def test_addresses_and_numbers_are_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NASSIJ_BIND", "0.0.0.0:8101")
    monkeypatch.setenv("NASSIJ_WEB_THREADS", "4")
    settings = Settings.from_environment()
    assert settings.bind == Address("0.0.0.0", 8101)  # noqa: S104
    assert settings.web_threads == 4


def test_a_secret_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x" * 40 + "\n")
    monkeypatch.setenv("NASSIJ_KEY_SECRET_FILE", str(tmp_path / "secret"))
    assert Settings.from_environment().key_secret == "x" * 40


def test_no_repr_shows_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NASSIJ_KEY_SECRET", "hidden-word-" * 4)
    settings = Settings.from_environment()
    assert "hidden-word" in settings.store_uri
    assert "hidden-word" not in f"{settings!r} {settings}"


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("NASSIJ_WEB_THREADS", "many", "NASSIJ_WEB_THREADS must be a number of threads from 1 to 64, not 'many'."),
        ("NASSIJ_WEB_THREADS", "0", "NASSIJ_WEB_THREADS must be a number of threads from 1 to 64, not '0'."),
        ("NASSIJ_BIND", "8101", "NASSIJ_BIND must be HOST:PORT, not '8101'."),
        ("NASSIJ_BIND", "127.0.0.1:99999", "NASSIJ_BIND must be HOST:PORT, not '127.0.0.1:99999'."),
        ("NASSIJ_RELAY_WAKE", "often", "NASSIJ_RELAY_WAKE must be poll or change-stream, not 'often'."),
        (
            "NASSIJ_SERVICE",
            "",
            "Set NASSIJ_SERVICE (or NASSIJ_SERVICE_FILE) to a service's name in lower-case letters, such as training.",
        ),
    ],
)
def test_a_wrong_value_ends_in_one_sentence_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as error:
        Settings.from_environment()
    assert str(error.value) == sentence


def test_a_wrong_secret_is_not_repeated_in_its_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NASSIJ_STORE_URI", "postgres://hidden-word@nowhere")
    with pytest.raises(SettingsError) as error:
        Settings.from_environment()
    assert "NASSIJ_STORE_URI must be a MongoDB address" in str(error.value)
    assert "hidden-word" not in str(error.value)
    assert error.value.__cause__ is None


def test_a_secret_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NASSIJ_KEY_SECRET_FILE", str(tmp_path / "absent"))
    with pytest.raises(SettingsError, match="NASSIJ_KEY_SECRET_FILE must name a file"):
        Settings.from_environment()


def test_a_service_does_not_start_without_a_setting_that_it_demands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NASSIJ_KEY_SECRET", raising=False)
    settings = Settings(service="certification", store_uri="mongodb://store/nassij")
    with pytest.raises(SettingsError, match=r"Set NASSIJ_KEY_SECRET \(or its _FILE\)"):
        settings.demand(["key_secret"])
    settings.demand([])
