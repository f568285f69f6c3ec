"""The French words and the colours that all dashboards share."""

from types import MappingProxyType

from vocabulary.territory import provinces, regions

GREEN, YELLOW, ORANGE, RED, BLUE, GREY = "green", "yellow", "orange", "red", "blue", "#8e8e8e"

REGIONS = MappingProxyType({region.code: region.names.fr for region in regions()})
PROVINCES = MappingProxyType(
    {**{province.code: province.names.fr for province in provinces()}, **dict.fromkeys(REGIONS, "(sans province)")}
)
"""Names of provinces; a region's code stands for what belongs to none of its provinces."""

STATES = MappingProxyType({"planned": "prévue", "preparing": "en préparation", "open": "ouverte"})
STATE_COLOURS = MappingProxyType(
    {"0": (STATES["planned"], GREY), "1": (STATES["preparing"], ORANGE), "2": (STATES["open"], GREEN)}
)
"""A region's state as a number, in the order in which a region goes through them."""

STEPS = MappingProxyType(
    {
        "associations": "Associations inscrites",
        "associations_diagnosed": "Associations diagnostiquées",
        "associations_in_need": "Associations avec un besoin",
        "enrolments": "Inscriptions aux sessions",
        "people_trained": "Personnes formées",
        "associations_trained": "Associations formées",
        "certificates": "Certificats délivrés",
        "people_certified": "Personnes certifiées",
        "associations_certified": "Associations certifiées",
    }
)
"""The way from an association to a certificate, step by step, as the observatory counts it."""

TEMPLATES = MappingProxyType(
    {
        "certificate-issued": "certificat délivré",
        "certificate-revoked": "certificat révoqué",
        "cohort-selected": "choisi pour une cohorte",
        "offer-expired": "offre expirée",
        "seat-offered": "place offerte",
        "session-cancelled": "session annulée",
        "session-enrolled": "inscrit à une session",
        "session-waitlisted": "mis en liste d'attente",
    }
)
"""The packs' templates of messages."""

REASONS = MappingProxyType(
    {"gap": "événement manquant", "not-yet": "autre clé attendue", "dead": "lettre morte", "retry": "nouvel essai"}
)
CONSUMER_COLOURS = MappingProxyType({"0": ("en marche", GREEN), "1": ("en retrait", ORANGE), "2": ("arrêté", RED)})
ANSWERS = MappingProxyType({"0": ("ne répond pas", RED), "1": ("répond", GREEN)})
LEASES = MappingProxyType({"0": ("personne", RED), "1": ("un relais", GREEN), "2": ("deux relais", ORANGE)})
SEVERITIES = MappingProxyType({"page": ("appel", RED), "ticket": ("à traiter", ORANGE), "info": ("témoin", GREEN)})
