import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocabulary.pack import MESSAGES, AnswersRefused, Grid, Pack, PackInvalid, Wording

FOLDER = Path(__file__).parents[3] / "packs" / "fes-meknes"
PACK = Pack.from_folder(FOLDER)
GRID = PACK.grid
CODES = [question.code for question in GRID.questions]
answers = st.fixed_dictionaries({code: st.integers(0, 4) for code in CODES})


@pytest.fixture
def document() -> dict[str, Any]:
    return PACK.to_document()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(FOLDER, tmp_path / "pack")


def problems(source: dict[str, Any] | Path) -> list[str]:
    with pytest.raises(PackInvalid) as refusal:
        Pack.from_folder(source) if isinstance(source, Path) else Pack.from_document(source)
    return [str(problem) for problem in refusal.value.problems]


def put(document: Any, *steps: str | int, value: Any) -> None:
    for step in steps[:-1]:
        document = document[step]
    document[steps[-1]] = value


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from texts(entry)


class TestFesMeknes:
    def test_has_sixteen_modules_in_two_families_of_eight(self) -> None:
        assert [family.code for family in PACK.families] == ["OD", "MA"]
        assert [sum(module.family == family for module in PACK.modules) for family in ("OD", "MA")] == [8, 8]

    def test_has_seven_dimensions_or_more_with_three_or_four_questions_each(self) -> None:
        assert len(GRID.dimensions) >= 7
        assert all(len(dimension.questions) in (3, 4) for dimension in GRID.dimensions)

    def test_opens_after_300_associations_are_registered_and_diagnosed(self) -> None:
        measured = {
            "conventions_active": 1,
            "services_prepared": 3,
            "associations_registered": 300,
            "associations_diagnosed": 299,
        }
        assert [condition.code for condition in PACK.unmet("open", measured)] == ["associations-diagnosed"]
        assert PACK.unmet("open", measured | {"associations_diagnosed": 300}) == ()
        assert PACK.unmet("consolidating", measured) == ()

    def test_expects_three_services_to_prepare_themselves(self) -> None:
        [condition] = [condition for condition in PACK.gates["open"] if condition.measure == "services_prepared"]
        assert condition.services == ("training", "certification", "notifications")

    def test_aims_at_the_figures_of_the_programme(self) -> None:
        assert (PACK.targets.associations, PACK.targets.actors, PACK.targets.trainers) == (350, 1000, 24)
        assert (PACK.trainer_course.code, PACK.trainer_course.seats) == ("TOT-01", 24)

    def test_words_every_message_in_both_languages(self) -> None:
        assert {template.code for template in PACK.templates} == set(MESSAGES)

    def test_travels_as_json_below_60_kb_and_comes_back_the_same(self, document: dict[str, Any]) -> None:
        wire = json.dumps(document)
        assert len(wire) < 60_000
        assert Pack.from_document(json.loads(wire)) == PACK

    def test_can_be_stored_by_a_store_that_refuses_dots_in_keys(self, document: dict[str, Any]) -> None:
        keys = [*document["gates"], *document["grid"]["scales"], *document["certificates"]["kinds"]]
        assert not [key for key in keys if "." in key or key.startswith("$")]

    def test_has_no_stray_blanks_in_its_texts(self, document: dict[str, Any]) -> None:
        assert not [text for text in texts(document) if "  " in text or text != text.strip()]

    def test_is_named_with_its_version(self) -> None:
        assert PACK.reference == "fes-meknes@1.0"

    def test_tells_whom_and_where_it_finds_modules_and_messages(self) -> None:
        assert PACK.module("OD-04").audience == "treasurer"
        assert PACK.template("seat-offered").wording("ar") == PACK.template("seat-offered").ar
        with pytest.raises(KeyError):
            PACK.module("XX-01")


