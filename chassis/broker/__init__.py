"""Apache Kafka: the log that events travel on."""
