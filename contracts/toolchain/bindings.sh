#!/usr/bin/env bash
# Regenerates the TypeScript bindings in contracts/client/src/generated from the committed wasm.
#
#   bindings.sh            writes them
#   bindings.sh --check    fails if the committed ones differ
#
# The sources come from the stellar-sdk's own generator. They use TypeScript that Node cannot strip (enums, parameter
# properties), so they are compiled here, once, to plain JavaScript with its declarations; nothing else is changed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out=$root/contracts/client/src/generated
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

cd "$root"
npx stellar-js generate --wasm contracts/stellartrain/stellartrain.wasm --output-dir "$tmp/package" \
  --contract-name stellartrain --overwrite >/dev/null
ln -s "$root/node_modules" "$tmp/node_modules"
npx tsc --outDir "$tmp/out" --rootDir "$tmp/package/src" --declaration --target es2024 --module nodenext \
  --moduleResolution nodenext --strict --skipLibCheck --types '' --ignoreConfig "$tmp/package/src/index.ts"

for file in "$tmp"/out/*; do
  { echo '// Generated from contracts/stellartrain/stellartrain.wasm by `npm run bindings`; do not edit.'; cat "$file"; } >"$file.new"
  mv "$file.new" "$file"
done
if [ "${1:-}" = --check ]; then
  diff -r "$tmp/out" "$out" || { echo 'The bindings differ from the contract: run `npm run bindings` and commit.' >&2; exit 1; }
else
  mkdir -p "$out"
  rm -f "$out"/*.js "$out"/*.d.ts
  cp "$tmp"/out/* "$out/"
fi
