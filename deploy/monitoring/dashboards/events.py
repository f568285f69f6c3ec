"""Events on their way: how long each hop takes, what lies and waits where, and whether the freshness objective holds."""

from deploy.monitoring.dashboards import backlog, variables
from deploy.monitoring.dashboards.board import Board, Section
from deploy.monitoring.dashboards.looks import bars
from deploy.monitoring.dashboards.panel import Panel, Query, Scale
from deploy.monitoring.dashboards.pieces import NONE_ALLOWED, WAITING, burn, curve, small, state_rows
from deploy.monitoring.dashboards.promql import SERVICE, kept, mean, or_none, or_none_each, per_second, quantile
from deploy.monitoring.dashboards.tables import alerts
from deploy.monitoring.dashboards.words import CONSUMER_COLOURS, GREEN, RED, YELLOW

HOPS = {
    "1. Enregistrement → Kafka": "nassij_outbox_delay_seconds",
    "2. Kafka → service": "nassij_event_transit_seconds",
    "3. Traitement d'un lot": "nassij_consumer_batch_duration_seconds",
    "De bout en bout": "nassij_event_age_seconds",
}
HOP_SAYS = (
    "Du moment où un service enregistre un événement jusqu'à ce que Kafka l'ait confirmé.",
    "Du moment où Kafka a pris l'événement jusqu'à ce qu'un autre service le lise.",
    "Le temps d'appliquer un lot d'événements lu d'un coup, transactions comprises.",
    "Du moment où l'événement est enregistré jusqu'à ce que le service l'ait appliqué. L'objectif : 99 % en moins de 5 secondes.",
)
FRESH: Scale = ((None, GREEN), (2.5, YELLOW), (5, RED))
CONSUMER = (
    f'max by (service) (nassij_consumer_state{{{SERVICE}, state="backing-off"}}'
    f' or 2 * nassij_consumer_state{{{SERVICE}, state="stopped"}})'
)
"""What a consumer does, as a number: 0 runs, 1 backs off, 2 has stopped."""
KEPT: Scale = ((None, RED), (0.99, GREEN))


def _hop(title: str, says: str) -> Panel:
    shares = ((0.5, "médiane"), (0.99, "99 %"))
    queries = tuple(Query(quantile(share, HOPS[title], "service"), f"{{{{service}}}} {word}") for share, word in shares)
    scale = FRESH if title == "De bout en bout" else ()
    runbooks = ("EventFreshnessBudgetBurn",) if scale else ()
    return curve(title, says, queries, "s", scale=scale, runbooks=runbooks, width=12)


