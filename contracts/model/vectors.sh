#!/usr/bin/env bash
# Writes the vectors of the rules that the TypeScript ones are compared with: contracts/client/src/rules/vectors.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf client/src/rules/vectors
cargo run --quiet --locked --release -p stellartrain-model --example vectors -- client/src/rules/vectors
