#!/usr/bin/env bash
# The local network: its host against the host's record (rebuilt when the sources are not the recorded ones), and whether what it
# is compared with was made from the sources as they are.
set -uo pipefail
cd "$(dirname "$0")/../.."
node devnet/check-host.js
case $? in
  0) ;;
  2)
    bash devnet/build-host.sh || exit 1
    echo 'The host was rebuilt from changed sources: commit devnet/host.wasm and BUILD.json.' >&2
    exit 1
    ;;
  *) exit 1 ;;
esac
node devnet/parity/check.js && exit 0
echo 'The recorded comparison with the native host is older than its sources: run devnet/parity/make.sh and commit.' >&2
exit 1
