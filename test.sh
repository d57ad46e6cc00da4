#!/usr/bin/env bash
# The one command: installs what the tests need, builds once, runs every suite on SQLite and on PostgreSQL.
# Ends with the line "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

install_missing() {
  local missing=()
  ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || missing+=(postgresql)
  command -v redis-server > /dev/null || missing+=(redis-server)
  command -v chromium > /dev/null || missing+=(chromium)
  command -v toot > /dev/null || missing+=(toot)
  command -v node > /dev/null || missing+=(nodejs)
  command -v npm > /dev/null || missing+=(npm)
  command -v curl > /dev/null || missing+=(curl)
  command -v jq > /dev/null || missing+=(jq)
  if [ ${#missing[@]} != 0 ]; then
    echo "Installing ${missing[*]}"
    as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null || return 1
  fi
  # Clients of Mastodon's API that ClientTests runs unchanged.
  [ -d tests/Atrium.Social.Tests/node_modules/masto ] || (cd tests/Atrium.Social.Tests && npm install --no-package-lock --ignore-scripts --no-audit --no-fund --silent)
}

work=$(mktemp -d)
pg_bin=""
cleanup() {
  [ -n "$pg_bin" ] && as_postgres "$pg_bin/pg_ctl" -D "$work/pg" -m immediate stop > /dev/null 2>&1
  rm -rf "$work"
}
trap cleanup EXIT

# PostgreSQL refuses to run as root.
as_postgres() { if [ "$(id -u)" = 0 ]; then (cd /tmp && setpriv --reuid=postgres --regid=postgres --clear-groups "$@"); else "$@"; fi; }

start_postgres() {
  pg_bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
  chmod 711 "$work"
  mkdir -p "$work/pg"
  if [ "$(id -u)" = 0 ]; then chown postgres "$work/pg"; fi
  as_postgres "$pg_bin/initdb" -D "$work/pg" -U atrium --auth=trust -E UTF8 --locale=C.UTF-8 > /dev/null || return 1
  as_postgres "$pg_bin/pg_ctl" -D "$work/pg" -w -l "$work/pg/log" \
    -o "-c listen_addresses= -c unix_socket_directories=$work/pg -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300" start > /dev/null
}

passed=0 failed=0 skipped=0
add() { # name, log, exit code
  local line
  line=$(grep -aE '^ *(total|failed|succeeded|skipped): [0-9]+' "$2" | tr -d ' ')
  local p f s
  p=$(sed -n 's/^succeeded://p' <<< "$line" | tail -1) f=$(sed -n 's/^failed://p' <<< "$line" | tail -1) s=$(sed -n 's/^skipped://p' <<< "$line" | tail -1)
  if [ -z "$p" ] || { [ "$3" != 0 ] && [ "${f:-0}" = 0 ]; }; then f=$((${f:-0} + 1)); fi
  passed=$((passed + ${p:-0})) failed=$((failed + ${f:-0})) skipped=$((skipped + ${s:-0}))
  printf '%-44s %4s passed %4s failed %4s skipped  %3ss\n' "$1" "${p:-0}" "${f:-0}" "${s:-0}" "$SECONDS"
  if [ "${f:-0}" != 0 ]; then awk '/^(passed|skipped) /{show=0} /^failed /{show=1} show' "$2" | head -200; [ -z "$p" ] && tail -50 "$2"; fi
}

run() { # name, project, environment…
  local name=$1 project=$2; shift 2
  SECONDS=0
  env "$@" timeout 900 dotnet "tests/$project/bin/Debug/net10.0/$project.dll" --no-ansi --progress off --output Detailed > "$work/$name.log" 2>&1 < /dev/null
  add "$name" "$work/$name.log" $?
}

install_missing || { echo "Cannot install what the tests need."; echo "0 passed, 1 failed, 0 skipped"; exit 1; }
start_postgres || { echo "PostgreSQL does not start."; echo "0 passed, 1 failed, 0 skipped"; exit 1; }
postgres="ATRIUM_TEST_POSTGRES=Host=$work/pg;Username=atrium;Database=postgres"

SECONDS=0
# One warm compiler for all projects; it goes when the build is done.
dotnet build Atrium.slnx -m:2 -v q --nologo -p:UseSharedCompilation=true > "$work/build.log" 2>&1 < /dev/null
built=$?
dotnet build-server shutdown --vbcscompiler > /dev/null 2>&1 < /dev/null
if [ "$built" != 0 ]; then
  tail -60 "$work/build.log"
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
fi
echo "Built in ${SECONDS}s"

for project in Kernel Web Accounts Home Tasks Social; do run "$project" "Atrium.$project.Tests" ATRIUM_TEST_POSTGRES=; done
for project in Kernel Accounts Home Tasks Social; do run "$project on PostgreSQL" "Atrium.$project.Tests" "$postgres"; done
run Architecture Atrium.Architecture.Tests ATRIUM_TEST_POSTGRES=
run Program Atrium.Tests ATRIUM_TEST_POSTGRES=
run Browser Atrium.Browser.Tests ATRIUM_TEST_POSTGRES=

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
