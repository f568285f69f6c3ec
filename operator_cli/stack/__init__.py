"""The local stack: Apache Kafka, the store, the mail sink and the services as processes of this machine, without containers."""
