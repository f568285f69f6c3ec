"""Certification, as it is put together."""

from chassis.service import Service

service = Service(
    "certification",
    title="Certification: issuers, certificates and their public check",
    subjects=["people", "issuers", "preparation", "certificates"],
    demands=["key_secret"],  # seals what it keeps of secrets
)
