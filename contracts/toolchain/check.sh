#!/usr/bin/env bash
# Fails unless the committed wasm is what its sources give.
#
#   check.sh            the recorded hashes fit the files (needs no Rust)
#   check.sh --build    also rebuilds: the recorded compiler must give the same bytes, another one the same spec and exports
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
committed=$here/../stellartrain/stellartrain.wasm
field() { sed -n "s/^ *\"$1\": \"\{0,1\}\([^\"]*\)\"\{0,1\},\{0,1\}\$/\1/p" "$2"; }
fail() { echo "contract: $*" >&2; exit 1; }

[ "$(field sourceHash "$here/BUILD.json")" = "$("$here/source-hash.sh")" ] ||
  fail 'the sources changed since the wasm was built: run contracts/toolchain/build-contract.sh and commit'
[ "$(field wasmHash "$here/BUILD.json")" = "$(sha256sum "$committed" | cut -d' ' -f1)" ] ||
  fail 'stellartrain.wasm is not the file that BUILD.json describes'
echo 'contract: the committed wasm fits its record'
[ "${1:-}" = --build ] || exit 0

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
"$here/build-contract.sh" "$tmp" >/dev/null
if [ "$(field compiler "$here/BUILD.json")$(field wasmOpt "$here/BUILD.json")" = \
  "$(field compiler "$tmp/BUILD.json")$(field wasmOpt "$tmp/BUILD.json")" ]; then
  cmp "$committed" "$tmp/stellartrain.wasm" || fail 'the same compiler gave other bytes'
  echo 'contract: rebuilt, byte for byte the same'
else
  npx node "$here/interface.mjs" "$committed" "$tmp/stellartrain.wasm"
  echo 'contract: rebuilt by another compiler, with the same spec and exports'
fi
