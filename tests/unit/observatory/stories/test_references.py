from services.observatory.stories.references import MOST, references


def test_an_event_names_the_things_that_its_data_hold_ids_of() -> None:
    data = {"person": "p", "association": "a", "activity": {"kind": "session", "id": "s"}, "module": "OD-01"}
    assert references(data, "completion/1") == ["actor/p", "association/a", "session/s"]


def test_an_event_does_not_name_its_own_stream() -> None:
    assert references({"association": "a"}, "association/a") == []


def test_a_dead_letters_announcement_names_the_stream_that_stands_still() -> None:
    assert references({"stream": "region/03", "position": 2}, "deadletter/1") == ["region/03"]


def test_lists_are_named_up_to_a_bound() -> None:
    assert references({"against": ["a", "b", None, ""]}, "review/1") == ["association/a", "association/b"]
    assert len(references({"against": [str(n) for n in range(1000)]}, "review/1")) == MOST


def test_data_that_are_no_object_name_nothing() -> None:
    assert references(None, "person/1") == references([1], "x/1") == references("text", "x/1") == []
