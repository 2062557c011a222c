#!/usr/bin/env bash
# Everything that must hold, cheapest first. The last line is "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")/.."

step() { echo "== $*"; }

# What the tests need beside Go comes while the code is looked at, but for the compiler: half
# of it would be found and used.
./scripts/tools.sh compiler
./scripts/tools.sh chromium postgresql &
tools=$!
browser=$(mktemp)
trap 'wait; rm -f "$browser"' EXIT

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

step govulncheck
if timeout 30 go tool govulncheck -version 2>/dev/null | grep -q 'DB updated'; then
	go tool govulncheck ./...
else
	echo 'govulncheck: database not reachable, left out'
fi

step tools
wait $tools

step test
# The browser is led through the program as people run it, which is built without the
# detector: to watch who leads it finds no race of ours, and takes three times as long.
# Code of others that we hand nothing to twice at once is five times slower when it is watched
# for races: SQLite, which is C made into Go, patterns and packing.
unwatched=(modernc.org/... regexp/... compress/...)
flags=("${unwatched[@]/#/-gcflags=}")
flags=("${flags[@]/%/=-race=false}")
{
	failed=
	go test -timeout 30m -json ./cmd/chronicle/e2e/... >"$browser" &
	go list ./... | grep -v /e2e | xargs go test -race "${flags[@]}" -timeout 30m -json || failed=yes
	wait $! || failed=yes
	cat "$browser"
	[ -z "$failed" ]
} | go run ./scripts
