#!/usr/bin/env bash
# Prints the hash of everything that the contract's wasm is made of: its sources without the tests, and the lock file.
set -euo pipefail
cd "$(dirname "$0")/.."
{
  echo Cargo.toml
  echo Cargo.lock
  echo stellartrain/Cargo.toml
  find stellartrain/src -name '*.rs' -not -path 'stellartrain/src/test/*'
} | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -d' ' -f1
