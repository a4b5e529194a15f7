#!/bin/sh
# The whole database of the indexer on standard output; its raw events are what no RPC keeps. Runs beside the services, at any time:
#   docker compose exec -T postgres sh /opt/stellartrain/backup.sh > stellartrain.dump
set -eu
PGPASSWORD=$(cat /run/secrets/postgres_password); export PGPASSWORD
exec pg_dump --host 127.0.0.1 --username stellartrain --format custom "${1:-stellartrain}"
