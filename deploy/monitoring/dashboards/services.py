"""Services: rate, errors and duration of their APIs, what they stand on, and their processes."""

from deploy.monitoring.dashboards import variables
from deploy.monitoring.dashboards.board import Board, Section
from deploy.monitoring.dashboards.looks import states
from deploy.monitoring.dashboards.panel import Panel, Query, column
from deploy.monitoring.dashboards.pieces import NONE_ALLOWED, burn, curve, small
from deploy.monitoring.dashboards.promql import API, SERVICE, kept, or_none, or_none_each, per_second, quantile
from deploy.monitoring.dashboards.tables import alerts, table
from deploy.monitoring.dashboards.words import ANSWERS, GREEN, ORANGE, RED, YELLOW

REQUESTS = "nassij_http_request_duration_seconds"
ASKED = f"{SERVICE}, {API}"
UP = f'up{{job="nassij", {SERVICE}}}'
FAILED = f'{ASKED}, status=~"5.."'
ROUTE = "service, method, route"
EACH_ROUTE = per_second(f"{REQUESTS}_count", ROUTE, ASKED)
SLOW = ((None, GREEN), (0.5, YELLOW), (1, RED))
NAMED = "{{service}} {{role}}"

NOW = (
    small(
        "Processus muets",
        "Processus auxquels Prometheus ne parvient plus à parler.",
        or_none(f"count({UP} == 0)"),
        "none",
        NONE_ALLOWED,
        ("ServiceDown", "NothingWatched"),
    ),
    small(
        "Redémarrages (1 h)",
        "Combien de fois des processus ont recommencé pendant la dernière heure.",
        f'sum(changes(process_start_time_seconds{{job="nassij", {SERVICE}}}[1h]))',
        "none",
        ((None, GREEN), (1, YELLOW), (3, RED)),
        ("ServiceRestarting",),
    ),
    small(
        "Versions en service",
        "Combien de versions du logiciel tournent en même temps ; plus d'une veut dire qu'une mise à jour n'est pas finie.",
        f"count(count by (version) (nassij_build_info{{{SERVICE}}}))",
        "none",
        ((None, GREEN), (2, ORANGE)),
        ("BuildMismatch",),
    ),
    small(
        "API disponible (1 h)",
        "Part des requêtes de la dernière heure qui n'ont pas échoué par la faute du service (5xx). L'objectif : 99,5 %.",
        kept("service:nassij_http_errors:rate1h", "service:nassij_http_requests:rate1h"),
        "percentunit",
        ((None, RED), (0.995, GREEN)),
        ("ApiErrorBudgetBurn",),
    ),
    small(
        "Requêtes par seconde",
        "Requêtes aux API, sans celles de la surveillance.",
        or_none(f"sum(rate({REQUESTS}_count{{{ASKED}}}[$interval]))"),
        "reqps",
        ((None, "blue"),),
    ),
    small(
        "Chiffres illisibles (1 h)",
        "Relevés pendant lesquels un chiffre du programme n'a pas pu être lu ; les tableaux montrent alors l'ancien ou rien.",
        or_none(f"sum(increase(nassij_domain_gauge_errors_total{{{SERVICE}}}[1h]))"),
        "none",
        NONE_ALLOWED,
        ("DomainGaugeUnreadable",),
    ),
)
API_PANELS = (
    curve(
        "Requêtes",
        "Requêtes par seconde, par service.",
        (Query(or_none_each(per_second(f"{REQUESTS}_count", "service", ASKED)), "{{service}}"),),
        "reqps",
    ),
    curve(
        "Erreurs",
        "Part des requêtes auxquelles le service a répondu 5xx. Un refus (4xx) n'est pas une erreur.",
        (
            Query(
                or_none_each(
                    f"({or_none_each(per_second(f'{REQUESTS}_count', 'service', FAILED))})"
                    f" / (sum by (service) (rate({REQUESTS}_count{{{ASKED}}}[$interval])) > 0)"
                ),
                "{{service}}",
            ),
        ),
        "percentunit",
        scale=((None, GREEN), (0.005, ORANGE), (0.05, RED)),
        runbooks=("ApiErrorBudgetBurn",),
    ),
    curve(
        "Durées",
        "Le temps sous lequel restent la moitié et 95 % des réponses, par service.",
        tuple(
            Query(quantile(share, REQUESTS, "service", ASKED), f"{{{{service}}}} {word}")
            for share, word in ((0.5, "médiane"), (0.95, "95 %"))
        ),
        "s",
        scale=SLOW,
        runbooks=("ApiSlow",),
    ),
    burn("disponibilité des API", "service:nassij_http_errors:ratio_rate", "0.005", "ApiErrorBudgetBurn"),
    curve(
        "Réponses qui refusent ou échouent",
        "Réponses 4xx et 5xx par seconde. Beaucoup de 401 : des jetons périmés ; beaucoup de 409 : des règles non tenues.",
        (
            Query(
                or_none_each(per_second(f"{REQUESTS}_count", "service, status", f'{ASKED}, status=~"[45].."')),
                "{{service}} {{status}}",
            ),
        ),
        "reqps",
    ),
    table(
        "Routes",
        "Chaque route des API : requêtes par seconde, part d'erreurs, et temps sous lequel restent 95 % des réponses.",
        {"service": "Service", "method": "Méthode", "route": "Route"},
        {
            "Requêtes/s": f"{EACH_ROUTE} > 0",
            "Erreurs": f"({per_second(f'{REQUESTS}_count', ROUTE, FAILED)} or 0 * {EACH_ROUTE}) / ({EACH_ROUTE} > 0)",
            "95 %": f"{quantile(0.95, REQUESTS, ROUTE, ASKED)} >= 0",
        },
        (column("Requêtes/s", unit="reqps"), column("Erreurs", unit="percentunit"), column("95 %", unit="s")),
        unit="none",
        runbooks=("ApiSlow",),
    ),
)
UNDERNEATH = (
    curve(
        "Base de données (99 %)",
        "Le temps sous lequel restent 99 % des commandes à la base, par sorte ; « transaction » est une transaction entière.",
        (Query(quantile(0.99, "nassij_store_seconds", "service, operation"), "{{service}} {{operation}}"),),
        "s",
        scale=((None, GREEN), (0.25, YELLOW), (0.5, RED)),
        runbooks=("StoreSlow",),
        width=12,
    ),
    curve(
        "Kafka (99 %)",
        "Le temps sous lequel restent 99 % des échanges. Une lecture (poll) attend des événements : elle n'est pas lente.",
        (Query(quantile(0.99, "nassij_broker_seconds", "service, operation"), "{{service}} {{operation}}"),),
        "s",
        runbooks=("BrokerSlow",),
        width=12,
    ),
    curve(
        "Transactions, selon leur issue",
        "Abouties, reprises parce qu'elles en croisaient une autre, refusées par une règle, ou échouées ; par seconde.",
        (Query(or_none_each(per_second("nassij_transactions_total", "service, outcome")), "{{service}} {{outcome}}"),),
        "ops",
        width=12,
    ),
    curve(
        "Transactions perdues",
        "Part des transactions reprises après une rencontre, et part de celles qui échouent.",
        tuple(
            Query(
                or_none_each(
                    f"sum by (service) (rate(nassij_transactions_total{{{SERVICE}, outcome='{outcome}'}}[$interval]))"
                    f" / ({per_second('nassij_transactions_total', 'service')} > 0)"
                ),
                f"{{{{service}}}} {word}",
            )
            for outcome, word in (("conflict", "reprises"), ("failed", "échouées"))
        ),
        "percentunit",
        scale=((None, GREEN), (0.05, ORANGE), (0.5, RED)),
        runbooks=("TransactionsFailing", "TransactionsConflicting"),
        width=12,
    ),
)
PROCESSES = (
    Panel(
        title="Processus",
        says="Chaque processus au fil du temps : il répond à Prometheus, ou non.",
        queries=(Query(f"min by (service, role) ({UP})", NAMED),),
        look=states(),
        unit="none",
        texts=ANSWERS,
        width=12,
        height=10,
        highest=1,
        runbooks=("ServiceDown",),
    ),
    table(
        "Versions et âges",
        "Chaque processus avec la version qu'il exécute et le temps écoulé depuis son démarrage.",
        {"service": "Service", "role": "Processus", "instance": "Adresse", "version": "Version"},
        {
            "Depuis": (
                f'(time() - max by (service, role, instance) (process_start_time_seconds{{job="nassij", {SERVICE}}}))'
                f" * on (service, role, instance) group_left (version)"
                f" max by (service, role, instance, version) (nassij_build_info{{{SERVICE}}})"
            )
        },
        size=(12, 10),
        unit="s",
        runbooks=("BuildMismatch",),
    ),
    curve(
        "Mémoire",
        "Mémoire vive occupée par chaque processus.",
        (Query(f'max by (service, role) (process_resident_memory_bytes{{job="nassij", {SERVICE}}})', NAMED),),
        "bytes",
    ),
    curve(
        "Processeur",
        "Part d'un cœur que chaque processus occupe.",
        (Query(f'sum by (service, role) (rate(process_cpu_seconds_total{{job="nassij", {SERVICE}}}[$interval]))', NAMED),),
        "percentunit",
    ),
    curve(
        "Dernier tour des boucles",
        "Depuis quand chaque boucle (lecture, relais, envois, échéances) fait le même tour ; après 2 minutes, elle est bloquée.",
        (
            Query(
                f"time() - max by (service, loop) (nassij_loop_last_round_timestamp_seconds{{{SERVICE}}})", "{{service}} {{loop}}"
            ),
        ),
        "s",
        scale=((None, GREEN), (60, YELLOW), (120, RED)),
        runbooks=("LoopStuck",),
    ),
)

BOARD = Board(
    uid="nassij-services",
    says="Les services : requêtes, erreurs et durées, la base et Kafka tels qu'ils les voient, leurs processus.",
    variables=(variables.DATASOURCE, variables.SERVICE, variables.INTERVAL, variables.RUNBOOKS),
    sections=(
        Section("Maintenant", NOW),
        Section("API", API_PANELS),
        Section("Base de données et Kafka", UNDERNEATH),
        Section("Processus", PROCESSES),
        Section("Alertes", (alerts(),)),
    ),
)
