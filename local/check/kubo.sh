#!/usr/bin/env bash
# A real Kubo for tests and benchmarks, built from its Go module and cached outside the repository; prints its path.
# Usage: local/check/kubo.sh      (needs Go; minutes of CPU the first time; KUBO_VERSION and XDG_CACHE_HOME may be set)
# Kubo's own go.mod replaces two QUIC libraries by forks that a module proxy may not have: the released ones take their place.
set -euo pipefail
V=${KUBO_VERSION:-v0.43.1}
OUT="${XDG_CACHE_HOME:-$HOME/.cache}/stellartrain/kubo/$V/ipfs"
[ -x "$OUT" ] && { echo "$OUT"; exit 0; }
command -v go >/dev/null || { echo "There is no Go here: install it, or set KUBO_BIN to an ipfs command." >&2; exit 1; }
mkdir -p "$(dirname "$OUT")"
D=$(mktemp -d)
trap 'rm -rf "$D"' EXIT
cd "$D"
cat > main.go <<'GO'
package main

import (
	"os"

	"github.com/ipfs/kubo/cmd/ipfs/kubo"
)

func main() { os.Exit(kubo.Start(kubo.BuildDefaultEnv)) }
GO
{
  go mod init kubo.local/build
  go mod edit -require "github.com/ipfs/kubo@$V" \
    -replace github.com/quic-go/quic-go=github.com/quic-go/quic-go@v0.60.0 \
    -replace github.com/quic-go/webtransport-go=github.com/quic-go/webtransport-go@v0.11.1
  go mod tidy
  nice -n 10 go build -trimpath -o "$OUT.new" .
} >&2
mv "$OUT.new" "$OUT"
"$OUT" version >&2
echo "$OUT"
