#!/usr/bin/env bash
# Prints the hash of everything that a contract's wasm is made of: its sources without the tests, and the lock file.
set -euo pipefail
name=${1:?which contract? the name of its folder}
cd "$(dirname "$0")/.."
{
  echo Cargo.toml
  echo Cargo.lock
  echo "$name/Cargo.toml"
  case $name in jury | recount) echo judge/main_contract.rs ;; esac
  find "$name/src" -name '*.rs' -not -path "$name/src/test/*"
} | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -d' ' -f1
