import jwt
import pytest

from chassis.sealing import Seal, Unsealable
from services.certification.issuers.events import IssuerEstablished
from services.certification.issuers.gateways import SealedKeys
from services.certification.issuers.model import CREDENTIAL
from tests.unit.certification import fakes


def test_an_issuer_publishes_its_public_key_alone() -> None:
    issuer = fakes.issuer("07")
    [established] = issuer.recorded
    assert isinstance(established, IssuerEstablished)
    assert established.jwk.kid == issuer.jwk["kid"]
    assert "d" not in issuer.jwk
    assert established.name.fr == "Programme Nassij – Marrakech-Safi"


def test_what_it_signs_can_be_checked_by_anybody_with_its_key_set() -> None:
    issuer = fakes.issuer()
    signed = issuer.sign({"number": "N"}, CREDENTIAL, fakes.KEYS)
    key = jwt.PyJWKSet.from_dict({"keys": [dict(issuer.jwk)]})[jwt.get_unverified_header(signed)["kid"]]
    assert jwt.decode(signed, key, algorithms=["EdDSA"])["number"] == "N"
    assert jwt.get_unverified_header(signed)["typ"] == CREDENTIAL


def test_a_copy_of_the_store_without_the_key_secret_signs_nothing() -> None:
    issuer = fakes.issuer()
    thief = SealedKeys(Seal("another-key-secret-of-more-than-32-characters"))
    with pytest.raises(Unsealable):
        issuer.sign({"number": "N"}, CREDENTIAL, thief)


def test_what_says_it_is_unsigned_counts_for_nothing() -> None:
    issuer = fakes.issuer()
    unsigned = jwt.encode({"number": "N"}, key=None, algorithm="none")
    shared = jwt.encode({"number": "N"}, key=issuer.jwk["x"] * 2, algorithm="HS256")
    for forged in (unsigned, shared, "", "a.b.c"):
        assert issuer.claims_of(forged) is None