class TestScoring:
    def test_all_at_the_top_score_100_and_need_nothing(self) -> None:
        scores = GRID.score(dict.fromkeys(CODES, 4))
        assert set(scores.values()) == {100.0}
        assert GRID.overall(scores) == 100.0
        assert GRID.needs(scores) == ()

    def test_all_at_the_bottom_score_0_and_need_every_module(self) -> None:
        scores = GRID.score(dict.fromkeys(CODES, 0))
        assert set(scores.values()) == {0.0}
        assert {need.module for need in GRID.needs(scores)} == {module.code for module in PACK.modules}

    def test_a_score_is_the_weighted_mean_of_its_levels(self) -> None:
        levels = dict.fromkeys(CODES, 2) | {"GOV-1": 4, "GOV-2": 1, "GOV-3": 0, "GOV-4": 3}  # weights 3, 2, 2, 2
        assert GRID.score(levels)["governance"] == round(100 * 20 / 36, 1)

    def test_a_score_at_the_threshold_is_not_below_it(self) -> None:
        governance = GRID.dimensions[0]
        assert governance.needed(60.0) == ()
        assert governance.needed(59.9) == ("OD-01",)

    def test_a_need_says_which_dimension_called_for_it_and_its_score(self) -> None:
        scores = {dimension.code: 100.0 for dimension in GRID.dimensions} | {"people": 45.0}
        [need] = GRID.needs(scores)
        assert (need.module, need.dimension, need.score) == ("OD-07", "people", 45.0)

    @given(answers)
    def test_scores_lie_between_0_and_100(self, given: dict[str, int]) -> None:
        scores = GRID.score(given)
        assert all(0 <= score <= 100 for score in [*scores.values(), GRID.overall(scores)])

    @given(answers, st.data())
    def test_a_better_answer_never_lowers_a_score_nor_adds_a_need(self, given: dict[str, int], data: st.DataObject) -> None:
        better = given | {code: data.draw(st.integers(given[code], 4)) for code in data.draw(st.sets(st.sampled_from(CODES)))}
        before, after = GRID.score(given), GRID.score(better)
        assert all(after[code] >= before[code] for code in before)
        assert GRID.overall(after) >= GRID.overall(before)
        needed_before, needed_after = (
            {(need.dimension, need.module) for need in GRID.needs(scores)} for scores in (before, after)
        )
        assert needed_after <= needed_before

    @given(answers)
    def test_only_dimensions_of_changed_answers_change(self, given: dict[str, int]) -> None:
        changed = given | {"GOV-1": 4 - given["GOV-1"]}
        before, after = GRID.score(given), GRID.score(changed)
        assert {code for code in before if before[code] != after[code]} <= {"governance"}

    @given(answers, st.sets(st.sampled_from(CODES), min_size=1))
    def test_a_partly_filled_diagnostic_has_no_score_but_may_be_kept(self, given: dict[str, int], left_out: set[str]) -> None:
        partly = {code: level for code, level in given.items() if code not in left_out}
        GRID.check(partly)
        with pytest.raises(AnswersRefused) as refusal:
            GRID.score(partly)
        assert set(refusal.value.reasons) == left_out

    @pytest.mark.parametrize("level", [-1, 5, 2.0, "3", None, True])
    def test_a_level_out_of_range_is_named(self, level: Any) -> None:
        with pytest.raises(AnswersRefused, match=r"GOV-1: .* is not a level; answer with a whole number from 0 to 4"):
            GRID.check({"GOV-1": level})

    def test_an_unknown_question_is_named(self) -> None:
        with pytest.raises(AnswersRefused, match="XYZ-9: is not a question of this grid"):
            GRID.score(dict.fromkeys(CODES, 2) | {"XYZ-9": 1})


class TestAttendance:
    @pytest.mark.parametrize(("planned", "needed"), [(1, 1), (4, 4), (5, 4), (6, 5), (10, 8), (15, 12)])
    def test_80_percent_of_the_planned_half_days_complete(self, planned: int, needed: int) -> None:
        assert PACK.certificates.half_days_needed(planned) == needed

    def test_a_participation_never_expires_and_a_trainer_renews(self) -> None:
        kinds = PACK.certificates.kinds
        assert (kinds["participation"].validity_months, kinds["trainer"].validity_months) == (None, 36)


