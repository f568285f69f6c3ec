"""The roll-out: which region is how far, from its associations to its certificates."""

from deploy.monitoring.dashboards import variables
from deploy.monitoring.dashboards.board import Board, Section
from deploy.monitoring.dashboards.looks import bars, curves, number, states
from deploy.monitoring.dashboards.panel import Panel, Query, Scale, column, texts
from deploy.monitoring.dashboards.pieces import NONE_ALLOWED, NONE_IS_FINE
from deploy.monitoring.dashboards.promql import facts, or_none
from deploy.monitoring.dashboards.tables import COLOURED, alerts, table, to_region
from deploy.monitoring.dashboards.words import BLUE, GREEN, GREY, ORANGE, RED, REGIONS, STATE_COLOURS, STEPS, YELLOW

HERE = 'region=~"$region"'
ALL_BLUE: Scale = ((None, BLUE),)
ALL_GREY: Scale = ((None, GREY),)
PROGRESS: Scale = ((None, RED), (0.25, ORANGE), (0.5, YELLOW), (1, GREEN))


def state(where: str = HERE) -> str:
    """A region's state as a number, as the events tell it: 0 planned, 1 preparing, 2 open."""
    told = [
        f'nassij_rollout_state{{{where}, state="{name}"}} * {value}'
        for value, name in enumerate(("planned", "preparing", "open"))
    ]
    return f"max by (region) ({' or '.join(told)})"


def step(name: str, where: str = HERE) -> str:
    """How many a region has, its provinces added up."""
    return f"sum by (region) ({facts('nassij_funnel', where, step=name)})"


def each(expr: str) -> str:
    """0 for a region of which nothing was told yet."""
    return f"{expr} or 0 * {state()}"


def counted(title: str, says: str, expr: str, scale: Scale = ALL_BLUE, runbooks: tuple[str, ...] = ()) -> Panel:
    """A small number; 0 where there is nothing."""
    query = Query(or_none(expr))
    return Panel(
        title=title, says=says, queries=(query,), look=number(), unit="locale", width=4, height=4, scale=scale, runbooks=runbooks
    )


def _wanted(name: str) -> str:
    return f"max by (region) ({facts('nassij_rollout_target', HERE, target=name)})"


def _target(name: str, title: str, says: str) -> Panel:
    return Panel(
        title=title,
        says=says,
        queries=(Query(each(f"{step(name)} / {_wanted(name)}"), "{{region}}"),),
        look=bars(),
        unit="percentunit",
        height=11,
        scale=PROGRESS,
        names=REGIONS,
        highest=1,
        decimals=0,
    )


def _over_time(title: str, says: str, name: str) -> Panel:
    query = Query(step(name), "{{region}}")
    return Panel(title=title, says=says, queries=(query,), look=curves(), unit="locale", names=REGIONS)


STATES = (
    counted("Régions ouvertes", "Régions où les formations ont lieu.", f"count({state()} == 2)", ((None, GREY), (1, GREEN))),
    counted(
        "En préparation",
        "Régions qui ont rejoint le programme et remplissent une à une les conditions d'ouverture.",
        f"count({state()} == 1)",
    ),
    counted("Prévues", "Régions qui n'ont pas encore rejoint le programme.", f"count({state()} == 0)", ALL_GREY),
    counted(
        "Préparations en retard",
        "Services qui auraient déjà dû se déclarer prêts pour une région. Tant qu'il en manque un, elle ne peut pas ouvrir.",
        f"sum({facts('nassij_region_services', HERE, state='overdue')})",
        NONE_ALLOWED,
        ("RegionNotPrepared",),
    ),
    counted(
        "Doublons à trancher",
        "Associations retenues parce qu'elles ressemblent à une autre ; un agent du registre doit décider.",
        f"sum({facts('nassij_reviews_open', HERE)})",
        NONE_IS_FINE,
    ),
    counted(
        "Alertes à traiter",
        "Alertes qui sonnent et attendent quelqu'un, toutes régions et tous services confondus.",
        'count(ALERTS{alertstate="firing", severity=~"page|ticket"})',
        NONE_ALLOWED,
    ),
    Panel(
        title="Parcours des régions",
        says="L'état de chaque région au fil du temps : prévue, en préparation, ouverte.",
        queries=(Query(state(), "{{region}}"),),
        look=states(),
        unit="none",
        width=24,
        height=11,
        texts=STATE_COLOURS,
        names=REGIONS,
        highest=2,
    ),
    table(
        "Tableau des régions",
        "Où en est chaque région : son état, les conditions qui manquent encore à son ouverture, et chaque étape jusqu'au "
        "certificat. Un clic sur son nom ouvre la région.",
        {"region": "Région"},
        {
            "État": state(),
            "Conditions manquantes": each(f"sum by (region) ({facts('nassij_region_gates', HERE, holds='no')})"),
            **{title: each(step(name)) for name, title in STEPS.items()},
        },
        (
            to_region(),
            column("État", mappings=[texts(STATE_COLOURS)], custom__cellOptions=COLOURED),
        ),
        (24, 12),
        unit="locale",
    ),
)
TARGETS = (
    _target("associations", "Associations inscrites / cible", "Part de la cible d'associations déjà inscrites au registre."),
    _target("actors", "Acteurs connus / cible", "Part de la cible d'acteurs (membres des bureaux des associations) déjà connus."),
    _target("trainers", "Formateurs certifiés / cible", "Part de la cible de formateurs du pôle de compétences déjà certifiés."),
)
OVER_TIME = (
    _over_time("Associations inscrites", "Combien d'associations chaque région compte, au fil du temps.", "associations"),
    _over_time("Personnes formées", "Combien de personnes ont achevé au moins une activité, au fil du temps.", "people_trained"),
    _over_time(
        "Certificats délivrés", "Combien de certificats ont été délivrés, révoqués compris, au fil du temps.", "certificates"
    ),
)
FUNNELS = (
    Panel(
        title="De l'association au certificat : $region",
        says=(
            "Combien il en reste à chaque étape, de l'inscription au registre jusqu'au certificat. "
            "Une marche très haute entre deux étapes montre où la région perd du monde."
        ),
        queries=tuple(Query(or_none(f"sum({facts('nassij_funnel', HERE, step=name)})"), title) for name, title in STEPS.items()),
        look=bars(),
        unit="locale",
        width=24,
        height=10,
        repeat="region",
    ),
)

BOARD = Board(
    uid="nassij-rollout",
    says="Le déploiement du programme, région par région : états, cibles, et le chemin de l'association au certificat.",
    variables=(
        variables.DATASOURCE,
        variables.region(one=False),
        variables.RUNBOOKS,
    ),
    sections=(
        Section("Où en sont les régions", STATES),
        Section("Par rapport aux cibles", TARGETS),
        Section("Au fil du temps", OVER_TIME),
        Section("Alertes", (alerts(),)),
        Section("De l'association au certificat, région par région", FUNNELS),
    ),
    since="now-7d",
    refresh="1m",
)
