#!/usr/bin/env bash
# The contract: formatting, lint, the rules' vectors against the model, the committed wasm against its sources (rebuilt where the wasm toolchain is), the bindings against the wasm.
set -euo pipefail
cd "$(dirname "$0")/../.."
bash contracts/toolchain/bindings.sh --check
if ! command -v cargo >/dev/null; then
  echo 'contract: formatting, lint and rebuild are left out: there is no cargo here'
  exec bash contracts/toolchain/check.sh
fi
(cd contracts && cargo fmt --check && cargo clippy --quiet --locked --all-targets -- -D warnings)
vectors=$(mktemp -d)
trap 'rm -rf "$vectors"' EXIT
(cd contracts && cargo run --quiet --locked --release -p stellartrain-model --example vectors -- "$vectors" >/dev/null)
if ! diff -rq "$vectors" contracts/client/src/rules/vectors; then
  echo 'contract: the vectors of the rules are not what the model writes: run contracts/model/vectors.sh' >&2
  exit 1
fi
rm -rf "$vectors"
if [ -x "${WASM_RUST_PREFIX:-/opt/wasm-rust}/bin/rustc" ] && command -v wasm-opt >/dev/null; then
  exec bash contracts/toolchain/check.sh --build
fi
echo 'contract: not rebuilt: that needs contracts/toolchain/wasm-target.sh and wasm-opt (Debian: binaryen)'
exec bash contracts/toolchain/check.sh
