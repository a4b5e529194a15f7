#!/usr/bin/env bash
# The local network's host: the committed file against its record; rebuilt when its sources are not the recorded ones.
set -uo pipefail
cd "$(dirname "$0")/../.."
node contracts/devnet/check-host.js
case $? in
  0) exit 0 ;;
  2)
    bash contracts/devnet/build-host.sh || exit 1
    echo 'The host was rebuilt from changed sources: commit contracts/devnet/host.wasm and BUILD.json.' >&2
    exit 1
    ;;
  *) exit 1 ;;
esac
