"""What follows when somebody completes an activity."""

from chassis.events import Received
from chassis.reactions import reaction
from services.certification.certificates import commands
from services.certification.certificates.events import Activity
from services.certification.certificates.model import Completion
from services.certification.issuers.model import Issuer
from services.certification.people.model import Person
from services.certification.preparation.model import Preparation


@reaction(
    "ma.nassij.training.completion.recorded.v1",
    loads=lambda event: {Preparation: [event.region], Issuer: [event.region], Person: [event.data["person"]]},
)
def certify(event: Received) -> None:
    """Issue the certificate that the completion earns."""
    data = event.data
    commands.issue(
        Completion(
            person=data["person"],
            activity=Activity(kind=data["activity"]["kind"], id=data["activity"]["id"]),
            course=data["module"],
            association=data.get("association"),
            region=event.region or data["region"],
            province=event.province,
        )
    )
