#!/usr/bin/env bash
# Checks the code without running it: generated files, format, vet, staticcheck.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { echo "== $*"; }

generated() { find . -name '*_templ.go' -not -path './.git/*' -print0 | sort -z | xargs -0r sha256sum; }

step templ
go tool templ fmt -fail -log-level error . || { echo 'templ files were not formatted; they are now'; exit 1; }
before=$(generated)
go tool templ generate -log-level error
[ "$before" = "$(generated)" ] || { echo 'generated code was behind its templ files; it is up to date now'; exit 1; }

step gofumpt
unformatted=$(go tool gofumpt -l .)
[ -z "$unformatted" ] || { echo "$unformatted"; echo 'not formatted: make generate'; exit 1; }

step vet
go vet ./...

step staticcheck
go tool staticcheck ./...
