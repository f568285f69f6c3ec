#!/bin/sh
# Makes the stand-in images; README.md says what they are. Needs root (debootstrap), a container engine, and the project's .venv (any `./nassij` command makes it).
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$(dirname -- "$(dirname -- "$here")")
python=$root/.venv/bin/python
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { printf '%s\n' "$1" >&2; }

command -v debootstrap >/dev/null || { say "debootstrap is missing; install it (on Debian: apt install debootstrap)."; exit 1; }
docker version >/dev/null || { say "No container engine answers; start one, or name it in DOCKER_HOST."; exit 1; }
[ -x "$python" ] || { say "There is no .venv yet; run ./nassij --help first."; exit 1; }

base() {
    debootstrap --variant=minbase --include=python3,python3-pip,python3-venv,ca-certificates bookworm "$work/debian" >"$work/debootstrap.log"
    rm -rf "$work"/debian/var/cache/apt/archives/*.deb "$work"/debian/var/lib/apt/lists/*
    # Where Python's own image has it.
    ln -s /usr/bin/python3 "$work/debian/usr/local/bin/python"
    tar -C "$work/debian" -c . | docker import --change 'ENV PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' - nassij-standin/python:3.11
}

kafka() {
    mkdir -p "$work/kafka/libs"
    cp "$here"/kafka/* "$work/kafka/"
    (cd "$root" && "$python" -c 'from operator_cli.stack.jars import classpath; print(*classpath(), sep="\n")') | while read -r jar; do cp "$jar" "$work/kafka/libs/"; done
    cp -r "$(cd "$root" && "$python" -c 'from operator_cli.stack.jars import java; print(java().parents[1])')" "$work/kafka/java"
    docker build --quiet --tag nassij-standin/kafka:4.1.1 "$work/kafka"
}

mongo() {
    mkdir -p "$work/mongo"
    cp "$here"/mongo/* "$work/mongo/"
    "$python" -m pip freeze >"$work/mongo/pins.txt"
    "$python" -m pip download --quiet --constraint "$work/mongo/pins.txt" --dest "$work/mongo/wheels" secantusdb
    docker build --quiet --tag nassij-standin/mongo:8 "$work/mongo"
}

docker image inspect nassij-standin/python:3.11 >/dev/null 2>&1 || base
kafka
mongo
