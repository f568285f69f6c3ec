from chassis.service import Service

service = Service("notebook", "Notebook", ["pages"], package="tests.integration.chassis")
