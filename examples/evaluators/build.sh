#!/bin/sh
# Builds the example evaluators whose compiler is installed, and says which were left as they are.
set -e
cd "$(dirname "$0")"

if command -v clang >/dev/null && command -v wasm-ld >/dev/null; then
  (cd c && clang --target=wasm32 -O2 -nostdlib -Wl,--no-entry -o evaluator.wasm evaluator.c)
  echo "c: built"
else
  echo "c: left, there is no clang with lld"
fi

# A toolchain of its own, where contracts/toolchain/wasm-target.sh made one.
RUSTC=${WASM_RUST_PREFIX:-/opt/wasm-rust}/bin/rustc
[ -x "$RUSTC" ] || RUSTC=rustc
if "$RUSTC" --target wasm32v1-none --print target-libdir >/dev/null 2>&1 && [ -d "$("$RUSTC" --target wasm32v1-none --print target-libdir)" ]; then
  (cd rust && "$RUSTC" --edition 2021 --crate-type cdylib -C opt-level=3 -C panic=abort -C lto --target wasm32v1-none -o evaluator.wasm src/lib.rs)
  echo "rust: built"
else
  echo "rust: left, rustc has no target wasm32v1-none"
fi

if command -v asc >/dev/null; then
  (cd assemblyscript && asc evaluator.ts -O3 --runtime stub --use abort= --exportStart _initialize -o evaluator.wasm)
  echo "assemblyscript: built"
else
  echo "assemblyscript: left, there is no asc (npm install -g assemblyscript)"
fi

if command -v zig >/dev/null; then
  (cd zig && zig build-exe evaluator.zig -target wasm32-freestanding -mcpu mvp -O ReleaseSmall -fno-entry --export=alloc --export=score)
  echo "zig: built"
else
  echo "zig: left, there is no zig"
fi
