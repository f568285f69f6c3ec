"""What issues and revokes certificates."""

from chassis import clock
from chassis.commands import command
from chassis.queries import find, get
from services.certification.certificates import queries
from services.certification.certificates.gateways import addresses
from services.certification.certificates.model import Certificate, Completion, StatusList
from services.certification.certificates.numbers import new_number
from services.certification.issuers import queries as issuers
from services.certification.issuers.gateways import keys
from services.certification.people import queries as people
from services.certification.preparation import queries as preparation


@command
def issue(completion: Completion) -> Certificate:
    """Certify a completion; who completed the same activity before keeps the certificate of then.

    Raises:
        NotYet: the region has not joined here yet, or the registry has not described the person here yet.

    """
    held = queries.of_activity(completion.person, completion.activity)
    if held is not None:
        return held
    part, issuer = preparation.part_of_region(completion.region), issuers.awaited_issuer(completion.region)
    holder, today = people.awaited_person(completion.person), clock.today()
    number = new_number(completion.region, today.year)
    certificate = Certificate.of(completion, holder, part, number=number, on=today, addresses=addresses())
    certificate.issue(issuer, keys(), addresses())
    return certificate.save()


@command
def revoke(number: str, reason: str, source: str) -> Certificate:
    """Take a certificate back, and renew the region's status list with it.

    Raises:
        NotFound: no certificate of the asker's territory has this number.
        RuleBroken: it has been revoked already.

    """
    certificate, today = get(Certificate, number), clock.today()
    certificate.revoke(reason, source, today)
    revoked = find(StatusList, certificate.region) or StatusList(region=certificate.region)
    revoked.add(certificate)
    revoked.sign(issuers.awaited_issuer(certificate.region), keys(), today)
    revoked.save()
    return certificate.save()
