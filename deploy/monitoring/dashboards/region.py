"""One region: its way to the opening, its provinces, its sessions, certificates and messages."""

from deploy.monitoring.dashboards import variables
from deploy.monitoring.dashboards.board import Board, Section
from deploy.monitoring.dashboards.looks import bars, curves, number
from deploy.monitoring.dashboards.panel import Panel, Query, column, names
from deploy.monitoring.dashboards.pieces import NONE_ALLOWED, NONE_IS_FINE
from deploy.monitoring.dashboards.promql import facts, or_none
from deploy.monitoring.dashboards.rollout import ALL_BLUE, PROGRESS, counted, state
from deploy.monitoring.dashboards.tables import table
from deploy.monitoring.dashboards.words import GREEN, GREY, PROVINCES, STATE_COLOURS, STEPS, YELLOW

HERE = 'region="$region"'
AWAITED = ', state=~"awaited|overdue"'


def total(metric: str, **labels: str) -> str:
    """A figure of the region, added up."""
    return f"sum({facts(metric, HERE, **labels)})"


def step(name: str) -> str:
    """A figure of the funnel, all provinces added up."""
    return total("nassij_funnel", step=name)


def by(label: str, metric: str) -> str:
    """A figure of the region by one of its labels; one 0 where there is nothing at all."""
    return or_none(f"sum by ({label}) ({facts(metric, HERE)})")


def _curve(
    title: str,
    says: str,
    queries: tuple[Query, ...],
    shown: dict[str, str] | None = None,
    *,
    stacked: bool = False,
    width: int = 8,
) -> Panel:
    look = curves(stacked=stacked)
    return Panel(title=title, says=says, queries=queries, look=look, unit="locale", names=shown or {}, width=width)


def _by(title: str, says: str, label: str, metric: str, shown: dict[str, str], width: int = 8) -> Panel:
    return _curve(title, says, (Query(by(label, metric), f"{{{{{label}}}}}"),), shown, stacked=True, width=width)


def _target(name: str, title: str, says: str) -> Panel:
    expr = f"({or_none(step(name))}) / $target_{name}"
    return Panel(
        title=title,
        says=says,
        queries=(Query(expr),),
        look=number(),
        unit="percentunit",
        width=4,
        height=4,
        scale=PROGRESS,
        decimals=0,
    )


HEAD = (
    Panel(
        title="État",
        says="Prévue, en préparation ou ouverte, selon les événements.",
        queries=(Query(or_none(state(HERE))),),
        look=number(),
        unit="none",
        width=4,
        height=4,
        texts=STATE_COLOURS,
        scale=((None, GREY), (1, YELLOW), (2, GREEN)),
    ),
    counted(
        "Conditions manquantes",
        "Conditions que la région doit encore remplir avant de pouvoir ouvrir ; 0 aussi quand elle est déjà ouverte.",
        total("nassij_region_gates", holds="no"),
        NONE_IS_FINE,
    ),
    counted(
        "Services non prêts",
        "Services qui ne se sont pas encore déclarés prêts pour la région, en retard ou non.",
        f"sum({facts('nassij_region_services', HERE + AWAITED)})",
        NONE_IS_FINE,
        ("RegionNotPrepared",),
    ),
    _target("associations", "Associations / cible", "Part de la cible d'associations déjà inscrites."),
    _target("actors", "Acteurs / cible", "Part de la cible d'acteurs déjà connus."),
    _target("trainers", "Formateurs / cible", "Part de la cible de formateurs déjà certifiés."),
)
FUNNEL = (
    Panel(
        title="De l'association au certificat",
        says="Combien il en reste à chaque étape, toute la région confondue.",
        queries=tuple(Query(or_none(step(name)), title) for name, title in STEPS.items()),
        look=bars(),
        unit="locale",
        width=8,
        height=12,
        runbooks=("ObservatoryDisagrees",),
    ),
    table(
        "Par province et préfecture",
        "Le même chemin dans chaque province ; « (toute la région) » rassemble ce qui n'appartient à aucune province.",
        {"province": "Province"},
        {
            title: f"sum by (province) ({facts('nassij_funnel', HERE, step=name)})"
            for name, title in {**STEPS, "sessions": "Sessions", "waiting": "Liste d'attente"}.items()
        },
        (column("Province", mappings=[names(PROVINCES)]),),
        (16, 12),
        unit="locale",
    ),
)
REGISTER = (
    _curve(
        "Registre",
        "Associations, personnes et diagnostics au fil du temps.",
        (
            Query(or_none(total("nassij_associations")), "Associations"),
            Query(or_none(total("nassij_actors")), "Acteurs"),
            Query(or_none(total("nassij_diagnostics")), "Diagnostics"),
        ),
    ),
    _by(
        "Lignes importées",
        "Lignes des fichiers importés, selon leur sort : inscrites, retenues comme doublons possibles, rejetées.",
        "outcome",
        "nassij_import_rows",
        {"registered": "inscrites", "held": "retenues", "rejected": "rejetées"},
    ),
    _by(
        "Besoins de formation",
        "Besoins auxquels les plans répondent ; satisfait quand quelqu'un de l'association a achevé le module.",
        "state",
        "nassij_training_needs",
        {"open": "ouverts", "closed": "satisfaits"},
    ),
)
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
    _by(
        "Sessions",
        "Toutes les sessions de la région, selon leur état.",
        "state",
        "nassij_sessions",
        {"planned": "prévues", "closed": "closes", "cancelled": "annulées"},
    ),
    _by(
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
    _curve(
        "Places et présences",
        "Places des sessions, et signatures sur les feuilles de présence (une par personne et demi-journée).",
        (
            Query(or_none(total("nassij_session_seats")), "Places"),
            Query(or_none(total("nassij_session_attendances")), "Présences aux sessions"),
            Query(or_none(total("nassij_cohort_attendances")), "Présences aux cohortes"),
        ),
    ),
    _by(
        "Activités achevées",
        "Sessions et cohortes achevées, une par personne et activité.",
        "activity",
        "nassij_completions",
        {"session": "sessions", "cohort": "cohortes"},
        12,
    ),
    _by(
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
    _by(
        "Certificats",
        "Certificats délivrés, selon ce qu'ils valent aujourd'hui.",
        "status",
        "nassij_certificates",
        {"valid": "valides", "expired": "expirés", "revoked": "révoqués"},
    ),
    _by("Messages", "Messages écrits, par modèle.", "template", "nassij_messages", {}),
    _curve(
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

BOARD = Board(
    uid="nassij-region",
    says="Une région du programme : son ouverture, ses provinces, ses sessions, ses certificats et ses messages.",
    variables=(
        variables.DATASOURCE,
        variables.region(one=True),
        *(variables.target(name) for name in variables.TARGETS),
        variables.RUNBOOKS,
    ),
    sections=(
        Section("Où en est la région", HEAD),
        Section("De l'association au certificat", FUNNEL),
        Section("Registre et besoins", REGISTER),
        Section("Formations", TRAINING),
        Section("Certificats, messages et partenaires", AFTERWARDS),
    ),
    since="now-7d",
    refresh="1m",
)