NOW = (
    small(
        "À l'heure (1 h)",
        "Part des événements de la dernière heure appliqués en moins de 5 secondes ; une clé qui attend plus est un retard.",
        kept("service:nassij_events_late:increase1h", "service:nassij_events:increase1h"),
        "percentunit",
        KEPT,
        ("EventFreshnessBudgetBurn",),
    ),
    small(
        "À lire",
        "Événements qui sont dans Kafka et que les services n'ont pas encore pris.",
        or_none(f"sum(nassij_consumer_lag{{{SERVICE}}})"),
        "locale",
        ((None, GREEN), (100, YELLOW), (1000, RED)),
        ("ConsumerLagging", "ConsumerStuck"),
    ),
    small(
        "À publier",
        "Événements enregistrés que Kafka n'a pas encore confirmés.",
        or_none(f"sum(max by (service) (nassij_outbox_pending{{{SERVICE}}}))"),
        "locale",
        ((None, GREEN), (100, YELLOW), (1000, RED)),
        ("OutboxNotPublished",),
    ),
    small(
        "En attente",
        "Associations, personnes, sessions… dont les événements attendent autre chose avant d'être appliqués.",
        or_none(f"sum(max by (service, reason, awaits) (nassij_waiting_keys{{{SERVICE}}}))"),
        "locale",
        ((None, GREEN), (1, YELLOW)),
        ("KeysWaiting", "EventMissing"),
    ),
    small(
        "Attente la plus longue",
        "Depuis combien de temps attend la clé qui attend le plus.",
        f"max(nassij_waiting_oldest_seconds{{{SERVICE}}})",
        "s",
        WAITING,
        ("KeyWaitsTooLong",),
    ),
    small(
        "Lettres mortes",
        "Événements qu'un service n'a pas pu appliquer ; quelqu'un doit décider (nassij deadletters).",
        or_none(f'sum(max by (service) (nassij_dead_letters{{{SERVICE}, state="open"}}))'),
        "locale",
        NONE_ALLOWED,
        ("DeadLettersOpen",),
    ),
    burn("fraîcheur des événements", "service:nassij_events_late:ratio_increase", "0.01", "EventFreshnessBudgetBurn"),
    Panel(
        title="Où passe le temps (99 %)",
        says="Pour chaque étape, le temps sous lequel restent 99 % des événements, tous les services choisis confondus.",
        queries=tuple(Query(f"{quantile(0.99, histogram)} >= 0", title) for title, histogram in HOPS.items()),
        look=bars(),
        unit="s",
        scale=FRESH,
        highest=5,
    ),
)
LATENCY = tuple(_hop(title, says) for title, says in zip(HOPS, HOP_SAYS, strict=True))
READING = (
    curve(
        "Retard de lecture",
        "Événements qui attendent dans chaque sujet de Kafka, par service qui doit les lire.",
        (Query(f"sum by (service, topic) (nassij_consumer_lag{{{SERVICE}}})", "{{service}} ← {{topic}}"),),
        "locale",
        runbooks=("ConsumerLagging", "ConsumerStuck"),
        width=12,
    ),
    curve(
        "Événements lus, selon leur sort",
        "Appliqués, sans intérêt pour le service, déjà vus, en attente ou morts ; un événement qui attend compte à chaque essai.",
        (Query(per_second("nassij_consumer_events_total", "service, outcome"), "{{service}} {{outcome}}"),),
        "eps",
        width=12,
    ),
    state_rows(
        "État des lecteurs",
        "En marche, en retrait (la base ou Kafka ne répond pas) ou arrêté (trop de lettres mortes d'un coup).",
        CONSUMER,
        CONSUMER_COLOURS,
        ("ConsumerStopped", "ConsumerBackingOff"),
    ),
    curve(
        "Taille des lots",
        "Combien d'événements un service lit d'un coup, en moyenne ; de grands lots veulent dire qu'il rattrape un retard.",
        (
            Query(
                mean("nassij_consumer_batch_size", "service"),
                "{{service}}",
            ),
        ),
        "none",
    ),
    curve(
        "Pauses et lots coupés",
        "Fautes de la base ou de Kafka que le lecteur laisse passer, et lots refaits en deux après une rencontre.",
        (
            Query(
                or_none_each(f"sum by (service, cause) (increase(nassij_consumer_pauses_total{{{SERVICE}}}[$interval]))"),
                "{{service}} pause {{cause}}",
            ),
            Query(
                f"sum by (service) (increase(nassij_consumer_batch_splits_total{{{SERVICE}}}[$interval]))",
                "{{service}} lots coupés",
            ),
        ),
        "none",
    ),
)
BOARD = Board(
    uid="nassij-events",
    says="Les événements entre les services : le temps de chaque étape, ce qui s'accumule, qui attend qui, l'objectif tenu.",
    variables=(variables.DATASOURCE, variables.SERVICE, variables.INTERVAL, variables.RUNBOOKS),
    sections=(
        Section("Maintenant", NOW),
        Section("Le temps de chaque étape", LATENCY),
        Section("Lire", READING),
        Section("Attendre", backlog.WAITS),
        Section("Publier", backlog.PUBLISHING),
        Section("Vers l'extérieur, et à l'heure dite", backlog.OUTSIDE),
        Section("Alertes", (alerts(),)),
    ),
)
