"""What lies and waits: keys, dead letters, the outbox, what is to be sent, what is due."""

from deploy.monitoring.dashboards.panel import Query, Scale, column, names
from deploy.monitoring.dashboards.pieces import NONE_ALLOWED, WAITING, curve, state_rows
from deploy.monitoring.dashboards.promql import SERVICE, or_none_each, per_second
from deploy.monitoring.dashboards.tables import table
from deploy.monitoring.dashboards.words import GREEN, LEASES, REASONS, RED, YELLOW

OLD: Scale = ((None, GREEN), (30, YELLOW), (60, RED))

WAITS = (
    table(
        "Qui attend qui",
        "Combien de clés attendent dans chaque service, pourquoi, et l'événement de quel service elles attendent. "
        "Une ligne à 0 sans raison : ce service n'attend rien.",
        {"service": "Service", "reason": "Raison", "awaits": "Attend"},
        {"Clés": or_none_each(f"max by (service, reason, awaits) (nassij_waiting_keys{{{SERVICE}}})")},
        (column("Raison", mappings=[names(REASONS)]),),
        (8, 8),
        unit="locale",
        runbooks=("KeysWaiting", "EventMissing"),
    ),
    curve(
        "Clés en attente",
        "Les mêmes, au fil du temps ; « en retard » : celles qui attendent depuis plus de 5 secondes.",
        (
            Query(or_none_each(f"max by (service, reason) (nassij_waiting_keys{{{SERVICE}}})"), "{{service}} {{reason}}"),
            Query(f"max by (service) (nassij_waiting_keys_late{{{SERVICE}}})", "{{service}} en retard"),
        ),
        "locale",
    ),
    curve(
        "Âge de la plus vieille attente",
        "Depuis combien de temps attend, dans chaque service, la clé qui attend le plus.",
        (Query(f"max by (service) (nassij_waiting_oldest_seconds{{{SERVICE}}})", "{{service}}"),),
        "s",
        scale=WAITING,
        runbooks=("KeyWaitsTooLong",),
    ),
    curve(
        "Lettres mortes à décider",
        "Événements qu'un service n'a pas pu appliquer, et dont la suite attend une décision.",
        (Query(f'max by (service) (nassij_dead_letters{{{SERVICE}, state="open"}})', "{{service}}"),),
        "locale",
        scale=NONE_ALLOWED,
        runbooks=("DeadLettersOpen",),
        width=24,
    ),
)
PUBLISHING = (
    curve(
        "Événements à publier",
        "Événements enregistrés par chaque service que Kafka n'a pas encore confirmés.",
        (Query(f"max by (service) (nassij_outbox_pending{{{SERVICE}}})", "{{service}}"),),
        "locale",
        runbooks=("OutboxNotPublished",),
    ),
    curve(
        "Âge du plus vieux non publié",
        "Depuis quand l'événement le plus ancien attend d'être publié ; après une minute, les autres travaillent sans lui.",
        (Query(f"max by (service) (nassij_outbox_oldest_seconds{{{SERVICE}}})", "{{service}}"),),
        "s",
        scale=OLD,
        runbooks=("OutboxNotPublished",),
    ),
    state_rows(
        "Qui tient le bail du relais",
        "Un seul relais par service publie à la fois. « Personne » : rien ne part ; « deux » : des événements partent en double.",
        f"sum by (service) (nassij_relay_lease_held{{{SERVICE}}})",
        LEASES,
        ("RelayLeaseHeldByNobody", "RelayLeaseHeldByTwo"),
    ),
    curve(
        "Événements publiés",
        "Événements que Kafka a confirmés, par seconde.",
        (Query(per_second("nassij_outbox_published_total", "service"), "{{service}}"),),
        "eps",
        width=12,
    ),
    curve(
        "Publications manquées",
        "Tours de publication qui ont fini par une erreur ; ils sont repris.",
        (Query(f"sum by (service) (increase(nassij_outbox_publish_failures_total{{{SERVICE}}}[$interval]))", "{{service}}"),),
        "none",
        scale=((None, GREEN), (5, RED)),
        runbooks=("PublishFailing",),
        width=12,
    ),
)
OUTSIDE = (
    curve(
        "Envois en attente",
        "Courriels et appels aux partenaires qui devraient être partis, et ne le sont pas encore.",
        (Query(or_none_each(f"max by (service, kind) (nassij_intents_pending{{{SERVICE}}})"), "{{service}} {{kind}}"),),
        "locale",
        runbooks=("IntentsOverdue",),
    ),
    curve(
        "Essais d'envoi, selon leur issue",
        "Envoyés, à reprendre, ou abandonnés, par seconde.",
        (Query(or_none_each(per_second("nassij_intents_total", "service, kind, outcome")), "{{service}} {{kind}} {{outcome}}"),),
        "ops",
        runbooks=("IntentsGivenUp",),
    ),
    curve(
        "Âge du plus vieux dû",
        "Depuis combien de temps le plus ancien envoi ou la plus ancienne échéance aurait dû avoir lieu.",
        (
            Query(f"max by (service) (nassij_intents_oldest_seconds{{{SERVICE}}})", "{{service}} envoi"),
            Query(f"max by (service) (nassij_deadlines_oldest_seconds{{{SERVICE}}})", "{{service}} échéance"),
        ),
        "s",
        scale=((None, GREEN), (300, YELLOW), (900, RED)),
        runbooks=("IntentsOverdue", "DeadlinesOverdue"),
    ),
    curve(
        "Échéances dépassées",
        "Échéances (fin d'une offre, suite d'un import) qui sont passées et n'ont pas été traitées.",
        (Query(f"max by (service) (nassij_deadlines_overdue{{{SERVICE}}})", "{{service}}"),),
        "locale",
        runbooks=("DeadlinesOverdue",),
        width=12,
    ),
    curve(
        "Échéances traitées, selon leur issue",
        "Faites, devenues sans objet, ou remises à plus tard après une erreur, par seconde.",
        (
            Query(
                or_none_each(per_second("nassij_deadlines_run_total", "service, name, outcome")),
                "{{service}} {{name}} {{outcome}}",
            ),
        ),
        "ops",
        runbooks=("DeadlinesFailing",),
        width=12,
    ),
)
