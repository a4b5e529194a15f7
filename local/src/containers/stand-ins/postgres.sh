#!/bin/sh
# Stands in for the entry point of the official Postgres image where that cannot be pulled: the same variables, the same volume.
set -eu
case "${1:-postgres}" in postgres | -*) ;; *) exec "$@" ;; esac
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  mkdir -p "$PGDATA"
  initdb --pgdata "$PGDATA" --username "$POSTGRES_USER" --pwfile "$POSTGRES_PASSWORD_FILE" --auth scram-sha-256
  echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
  for script in /docker-entrypoint-initdb.d/*.sh; do [ ! -e "$script" ] || sh "$script"; done
  PGPASSWORD=$(cat "$POSTGRES_PASSWORD_FILE"); export PGPASSWORD
  pg_ctl --pgdata "$PGDATA" --wait --options "-c listen_addresses= -c unix_socket_directories=/tmp" start
  createdb --host /tmp --username "$POSTGRES_USER" "$POSTGRES_DB" || true
  pg_ctl --pgdata "$PGDATA" --wait --mode fast stop
fi
[ "${1:-postgres}" = postgres ] && { [ $# -eq 0 ] || shift; set -- postgres -c 'listen_addresses=*' "$@"; }
exec "$@"
