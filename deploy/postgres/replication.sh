#!/bin/sh
# Run once by the image, when the database is made: lets replicas connect with the same password.
set -eu
echo 'host replication all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
