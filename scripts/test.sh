#!/usr/bin/env bash
# Runs everything that must hold, cheapest first. The last line is "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")/.."

step() { echo "== $*"; }

# Install what the tests need while the code is checked; the compiler first, because a
# half-installed one would be found and used.
./scripts/tools.sh compiler
./scripts/tools.sh chromium postgresql &
tools=$!
browser=$(mktemp)
trap 'wait; rm -f "$browser"' EXIT

./scripts/lint.sh

step govulncheck
if timeout 30 go tool govulncheck -version 2>/dev/null | grep -q 'DB updated'; then
	go tool govulncheck ./...
else
	echo 'govulncheck: database not reachable, left out'
fi

step tools
wait $tools

step test
# The browser drives the program as people run it, which is built without the race detector;
# watching the driver would take three times as long and find no race of ours. Packages of
# others that we never use from two goroutines at once are five times slower when they are
# watched: SQLite (C translated to Go), regexp and compress.
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