class TestWording:
    def test_values_take_their_places_and_others_are_left_aside(self) -> None:
        filled = Wording("Bonjour ${person}", "n° ${number}, 5 $$").fill({"person": "Salma", "number": "7", "until": "-"})
        assert filled == Wording("Bonjour Salma", "n° 7, 5 $")

    def test_a_value_that_is_not_given_is_named(self) -> None:
        with pytest.raises(KeyError, match="number"):
            Wording("Bonjour ${person}", "n° ${number}").fill({"person": "Salma"})

    def test_no_value_can_add_a_header_to_a_mail(self) -> None:
        assert Wording("${person}", "x").fill({"person": "Salma\r\nBcc: a@b"}).subject == "Salma Bcc: a@b"

    def test_every_message_of_the_pack_can_be_filled(self) -> None:
        for template in PACK.templates:
            values = dict.fromkeys(MESSAGES[template.code], "valeur")
            for wording in (template.fr, template.ar):
                filled = wording.fill(values)
                assert "$" not in filled.subject + filled.body


class TestVariant:
    def test_another_size_needs_other_numbers_under_another_version(self) -> None:
        small = PACK.variant("1.0-scale.10", {"associations-registered": 30, "associations-diagnosed": 30})
        assert small.reference == "fes-meknes@1.0-scale.10"
        assert [condition.needed for condition in small.gates["open"]] == [1, 3, 30, 30]
        assert small.modules == PACK.modules

    def test_what_a_pack_refuses_a_variant_refuses(self) -> None:
        with pytest.raises(PackInvalid, match=r"gates.open\[2\].needed: is 0"):
            PACK.variant("1.1", {"associations-registered": 0})
        with pytest.raises(PackInvalid, match="version"):
            PACK.variant("trial", {})
        with pytest.raises(KeyError, match="no-such-condition"):
            PACK.variant("1.1", {"no-such-condition": 3})


WRONG: list[tuple[tuple[str | int, ...], Any, str]] = [
    (("version",), 1.0, 'version: is 1.0, not a version in quotes; write a version in quotes, such as "1.0"'),
    (("name",), "Fès Meknès", "name: is 'Fès Meknès', not a name of small letters"),
    (("year",), "2023", "year: is '2023', not a whole number in range; write a whole number from 2000 to 2100"),
    (("colour",), "red", "colour: is not a known key; write one of name, version"),
    (("title",), "Nassij", "title: is 'Nassij', not a mapping; write the keys fr, ar"),
    (("title", "ar"), "Programme", "title.ar: has no Arabic letter"),
    (("title", "fr"), "برنامج", "title.fr: is not French"),
    (("modules",), [], "modules: is a list of 0, not a list with one entry or more"),
    (("modules", 3, "capacity"), True, "modules[3].capacity: is True, not a whole number in range"),
    (
        ("modules", 3, "seats_per_association"),
        99,
        "modules[3].seats_per_association: is 99, not a whole number in range; write a whole number from 1 to 20",
    ),
    (("modules", 3, "audience"), "mayor", "modules[3].audience: is 'mayor', not one of the known words; write one of president,"),
    (("modules", 3, "code"), "OD-01", "modules[3].code: is OD-01, a code that is taken"),
    (("modules", 3, "family"), "ZZ", "modules[3].family: is ZZ, which the pack does not have; write one of OD, MA"),
    (("modules", 3, "dimensions"), ["weather"], "modules[3].dimensions[0]: is weather, which the pack does not have"),
    (("trainer_course", "code"), "OD-01", "trainer_course.code: is OD-01, a code that is taken"),
    (("trainer_course", "seats"), 20, "trainer_course.seats: is 20, below the target of 24 trainers"),
    (("grid", "scales", "practice"), [{"fr": "Oui", "ar": "نعم"}], "grid.scales.practice: has 1 levels; write 5 levels"),
    (("grid", "dimensions", 0, "questions", 1, "scale"), "feeling", "grid.dimensions[0].questions[1].scale: is 'feeling'"),
    (
        ("grid", "dimensions", 1, "questions", 0, "code"),
        "GOV-1",
        "grid.dimensions[1].questions[0].code: is GOV-1, a code that is taken",
    ),
    (("grid", "dimensions", 0, "questions", 1, "weight"), 0, "grid.dimensions[0].questions[1].weight: is 0"),
    (
        ("grid", "dimensions", 0, "needs", 0, "modules"),
        ["OD-99"],
        "grid.dimensions[0].needs[0].modules[0]: is OD-99, which the pack",
    ),
    (("grid", "dimensions", 0, "needs", 0, "modules"), ["MA-07"], "modules[0]: is MA-07, which does not answer governance"),
    (
        ("grid", "dimensions", 0, "needs", 0, "modules"),
        ["OD-02"],
        "modules[0].dimensions[0]: is governance, no rule of which calls for OD-01",
    ),
    (("templates", 0, "code"), "good-morning", "templates[0].code: is 'good-morning', not one of the known words"),
    (("templates", 0, "fr", "body"), "Coût : 5 $ net", "templates[0].fr.body: has a $ that marks no value"),
    (
        ("templates", 0, "fr", "body"),
        "Votre ${salary}",
        "templates[0].fr.body: uses ${salary}, which certificate-issued does not have",
    ),
    (("templates", 0, "fr", "body"), "Bonjour", "templates[0].fr: does not use ${issued_on}, the other language does"),
    (("templates", 0, "ar", "subject"), "شهادة\nرقم ${number}", "templates[0].ar.subject: has a line break"),
    (("gates", "someday"), [], "gates.someday: is not a known key; write one of open, consolidating, closed"),
    (("gates", "open", 2, "measure"), "weather", "gates.open[2].measure: is 'weather'"),
    (("gates", "open", 1, "needed"), 2, "gates.open[1].needed: is 2 for 3 services"),
    (("gates", "open", 2, "services"), ["training"], "gates.open[2].services: stands beside the measure associations_registered"),
    (("targets", "phases", 0, "months"), None, "targets.phases[0].months: is empty, not a whole number"),
    (("certificates", "minimum_attendance"), 80, "certificates.minimum_attendance: is 80, not a share"),
    (
        ("certificates", "kinds", "honorary"),
        {},
        "certificates.kinds.honorary: is not a known key; write one of participation, trainer",
    ),
    (("certificates", "kinds", "trainer", "validity_months"), 0, "certificates.kinds.trainer.validity_months: is 0"),
]


