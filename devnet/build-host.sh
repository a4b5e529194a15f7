#!/usr/bin/env bash
# Rebuilds host.wasm from host/ and writes BUILD.json beside it. Needs cargo and a rustc with the wasm32-unknown-unknown target:
#   RUSTC=/path/to/rustc CARGO_TARGET_DIR=/tmp/devnet-target ./build-host.sh
set -euo pipefail
cd "$(dirname "$0")/host"
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
REGISTRY=${CARGO_HOME:-$HOME/.cargo}/registry/src
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
# No path of this machine in the file; room for deep XDR; the stack pointer, so that a trap can be recovered from.
CARGO_BUILD_RUSTFLAGS="--remap-path-prefix=$REGISTRY= --remap-path-prefix=$PWD=host" \
  cargo rustc --locked --release --lib --target wasm32-unknown-unknown -- \
  -C link-arg=-zstack-size=4194304 -C link-arg=--export=__stack_pointer
install -m 644 "$CARGO_TARGET_DIR/wasm32-unknown-unknown/release/stellartrain_devnet_host.wasm" ../host.wasm
node ../check-host.js --record host "$("${RUSTC:-rustc}" -V)"
