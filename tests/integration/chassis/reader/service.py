from chassis.service import Service

service = Service("reader", "Reader", ["marks"], package="tests.integration.chassis")
