#!/bin/sh
# Makes a database from a backup on standard input and says what is in it; the services' own is replaced when its name is given.
#   docker compose stop indexer
#   docker compose exec -T postgres sh /opt/stellartrain/restore.sh stellartrain < stellartrain.dump
#   docker compose start indexer
set -eu
name=${1:?name a database}
PGPASSWORD=$(cat /run/secrets/postgres_password); export PGPASSWORD
export PGHOST=127.0.0.1 PGUSER=stellartrain
# Into a new one first: a backup that is cut or damaged leaves the old database as it is.
dropdb --if-exists "$name.new"
createdb "$name.new"
pg_restore --dbname "$name.new" --no-owner --exit-on-error --single-transaction
dropdb --if-exists --force "$name"
psql --quiet --dbname postgres --command "alter database \"$name.new\" rename to \"$name\""
exec sh "$(dirname "$0")/contents.sh" "$name"
