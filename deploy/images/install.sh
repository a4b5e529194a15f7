#!/bin/sh
# The production dependencies of one of our packages, exactly as locked, without what only people and compilers read.
set -eu
npm ci --prefer-offline --omit=dev --ignore-scripts --no-audit --no-fund --workspace "$1"
find . -path '*/node_modules/*' -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.md' \) -delete
# Builds for browsers, and native code of other systems.
rm -rf node_modules/@stellar/stellar-sdk/dist
for one in node_modules/*/prebuilds/*; do
  case "$one" in *'/*' | */linux-x64 | */linux-arm64) ;; *) rm -rf "$one" ;; esac
done
