#!/usr/bin/env bash
# Holds answers of the local network against the Go types that the official server is written with. Needs Go 1.25.
set -euo pipefail
cd "$(dirname "$0")/forms"
answers=$(mktemp)
trap 'rm -f "$answers"' EXIT
npx node "$PWD/../../src/test/parity/answers.ts" >"$answers"
go run . <"$answers"
