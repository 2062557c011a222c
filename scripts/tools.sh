#!/usr/bin/env bash
# Installs what the tests need beside Go, and says nothing when it is there: a C compiler
# for the race detector, Chromium, and PostgreSQL's server; or those of them that are named.
set -euo pipefail

has_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
has_postgresql() { command -v initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb'; }
has_compiler() { command -v gcc || command -v clang; }

declare -A package=([compiler]='gcc libc6-dev' [chromium]=chromium [postgresql]=postgresql)
[ $# -gt 0 ] || set -- "${!package[@]}"
packages=()
for tool; do
	has_$tool >/dev/null || read -ra packages <<<"${packages[*]} ${package[$tool]}"
done
[ ${#packages[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
	echo "tools: this is no Debian: please install ${packages[*]} (Chromium, PostgreSQL 15 or later, a C compiler) yourself" >&2
	exit 1
fi
as=()
if [ "$(id -u)" -ne 0 ]; then
	command -v sudo >/dev/null || { echo "tools: ask an administrator to install: ${packages[*]}" >&2; exit 1; }
	as=(sudo)
fi
echo "tools: installing ${packages[*]}"
apt() {
	"${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 "$@" >/dev/null
}
apt update
apt install -y --no-install-recommends "${packages[@]}"

for tool; do
	has_$tool >/dev/null || { echo "tools: $tool is still missing after installing ${packages[*]}" >&2; exit 1; }
done
