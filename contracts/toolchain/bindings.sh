#!/usr/bin/env bash
# Regenerates the TypeScript bindings in contracts/client/src/generated from the committed wasm of each contract.
#
#   bindings.sh            writes them
#   bindings.sh --check    fails if the committed ones differ
#
# The sources come from the stellar-sdk's own generator. They use TypeScript that Node cannot strip (enums, parameter
# properties), so they are compiled here, once, to plain JavaScript with its declarations; nothing else is changed.
# Beside them stand errors.js and events.js, which tables.mjs makes of the same specification.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
generated=$root/contracts/client/src/generated
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$root"

bind() { # NAME OUT --check|''
  local name=$1 out=$2 work=$tmp/$1 file
  mkdir -p "$work"
  npx stellar-js generate --wasm "contracts/$name/$name.wasm" --output-dir "$work/package" \
    --contract-name "$name" --overwrite >/dev/null
  ln -s "$root/node_modules" "$work/node_modules"
  npx tsc --outDir "$work/out" --rootDir "$work/package/src" --declaration --target es2024 --module nodenext \
    --moduleResolution nodenext --strict --skipLibCheck --types '' --ignoreConfig "$work/package/src/index.ts"
  npx node "$here/tables.mjs" "contracts/$name/$name.wasm" "$work/out"
  for file in "$work"/out/*; do
    { echo "// Generated from contracts/$name/$name.wasm by \`npm run bindings\`; do not edit."; cat "$file"; } >"$file.new"
    mv "$file.new" "$file"
  done
  if [ "$3" = --check ]; then
    diff -r --exclude=records --exclude=jury --exclude=gate --exclude=recount "$work/out" "$out" ||
      { echo "The bindings of $name differ from the contract: run \`npm run bindings\` and commit." >&2; exit 1; }
  else
    mkdir -p "$out"
    rm -f "$out"/*.js "$out"/*.d.ts
    cp "$work"/out/* "$out/"
  fi
}

bind stellartrain "$generated" "${1:-}"
bind records "$generated/records" "${1:-}"
bind jury "$generated/jury" "${1:-}"
bind gate "$generated/gate" "${1:-}"
bind recount "$generated/recount" "${1:-}"
