#!/usr/bin/env bash
# Fails unless the committed wasm of each contract is what its sources give.
#
#   check.sh            the recorded hashes fit the files (needs no Rust)
#   check.sh --build    also rebuilds: the recorded compiler must give the same bytes, another one the same spec and exports
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
field() { sed -n "s/^ *\"$1\": \"\{0,1\}\([^\"]*\)\"\{0,1\},\{0,1\}\$/\1/p" "$2"; }
fail() { echo "contract: $*" >&2; exit 1; }
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

check() { # NAME --build|''
  local name=$1 record=$here/../$1/BUILD.json committed=$here/../$1/$1.wasm
  [ "$(field sourceHash "$record")" = "$("$here/source-hash.sh" "$name")" ] ||
    fail "the sources of $name changed since its wasm was built: run contracts/toolchain/build-contract.sh $name and commit"
  [ "$(field wasmHash "$record")" = "$(sha256sum "$committed" | cut -d' ' -f1)" ] ||
    fail "$name.wasm is not the file that its BUILD.json describes"
  echo "contract: the committed $name.wasm fits its record"
  [ "$2" = --build ] || return 0

  "$here/build-contract.sh" "$name" "$tmp" >/dev/null
  if [ "$(field compiler "$record")$(field wasmOpt "$record")" = \
    "$(field compiler "$tmp/BUILD.json")$(field wasmOpt "$tmp/BUILD.json")" ]; then
    cmp "$committed" "$tmp/$name.wasm" ||
      fail "the same compiler gave other bytes of $name"
    echo "contract: $name rebuilt, byte for byte the same"
  else
    npx node "$here/interface.mjs" "$committed" "$tmp/$name.wasm"
    echo "contract: $name rebuilt by another compiler, with the same spec and exports"
  fi
}

check stellartrain "${1:-}"
check records "${1:-}"
check jury "${1:-}"
check gate "${1:-}"
check recount "${1:-}"
check plain-escrow "${1:-}"