class TestDocumentCheck:
    @pytest.mark.parametrize(("steps", "value", "problem"), WRONG, ids=[".".join(map(str, steps)) for steps, _, _ in WRONG])
    def test_says_where_what_is_wrong_and_what_to_write(
        self, document: dict[str, Any], steps: tuple[str | int, ...], value: Any, problem: str
    ) -> None:
        put(document, *steps, value=value)
        assert any(problem in found for found in problems(document)), problems(document)

    @pytest.mark.parametrize("key", list(PACK.to_document()))
    def test_a_missing_part_is_named_once(self, document: dict[str, Any], key: str) -> None:
        del document[key]
        found = problems(document)
        assert [problem for problem in found if problem.startswith(f"{key}: is missing; write")] == found[:1] == found

    def test_a_missing_message_is_named(self, document: dict[str, Any]) -> None:
        del document["templates"][0]
        assert problems(document) == ["templates: has no certificate-issued; write its subject and body in French and Arabic."]

    def test_all_problems_come_at_once(self, document: dict[str, Any]) -> None:
        put(document, "year", value=None)
        put(document, "modules", 0, "half_days", value=0)
        put(document, "targets", "actors", value="many")
        assert [found.split(":")[0] for found in problems(document)] == ["year", "modules[0].half_days", "targets.actors"]

    @pytest.mark.parametrize("value", [None, [], "pack", 7])
    def test_what_is_no_mapping_is_no_pack(self, value: Any) -> None:
        assert problems(value)[0].startswith("the pack: is ")

    def test_texts_and_codes_have_an_end(self) -> None:
        document = PACK.to_document()
        document["name"], document["title"]["fr"] = "x" * 101, "x" * 5_001
        assert [found.split(":")[0] for found in problems(document)] == ["name", "title.fr"]

    @settings(deadline=None)
    @given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=3), st.data())
    def test_any_value_in_any_place_is_read_or_refused_never_a_crash(self, value: Any, data: st.DataObject) -> None:
        document = PACK.to_document()
        place: Any = document
        while True:
            step = data.draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
            if not isinstance(place[step], dict | list) or not place[step] or data.draw(st.booleans()):
                break
            place = place[step]
        place[step] = value
        try:
            pack = Pack.from_document(document)
        except PackInvalid:
            return
        assert Pack.from_document(pack.to_document()) == pack


