"""What is taught in a region, and what comes of it: certificates, messages, deliveries to partners."""

from deploy.monitoring.dashboards.looks import number
from deploy.monitoring.dashboards.panel import Panel, Query
from deploy.monitoring.dashboards.pieces import NONE_ALLOWED, NONE_IS_FINE
from deploy.monitoring.dashboards.promql import or_none
from deploy.monitoring.dashboards.regional import by, lines, lines_by, total
from deploy.monitoring.dashboards.rollout import ALL_BLUE, counted
from deploy.monitoring.dashboards.words import TEMPLATES

TRAINING_COUNTS = (
    counted("Plans provinciaux", "Plans de formation établis dans les provinces.", total("nassij_plans")),
    counted("Formateurs", "Formateurs dont le certificat est en cours de validité.", total("nassij_trainers")),
    counted(
        "Liste d'attente", "Personnes qui attendent une place.", total("nassij_session_enrolments", state="waiting"), NONE_IS_FINE
    ),
    counted(
        "Places offertes",
        "Places libérées, proposées à quelqu'un qui doit répondre.",
        total("nassij_session_enrolments", state="offered"),
    ),
    counted("Doublons à trancher", "Associations retenues pour ressemblance.", total("nassij_reviews_open"), NONE_IS_FINE),
    Panel(
        title="Places occupées",
        says="Part des places des sessions (non annulées) qui sont prises.",
        queries=(
            Query(or_none(f"{total('nassij_session_enrolments', state='seated')} / ({total('nassij_session_seats')} > 0)")),
        ),
        look=number(),
        unit="percentunit",
        width=4,
        height=4,
        scale=ALL_BLUE,
        decimals=0,
    ),
)
TRAINING = (
    *TRAINING_COUNTS,
    lines_by(
        "Sessions",
        "Toutes les sessions de la région, selon leur état.",
        "state",
        "nassij_sessions",
        {"planned": "prévues", "closed": "closes", "cancelled": "annulées"},
    ),
    lines_by(
        "Inscriptions",
        "Inscriptions aux sessions non annulées, selon leur état.",
        "state",
        "nassij_session_enrolments",
        {
            "seated": "placées",
            "waiting": "en attente",
            "offered": "place offerte",
            "declined": "offre refusée",
            "expired": "offre expirée",
            "withdrawn": "retirées",
        },
    ),
    lines(
        "Places et présences",
        "Places des sessions, et signatures sur les feuilles de présence (une par personne et demi-journée).",
        (
            Query(or_none(total("nassij_session_seats")), "Places"),
            Query(or_none(total("nassij_session_attendances")), "Présences aux sessions"),
            Query(or_none(total("nassij_cohort_attendances")), "Présences aux cohortes"),
        ),
    ),
    lines_by(
        "Activités achevées",
        "Sessions et cohortes achevées, une par personne et activité.",
        "activity",
        "nassij_completions",
        {"session": "sessions", "cohort": "cohortes"},
        12,
    ),
    lines_by(
        "Cohortes de futurs formateurs",
        "Cohortes du pôle de compétences, selon leur état.",
        "state",
        "nassij_cohorts",
        {"open": "ouvertes", "closed": "closes"},
        12,
    ),
)
AFTERWARDS = (
    counted("Certificats valides", "Certificats en cours de validité.", total("nassij_certificates", status="valid")),
    counted(
        "Certificats révoqués",
        "Certificats retirés ; leur page de vérification le dit.",
        total("nassij_certificates", status="revoked"),
    ),
    counted("Messages envoyés", "Courriels pris par le serveur de messagerie.", total("nassij_messages", state="sent")),
    counted(
        "Messages perdus",
        "Courriels essayés jusqu'au bout et jamais pris.",
        total("nassij_messages", state="failed"),
        NONE_ALLOWED,
        ("IntentsGivenUp",),
    ),
    counted("Livraisons faites", "Appels aux partenaires qui ont répondu.", total("nassij_deliveries", state="delivered")),
    counted(
        "Livraisons perdues",
        "Appels aux partenaires essayés jusqu'au bout et jamais acceptés.",
        total("nassij_deliveries", state="failed"),
        NONE_ALLOWED,
        ("IntentsGivenUp",),
    ),
    lines_by(
        "Certificats",
        "Certificats délivrés, selon ce qu'ils valent aujourd'hui.",
        "status",
        "nassij_certificates",
        {"valid": "valides", "expired": "expirés", "revoked": "révoqués"},
    ),
    lines_by("Messages", "Messages écrits, par modèle.", "template", "nassij_messages", TEMPLATES),
    lines(
        "Partenaires",
        "Livraisons aux partenaires selon leur sort, et leurs abonnements.",
        (
            Query(by("state", "nassij_deliveries"), "livraisons : {{state}}"),
            Query(by("state", "nassij_subscriptions"), "abonnements : {{state}}"),
        ),
        {
            "livraisons : pending": "livraisons en attente",
            "livraisons : delivered": "livraisons faites",
            "livraisons : failed": "livraisons perdues",
            "abonnements : active": "abonnements actifs",
            "abonnements : disabled": "abonnements suspendus",
        },
    ),
)
