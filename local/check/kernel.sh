#!/usr/bin/env bash
# The grading engine's kernel: formatting, lint, and the committed module against its record, and rebuilt where the wasm toolchain is.
set -euo pipefail
cd "$(dirname "$0")/../.."
node oracle/grade/kernel/check.js
if ! command -v cargo >/dev/null; then
  echo 'kernel: formatting and rebuild are left out: there is no cargo here'
  exit 0
fi
(cd oracle/grade/kernel && cargo fmt --check)
if [ ! -x "${WASM_RUST_PREFIX:-/opt/wasm-rust}/bin/rustc" ]; then
  echo 'kernel: not rebuilt: that needs contracts/toolchain/wasm-target.sh'
  exit 0
fi
before=$(cat oracle/grade/kernel/BUILD.json oracle/grade/src/kernel/generated/module.ts | sha256sum)
oracle/grade/kernel/build.sh
[ "$before" = "$(cat oracle/grade/kernel/BUILD.json oracle/grade/src/kernel/generated/module.ts | sha256sum)" ] && exit 0
echo 'The kernel was rebuilt and is another one: commit oracle/grade/kernel/BUILD.json and src/kernel/generated/module.ts.' >&2
exit 1
