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
  command -v node > /dev/null || missing+=(nodejs)
  for tool in npm curl jq ffmpeg toot vdirsyncer todoman; do command -v $tool > /dev/null || missing+=($tool); done
  /usr/bin/python3 -c 'import mastodon' 2> /dev/null || missing+=(python3-mastodon)
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

# Two suites at a time use two cores better than one; each stands on its own server, folder and database.
suites=(
  "Browser|Atrium.Browser.Tests|"
  "Tasks on PostgreSQL|Atrium.Tasks.Tests|postgres"
  "Tasks|Atrium.Tasks.Tests|"
  "Program|Atrium.Tests|"
  "Social on PostgreSQL|Atrium.Social.Tests|postgres"
  "Social|Atrium.Social.Tests|"
  "Architecture|Atrium.Architecture.Tests|"
  "Home on PostgreSQL|Atrium.Home.Tests|postgres"
  "Home|Atrium.Home.Tests|"
  "Kernel|Atrium.Kernel.Tests|"
  "Accounts on PostgreSQL|Atrium.Accounts.Tests|postgres"
  "Web|Atrium.Web.Tests|"
  "Accounts|Atrium.Accounts.Tests|"
  "Kernel on PostgreSQL|Atrium.Kernel.Tests|postgres"
)

count() { grep -aE "^ *$1: [0-9]+" "$2" | tail -1 | tr -dc '0-9'; }

run() { # name|project|database; leaves "passed failed skipped" in a file of its name
  local name project database log p f s code
  IFS='|' read -r name project database <<< "$1"
  log="$work/$name.log" SECONDS=0
  ATRIUM_TEST_POSTGRES=${database:+$server} timeout 900 dotnet "tests/$project/bin/Debug/net10.0/$project.dll" --no-ansi --progress off --output Detailed > "$log" 2>&1 < /dev/null
  code=$?
  p=$(count succeeded "$log") f=$(count failed "$log") s=$(count skipped "$log")
  if [ -z "$p" ] || { [ "$code" != 0 ] && [ "${f:-0}" = 0 ]; }; then f=$((${f:-0} + 1)); fi
  printf '%-44s %4s passed %4s failed %4s skipped  %3ss\n' "$name" "${p:-0}" "${f:-0}" "${s:-0}" "$SECONDS"
  if [ "${f:-0}" != 0 ]; then awk '/^(passed|skipped) /{show=0} /^failed /{show=1} show' "$log" | head -200; [ -z "$p" ] && tail -50 "$log"; fi
  echo "${p:-0} ${f:-0} ${s:-0}" > "$work/$name.count"
}

install_missing || { echo "Cannot install what the tests need."; echo "0 passed, 1 failed, 0 skipped"; exit 1; }
start_postgres || { echo "PostgreSQL does not start."; echo "0 passed, 1 failed, 0 skipped"; exit 1; }
server="Host=$work/pg;Username=atrium;Database=postgres"

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

SECONDS=0
export -f run count
export work server
printf '%s\0' "${suites[@]}" | xargs -0 -P 2 -I{} bash -c 'run "$1"' _ {}
echo "Ran in ${SECONDS}s"

# A suite that left no count has failed.
cat "$work"/*.count 2> /dev/null | awk -v suites="${#suites[@]}" '
  { passed += $1; failed += $2; skipped += $3 }
  END { failed += suites - NR; printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped; exit failed != 0 }'
