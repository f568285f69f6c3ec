# One image for every process of Nassij: `python -m chassis.run SERVICE web|background|migrate`, and the operator's command.
ARG PYTHON_IMAGE=python:3.11-slim

FROM ${PYTHON_IMAGE} AS libraries
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/nassij
WORKDIR /build
COPY requirements.service.lock ./
# Wheels, where a site has no registry; without them the folder holds a note alone and pip asks its registry.
COPY deploy/wheels/ wheels/
RUN set -eu; \
    if ls wheels/*.whl >/dev/null 2>&1; then set -- --no-index --find-links wheels; fi; \
    /opt/nassij/bin/python -m pip install --require-hashes "$@" -r requirements.service.lock; \
    /opt/nassij/bin/python -m pip uninstall --yes setuptools pip

FROM ${PYTHON_IMAGE}
# The number is fixed so that a cluster can ask for a user that is not root without knowing its name.
RUN groupadd --gid 10001 nassij \
    && useradd --uid 10001 --gid nassij --no-create-home --home-dir /var/lib/nassij --shell /usr/sbin/nologin nassij \
    && install -d -o nassij -g nassij /var/lib/nassij /var/lib/nassij/mail
COPY --from=libraries /opt/nassij /opt/nassij
WORKDIR /srv/nassij
COPY chassis/ chassis/
COPY vocabulary/ vocabulary/
COPY services/ services/
COPY packs/ packs/
COPY contracts/ contracts/
COPY operator_cli/ operator_cli/
ENV PATH=/opt/nassij/bin:$PATH \
    PYTHONPATH=/srv/nassij \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    NASSIJ_HOME=/var/lib/nassij
# Compiled here once, since nothing may be written where it runs.
RUN python -m compileall -q chassis vocabulary services operator_cli
USER 10001:10001
ENTRYPOINT ["python", "-m"]
CMD ["chassis.run"]
