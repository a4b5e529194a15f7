#!/usr/bin/env bash
# What is generated from code is committed, and must be what the code gives now.
set -euo pipefail
cd "$(dirname "$0")/../.."
npm run -s openapi -w @stellartrain/indexer-service
npm run -s schema -w @stellartrain/ipfs-content
npm run -s schema -w @stellartrain/sdk
npm run -s generate -w @stellartrain/indexer-api
npx biome format --write indexer/service/openapi.json ipfs/content/schema sdk/schema >/dev/null
changed=$(git status --porcelain -- indexer/service/openapi.json indexer/api/src/generated ipfs/content/schema sdk/schema)
if [ -n "$changed" ]; then
  echo "Generated files differ from what is committed:"$'\n'"$changed" >&2
  exit 1
fi
