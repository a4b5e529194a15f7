#!/usr/bin/env sh
# Reads the API with curl: `sh examples/read-api.sh`. With API_URL set, any other indexer.
set -eu
config="${STELLARTRAIN_HOME:-.stellartrain}/config.json"
api="${API_URL:-$(sed -n 's/.*"apiUrl": "\(.*\)".*/\1/p' "$config")}"

# How far the index is, and whether anything is missing.
curl --fail --silent "$api/status"
echo

# The leaderboard of challenge 1, as CSV for a spreadsheet.
curl --fail --silent "$api/v1/challenges/1/leaderboard.csv"

# Asked again with its ETag: 304 and no body, unless something new was indexed in between.
etag=$(curl --fail --silent --output /dev/null --write-out '%header{etag}' "$api/v1/challenges/1/leaderboard.csv")
curl --silent --output /dev/null --write-out 'asked again: %{http_code}\n' --header "If-None-Match: $etag" "$api/v1/challenges/1/leaderboard.csv"
