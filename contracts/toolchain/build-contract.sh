#!/usr/bin/env bash
# Builds the contract and writes stellartrain.wasm and BUILD.json, as `stellar contract build` does, without stellar-cli.
#
#   build-contract.sh [OUT_DIR]     default: the committed places
#
# Needs cargo, a Rust with the wasm32v1-none target (rustup's, or the one that wasm-target.sh provisions in
# $WASM_RUST_PREFIX) and wasm-opt. The spec filter is built from ./specshake unless $SPECSHAKE names it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
contracts=$(cd "$here/.." && pwd)
prefix=${WASM_RUST_PREFIX:-/opt/wasm-rust}
rustc=${RUSTC:-$([ -x "$prefix/bin/rustc" ] && echo "$prefix/bin/rustc" || command -v rustc)}
out=${1:-}
wasm_out=${out:+$out/stellartrain.wasm}
json_out=${out:+$out/BUILD.json}
wasm_out=${wasm_out:-$contracts/stellartrain/stellartrain.wasm}
json_out=${json_out:-$here/BUILD.json}
# Wasm builds have a folder of their own: they use another compiler than the tests.
target=${WASM_TARGET_DIR:-$contracts/target/wasm}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

cd "$contracts"
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_TARGET_DIR RUSTC
shake=${SPECSHAKE:-}
if [ -z "$shake" ]; then
  cargo build -q --locked -p specshake --target-dir "$contracts/target/tools"
  shake=$contracts/target/tools/debug/specshake
fi

# The crate-type is named here, for a build of all crate types silently skips link-time optimisation.
SOROBAN_SDK_BUILD_SYSTEM_SUPPORTS_SPEC_SHAKING_V2=1 RUSTC=$rustc \
  CARGO_BUILD_RUSTFLAGS="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src=" \
  cargo rustc -q --locked -p stellartrain --crate-type=cdylib --release --target wasm32v1-none --target-dir "$target"
"$shake" "$target/wasm32v1-none/release/stellartrain.wasm" "$tmp/shaken.wasm"
wasm-opt -Oz --converge --mvp-features --enable-mutable-globals --enable-sign-ext --enable-bulk-memory \
  "$tmp/shaken.wasm" -o "$tmp/stellartrain.wasm"

mkdir -p "$(dirname "$wasm_out")" "$(dirname "$json_out")"
cp "$tmp/stellartrain.wasm" "$wasm_out"
cat >"$json_out" <<JSON
{
  "compiler": "$("$rustc" --version)",
  "sdk": "soroban-sdk $(sed -n '/^name = "soroban-sdk"$/{n;s/version = "\(.*\)"/\1/p;}' Cargo.lock)",
  "wasmOpt": "$(wasm-opt --version)",
  "sourceHash": "$("$here/source-hash.sh")",
  "wasmHash": "$(sha256sum "$wasm_out" | cut -d' ' -f1)",
  "bytes": $(stat -c %s "$wasm_out" 2>/dev/null || stat -f %z "$wasm_out")
}
JSON
cat "$json_out"
