#!/bin/sh
# Builds the example models whose compiler is installed, and says which were left as they are.
set -e
cd "$(dirname "$0")"

# A toolchain of its own, where contracts/toolchain/wasm-target.sh made one.
RUSTC=${WASM_RUST_PREFIX:-/opt/wasm-rust}/bin/rustc
[ -x "$RUSTC" ] || RUSTC=rustc
if "$RUSTC" --target wasm32v1-none --print target-libdir >/dev/null 2>&1 && [ -d "$("$RUSTC" --target wasm32v1-none --print target-libdir)" ]; then
  (cd rust && "$RUSTC" --edition 2021 --crate-type cdylib -C opt-level=3 -C panic=abort -C lto --target wasm32v1-none -o model.wasm src/lib.rs)
  echo "rust: built"
else
  echo "rust: left, rustc has no target wasm32v1-none"
fi

if command -v asc >/dev/null; then
  (cd assemblyscript && asc model.ts -O3 --runtime stub --use abort= --exportStart _initialize -o model.wasm)
  echo "assemblyscript: built"
else
  echo "assemblyscript: left, there is no asc (npm install -g assemblyscript)"
fi
