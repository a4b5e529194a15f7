#!/bin/sh
# How many events a database holds and a digest of all of them, to compare a restored one with what it was made from.
set -eu
PGPASSWORD=$(cat /run/secrets/postgres_password); export PGPASSWORD
exec psql --host 127.0.0.1 --username stellartrain --dbname "${1:-stellartrain}" --tuples-only --no-align \
  --command "select count(*), md5(coalesce(string_agg(e::text, chr(10) order by e.id), '')) from events e"
