import pytest

from chassis.sealing import Seal, Unsealable

SECRET = "a-key-secret-of-more-than-32-characters"


def test_what_is_sealed_opens_again() -> None:
    seal = Seal(SECRET)
    kept = seal.close(b"private", "issuer/03")
    assert b"private" not in kept
    assert seal.open(kept, "issuer/03") == b"private"


def test_the_same_secret_is_never_sealed_the_same_way() -> None:
    seal = Seal(SECRET)
    assert seal.close(b"private", "issuer/03") != seal.close(b"private", "issuer/03")


def test_another_purpose_another_key_or_damage_does_not_open_it() -> None:
    kept = Seal(SECRET).close(b"private", "issuer/03")
    for seal, sealed, purpose in (
        (Seal(SECRET), kept, "issuer/07"),
        (Seal(SECRET[::-1]), kept, "issuer/03"),
        (Seal(SECRET), kept[:-1], "issuer/03"),
        (Seal(SECRET), b"", "issuer/03"),
    ):
        with pytest.raises(Unsealable, match="NASSIJ_KEY_SECRET"):
            seal.open(sealed, purpose)


def test_what_is_derived_hangs_on_the_purpose_and_the_key_secret() -> None:
    derived = Seal(SECRET).derive("api-key/1")
    assert derived == Seal(SECRET).derive("api-key/1")
    assert derived not in {Seal(SECRET).derive("api-key/2"), Seal(SECRET[::-1]).derive("api-key/1")}
