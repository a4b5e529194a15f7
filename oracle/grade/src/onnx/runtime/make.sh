#!/usr/bin/env bash
# Makes onnxruntime.packed out of the package, byte for byte, and says whether it is the one that is here.
#   bash oracle/grade/src/onnx/runtime/make.sh          compare
#   bash oracle/grade/src/onnx/runtime/make.sh --write  replace
# For another version: its integrity as `npm view onnxruntime-web@VERSION dist.integrity` prints it, the hash in ../load.ts, and the names of
# imports and exports in ../host.ts and ../api.ts, which every build gives anew; --table prints those that the package's own JavaScript has.
set -euo pipefail
VERSION=1.30.0
INTEGRITY=sha512-q0y+JrrtukXSzsBWEMccVfqX25LRmosXHF+CaRJmg8pZClzcV7svNc4rKY3jL02Vb7QmRMDs1SigqR4CXAfKYQ==
HERE=$(cd "$(dirname "$0")" && pwd)
DIR=$(mktemp -d)
trap 'rm -rf "$DIR"' EXIT

cd "$DIR"
npm pack --silent "onnxruntime-web@$VERSION" >/dev/null
GOT=sha512-$(openssl dgst -sha512 -binary onnxruntime-web-*.tgz | openssl base64 -A)
[ "$GOT" = "$INTEGRITY" ] || { echo "The package is another one: $GOT" >&2; exit 1; }
tar xzf onnxruntime-web-*.tgz package/dist/ort-wasm-simd-threaded.wasm package/dist/ort-wasm-simd-threaded.mjs
if [ "${1:-}" = --table ]; then
  grep -o 'Pa={T:[^}]*}' package/dist/ort-wasm-simd-threaded.mjs
  grep -o 'h\._Ort[A-Za-z]*=c\.[A-Za-z_$]*' package/dist/ort-wasm-simd-threaded.mjs
  exit
fi
sha256sum package/dist/ort-wasm-simd-threaded.wasm
gzip -9 -n -c package/dist/ort-wasm-simd-threaded.wasm > onnxruntime.packed
if [ "${1:-}" = --write ]; then cp onnxruntime.packed "$HERE/onnxruntime.packed"; fi
# Another gzip may pack the same otherwise.
if cmp -s <(gzip -dc onnxruntime.packed) <(gzip -dc "$HERE/onnxruntime.packed"); then echo "It is the one that is here."; else echo "It is another one." >&2; exit 1; fi
