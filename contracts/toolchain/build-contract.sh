#!/usr/bin/env bash
# Builds a contract as `stellar contract build` does, without stellar-cli, and writes
#
#   NAME.wasm     what is deployed, with its whole spec: functions, types, events, errors and their documentation
#   BUILD.json    what it was made of
#
#   build-contract.sh NAME [OUT_DIR]     NAME: a folder of contracts/; OUT_DIR: that folder unless said otherwise
#
# Needs cargo, a Rust with the wasm32v1-none target (rustup's, or the one that wasm-target.sh provisions in
# $WASM_RUST_PREFIX) and wasm-opt. The spec filter is built from ./specshake unless $SPECSHAKE names it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
contracts=$(cd "$here/.." && pwd)
prefix=${WASM_RUST_PREFIX:-/opt/wasm-rust}
rustc=${RUSTC:-$([ -x "$prefix/bin/rustc" ] && echo "$prefix/bin/rustc" || command -v rustc)}
name=${1:?which contract? the name of its folder}
out=${2:-$contracts/$name}
package=$(sed -n 's/^name = "\(.*\)"$/\1/p' "$contracts/$name/Cargo.toml")
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
# Copies and fills are the machine's instructions, which the host offers to every contract (wasmi_helper.rs of
# soroban-env-host), instead of loops over bytes: forty payments cost 15% fewer instructions.
SOROBAN_SDK_BUILD_SYSTEM_SUPPORTS_SPEC_SHAKING_V2=1 RUSTC=$rustc \
  CARGO_BUILD_RUSTFLAGS="-Ctarget-feature=+bulk-memory --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src=" \
  cargo rustc -q --locked -p "$package" --crate-type=cdylib --release --target wasm32v1-none --target-dir "$target"
"$shake" "$target/wasm32v1-none/release/${package//-/_}.wasm" "$tmp/shaken.wasm"
# No flag that assumes that traps do not happen: the optimiser would move guarded divisions and loads out of their guards.
wasm-opt -Oz --converge \
  --mvp-features --enable-mutable-globals --enable-sign-ext --enable-bulk-memory \
  "$tmp/shaken.wasm" -o "$tmp/$name.wasm"

mkdir -p "$out"
cp "$tmp/$name.wasm" "$out/"
cat >"$out/BUILD.json" <<JSON
{
  "compiler": "$("$rustc" --version)",
  "sdk": "soroban-sdk $(sed -n '/^name = "soroban-sdk"$/{n;s/version = "\(.*\)"/\1/p;}' Cargo.lock)",
  "wasmOpt": "$(wasm-opt --version)",
  "sourceHash": "$("$here/source-hash.sh" "$name")",
  "wasmHash": "$(sha256sum "$out/$name.wasm" | cut -d' ' -f1)",
  "bytes": $(wc -c <"$out/$name.wasm" | tr -d ' ')
}
JSON
cat "$out/BUILD.json"