class TestFolderCheck:
    def test_the_file_of_a_problem_is_named(self, folder: Path) -> None:
        grid, offered = folder / "grid.yaml", folder / "templates" / "seat-offered.yaml"
        grid.write_text(grid.read_text("utf-8").replace("modules: [OD-01]", "modules: [OD-77]"), "utf-8")
        offered.write_text(offered.read_text("utf-8").replace("${until}", "${until_when}", 1), "utf-8")
        assert problems(folder)[0].startswith(
            "templates/seat-offered.yaml: fr.body: uses ${until_when}, which seat-offered does not have"
        )
        shutil.copy(FOLDER / "templates" / "seat-offered.yaml", offered)
        assert problems(folder)[0].startswith(
            "grid.yaml: dimensions[0].needs[0].modules[0]: is OD-77, which the pack does not have"
        )

    @pytest.mark.parametrize(
        "file", ["pack.yaml", "modules.yaml", "grid.yaml", "gates.yaml", "targets.yaml", "certificates.yaml"]
    )
    def test_a_missing_file_is_named(self, folder: Path, file: str) -> None:
        (folder / file).unlink()
        assert problems(folder) == [f"{file}: is missing; write this file."]

    def test_a_missing_key_is_sought_in_its_file(self, folder: Path) -> None:
        modules = folder / "modules.yaml"
        modules.write_text(modules.read_text("utf-8").split("trainer_course:")[0], "utf-8")
        assert problems(folder) == ["modules.yaml: trainer_course: is missing; write `trainer_course:` here with its value."]

    def test_a_missing_message_is_sought_in_the_templates(self, folder: Path) -> None:
        (folder / "templates" / "seat-offered.yaml").unlink()
        assert problems(folder) == ["templates/: has no seat-offered; write its subject and body in French and Arabic."]
        shutil.rmtree(folder / "templates")
        assert problems(folder) == ["templates/: has no file; write one file a message, such as seat-offered.yaml."]

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("a: [1", "targets.yaml: is not YAML (line "),
            ("actors: 1\nactors: 2\n", "targets.yaml: is not YAML (line 2: the key 'actors' is written twice)"),
            ("? [1, 2]\n: 3\n", "targets.yaml: is not YAML (line 1: found unhashable key)"),
            ("- 1", "targets.yaml: is not a mapping"),
            ("", "targets.yaml: is not a mapping"),
            ("a: !!python/object/apply:os.getcwd []", "targets.yaml: is not YAML (line 1: could not determine a constructor"),
        ],
    )
    def test_what_cannot_be_read_is_named_with_its_line(self, folder: Path, text: str, problem: str) -> None:
        (folder / "targets.yaml").write_text(text, "utf-8")
        assert problems(folder)[0].startswith(problem)

    def test_a_file_in_another_encoding_is_named(self, folder: Path) -> None:
        (folder / "targets.yaml").write_bytes("titre: été".encode("latin-1"))
        assert problems(folder) == ["targets.yaml: is not UTF-8 text; save it as UTF-8."]

    def test_strange_files_and_keys_are_not_passed_over(self, folder: Path) -> None:
        (folder / "gate.yaml").write_text("open: []", "utf-8")
        with (folder / "pack.yaml").open("a", encoding="utf-8") as pack:
            pack.write("modules: []\n")
        found = problems(folder)
        assert found[0].startswith("gate.yaml: is not a file of a pack; name it one of pack.yaml")
        assert found[1].startswith("pack.yaml: modules: is not a known key; write one of name, version, title, year")

    def test_a_folder_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        assert "is not a folder; give the folder that holds pack.yaml" in problems(tmp_path / "nowhere")[0]


def test_a_grid_can_be_read_from_the_pack_alone() -> None:
    assert isinstance(Pack.from_document(PACK.to_document()).grid, Grid)
