"""One region: its way to the opening, its provinces, its sessions, certificates and messages."""

from deploy.monitoring.dashboards import teaching, variables
from deploy.monitoring.dashboards.board import Board, Section
from deploy.monitoring.dashboards.looks import bars, number
from deploy.monitoring.dashboards.panel import Panel, Query, column, names
from deploy.monitoring.dashboards.pieces import NONE_IS_FINE
from deploy.monitoring.dashboards.promql import facts, or_none
from deploy.monitoring.dashboards.regional import HERE, by_province, lines, lines_by, step, total
from deploy.monitoring.dashboards.rollout import PROGRESS, counted, state
from deploy.monitoring.dashboards.tables import table
from deploy.monitoring.dashboards.words import GREEN, GREY, PROVINCES, STATE_COLOURS, STEPS, YELLOW

AWAITED = ', state=~"awaited|overdue"'


def _target(name: str, title: str, says: str) -> Panel:
    expr = f"{step(name)} / {total('nassij_rollout_target', target=name)}"
    return Panel(
        title=title,
        says=says,
        queries=(Query(or_none(expr)),),
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
        "Le même chemin dans chaque province ; « (sans province) » rassemble le reste, comme les certificats des formateurs.",
        {"province": "Province"},
        {title: by_province(name) for name, title in {**STEPS, "sessions": "Sessions", "waiting": "Liste d'attente"}.items()},
        (column("Province", mappings=[names(PROVINCES)]),),
        (16, 12),
        unit="locale",
    ),
)
REGISTER = (
    lines(
        "Registre",
        "Associations, personnes et diagnostics au fil du temps.",
        (
            Query(or_none(total("nassij_associations")), "Associations"),
            Query(or_none(total("nassij_actors")), "Acteurs"),
            Query(or_none(total("nassij_diagnostics")), "Diagnostics"),
        ),
    ),
    lines_by(
        "Lignes importées",
        "Lignes des fichiers importés, selon leur sort : inscrites, retenues comme doublons possibles, rejetées.",
        "outcome",
        "nassij_import_rows",
        {"registered": "inscrites", "held": "retenues", "rejected": "rejetées"},
    ),
    lines_by(
        "Besoins de formation",
        "Besoins auxquels les plans répondent ; satisfait quand quelqu'un de l'association a achevé le module.",
        "state",
        "nassij_training_needs",
        {"open": "ouverts", "closed": "satisfaits"},
    ),
)
BOARD = Board(
    uid="nassij-region",
    says="Une région du programme : son ouverture, ses provinces, ses sessions, ses certificats et ses messages.",
    variables=(
        variables.DATASOURCE,
        variables.region(one=True),
        variables.RUNBOOKS,
    ),
    sections=(
        Section("Où en est la région", HEAD),
        Section("De l'association au certificat", FUNNEL),
        Section("Registre et besoins", REGISTER),
        Section("Formations", teaching.TRAINING),
        Section("Certificats, messages et partenaires", teaching.AFTERWARDS),
    ),
    since="now-7d",
    refresh="1m",
)
