#!/bin/sh
# A streaming replica: copies the primary once, then follows it. `pg_promote()` makes it a primary.
set -eu
PGPASSWORD=$(cat /run/secrets/postgres_password); export PGPASSWORD
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  mkdir -p "$PGDATA" && chmod 700 "$PGDATA"
  pg_basebackup --host postgres --username stellartrain --pgdata "$PGDATA" --wal-method stream --write-recovery-conf --checkpoint fast
fi
exec postgres -D "$PGDATA" -c 'listen_addresses=*'
