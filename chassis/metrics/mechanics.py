"""Every metric of the mechanics. docs/metrics.md is made from what stands here."""

from chassis.metrics.declaring import BOTH, WEB, counter, gauge, histogram

QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
SLOW = (*QUICK, 30, 60, 300)
SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
SERVICES = "a service's name"
TOPICS = "the topics that the service follows"
OTHER_TOPICS = f"{TOPICS}, and other for events whose source publishes on none of them"
OTHER = "other"

# ---- HTTP
HTTP_SECONDS = histogram(
    "nassij_http_request_duration_seconds",
    "Time to answer a request.",
    "seconds",
    {
        "method": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS or (other)",
        "route": "the rule with its placeholders, such as /v1/regions/<code>, never the path that was asked; (none) for no rule",
        "status": "the status code",
    },
    buckets=QUICK,
    on=(WEB,),
)

# ---- Consumer
CONSUMER_EVENTS = counter(
    "nassij_consumer_events_total",
    "Events taken from Kafka, by what became of them; one that waits counts each time it is tried.",
    "events",
    {"outcome": ("applied", "ignored", "duplicate", "waiting", "dead")},
)
CONSUMER_LAG = gauge(
    "nassij_consumer_lag", "Events on a topic that this consumer has not taken yet.", "events", {"topic": TOPICS}
)
CONSUMER_STATE = gauge(
    "nassij_consumer_state",
    "1 for what the consumer does now, 0 for the rest: it backs off while the store or the broker is away, and stops after "
    "too many dead letters.",
    "1",
    {"state": ("running", "backing-off", "stopped")},
)
CONSUMER_BATCH_SIZE = histogram("nassij_consumer_batch_size", "Events in one polled batch.", "events", buckets=SIZES)
CONSUMER_BATCH_SECONDS = histogram(
    "nassij_consumer_batch_duration_seconds", "Time to apply one polled batch with its transactions.", "seconds", buckets=QUICK
)
CONSUMER_PAUSES = counter(
    "nassij_consumer_pauses_total", "Faults around the consumer that it waits out.", "pauses", {"cause": ("store", "broker")}
)
CONSUMER_SPLITS = counter(
    "nassij_consumer_batch_splits_total", "Batches halved after they met another transaction.", "batches"
)
EVENT_AGE_SECONDS = histogram(
    "nassij_event_age_seconds",
    "Time from an event's record to its being applied or ignored here, both by the machine's clock. Duplicates and events "
    "recorded before this consumer first started are left out.",
    "seconds",
    {"topic": OTHER_TOPICS},
    buckets=SLOW,
)
EVENT_TRANSIT_SECONDS = histogram(
    "nassij_event_transit_seconds",
    "Time from Kafka's timestamp of a record to the poll that brought it. Records from before this consumer first started are "
    "left out.",
    "seconds",
    {"topic": TOPICS},
    buckets=SLOW,
)
WAITING_KEYS = gauge(
    "nassij_waiting_keys",
    "Keys whose events wait: for the one before them (gap), for another key (not-yet), for somebody's decision on a dead letter "
    "(dead), or only for their next try (retry).",
    "keys",
    {"reason": ("gap", "not-yet", "dead", "retry"), "awaits": "the service of the awaited key for not-yet, else empty"},
)
WAITING_KEYS_LATE = gauge("nassij_waiting_keys_late", "Keys whose events have waited longer than 5 seconds.", "keys")
WAITING_OLDEST_SECONDS = gauge(
    "nassij_waiting_oldest_seconds", "How long the key that waits longest has waited; 0 when none waits.", "seconds"
)
DEAD_LETTERS = gauge(
    "nassij_dead_letters", "Dead letters that somebody must decide on.", "dead letters", {"state": ("open",)}
)

# ---- Outbox and relay
OUTBOX_PENDING = gauge("nassij_outbox_pending", "Events recorded and not yet published.", "events")
OUTBOX_OLDEST_SECONDS = gauge(
    "nassij_outbox_oldest_seconds", "Age of the oldest event not yet published; 0 when none is.", "seconds"
)
OUTBOX_PUBLISHED = counter("nassij_outbox_published_total", "Events that Kafka has acknowledged.", "events")
OUTBOX_FAILED = counter("nassij_outbox_publish_failures_total", "Publishing rounds that ended in an error.", "rounds")
OUTBOX_DELAY_SECONDS = histogram(
    "nassij_outbox_delay_seconds", "Time from an event's record to Kafka's acknowledgement.", "seconds", buckets=SLOW
)
RELAY_LEASE_HELD = gauge("nassij_relay_lease_held", "1 while this process holds the relay's lease, else 0.", "1")

# ---- Intents and deadlines
KINDS = "what is to be done, such as mail, sms or webhook"
INTENTS_PENDING = gauge("nassij_intents_pending", "Intents due and not yet carried out.", "intents", {"kind": KINDS})
INTENTS_OLDEST_SECONDS = gauge(
    "nassij_intents_oldest_seconds", "How long the oldest due intent has been due; 0 when none is.", "seconds"
)
INTENTS = counter(
    "nassij_intents_total",
    "Attempts to carry out an intent.",
    "attempts",
    {"kind": KINDS, "outcome": ("sent", "retry", "gave-up")},
)
DEADLINES_OVERDUE = gauge("nassij_deadlines_overdue", "Deadlines that are past and have not run.", "deadlines")
DEADLINES_OLDEST_SECONDS = gauge(
    "nassij_deadlines_oldest_seconds", "How long the oldest overdue deadline has been due; 0 when none is.", "seconds"
)
DEADLINES_RUN = counter(
    "nassij_deadlines_run_total",
    "Deadlines that came due, by what became of them: run, dropped or moved meanwhile (gone), or put off after an error.",
    "deadlines",
    {"name": "the deadline's name", "outcome": ("done", "gone", "failed")},
)

# ---- Store and broker
STORE_SECONDS = histogram(
    "nassij_store_seconds",
    "Time of one exchange with the store, answered or failed, of commands, reactions, relay and figures; `transaction` is a "
    "committed one whole, with the work in it.",
    "seconds",
    {"operation": ("find", "aggregate", "count", "distinct", "write", "commit", "transaction")},
    buckets=QUICK,
    on=BOTH,
)
TRANSACTIONS = counter(
    "nassij_transactions_total",
    "Transactions, by how they ended: committed, met another and run again (conflict), refused by a rule, or failed.",
    "transactions",
    {"outcome": ("committed", "conflict", "refused", "failed")},
    on=BOTH,
)
BROKER_SECONDS = histogram(
    "nassij_broker_seconds",
    "Time of one exchange with the broker: a round of records until all are acknowledged (produce), a poll that brought records "
    "with its wait for them (poll), a commit of offsets (commit).",
    "seconds",
    {"operation": ("produce", "poll", "commit")},
    buckets=QUICK,
)

# ---- The process itself
BUILD_INFO = gauge(
    "nassij_build_info",
    "1, with the version and service as labels.",
    "1",
    {"version": "the project's version", "service": SERVICES},
    on=BOTH,
)
LOOP_SECONDS = gauge(
    "nassij_loop_last_round_timestamp_seconds",
    "When a background loop last came round.",
    "seconds since 1970",
    {"loop": ("worker", "relay", "sender", "timekeeper")},
)
DOMAIN_ERRORS = counter(
    "nassij_domain_gauge_errors_total",
    "Scrapes in which a domain gauge could not be read.",
    "scrapes",
    {"gauge": "the gauge's name"},
    on=BOTH,
)
