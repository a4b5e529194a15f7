#!/usr/bin/env bash
# Builds the kernel and writes ../src/kernel/generated/module.ts and its record. Needs cargo and a rustc with the wasm32v1-none target:
#   RUSTC=/path/to/rustc CARGO_TARGET_DIR=/tmp/kernel-target ./build.sh
set -euo pipefail
cd "$(dirname "$0")"
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
prefix=${WASM_RUST_PREFIX:-/opt/wasm-rust}
export RUSTC=${RUSTC:-$([ -x "$prefix/bin/rustc" ] && echo "$prefix/bin/rustc" || command -v rustc)}
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
CARGO_BUILD_RUSTFLAGS="-Ctarget-feature=+simd128,+bulk-memory,+sign-ext --remap-path-prefix=$PWD=kernel -Clink-arg=-zstack-size=16384" \
  cargo build -q --locked --release --target wasm32v1-none
node check.js --record "$CARGO_TARGET_DIR/wasm32v1-none/release/grade_kernel.wasm" "$("$RUSTC" -V)"
