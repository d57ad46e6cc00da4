#!/usr/bin/env bash
# A working day over the API: makes a project, lets a friend in, adds tasks, assigns and moves them, and pages through what is open.
# Needs curl and jq. Written from /docs alone.
#
#   HOUSE=http://localhost:5080 TOKEN=atr_… FRIEND=ben docs/samples/tasks.sh
#
# TOKEN is a personal access token with the scopes tasks:admin and profile:read: make it at /settings/apps,
# or with `atrium token add HANDLE --scope tasks:admin profile:read`. FRIEND is somebody's handle.
set -euo pipefail
: "${HOUSE:?Where is the house? HOUSE=http://localhost:5080}" "${TOKEN:?A personal access token}" "${FRIEND:?Whose help do you want? A handle}"

# call METHOD PATH [BODY]: what the house answers; a refusal ends the script with its code.
call() {
  local answer
  answer=$(curl -sS --fail-with-body -X "$1" "$HOUSE$2" -H "Authorization: Bearer $TOKEN" \
    ${3:+-H "Content-Type: application/json" -H "Idempotency-Key: $RANDOM-$RANDOM-$RANDOM" -d "$3"}) || { jq -r '"\(.code): \(.title)"' <<< "$answer" >&2; return 1; }
  echo "$answer"
}

me=$(call GET /api/accounts/me | jq -r .id)
friend=$(call GET "/api/accounts/members?text=$FRIEND" | jq -r --arg handle "$FRIEND" '.items[] | select(.handle == $handle) | .id')
[ -n "$friend" ] || { echo "Nobody here is called $FRIEND." >&2; exit 1; }

project=$(call POST /api/tasks/projects '{"title": "Winter market", "color": "#2f6f4f"}')
id=$(jq -r .id <<< "$project")
doing=$(jq -r '.columns[] | select(.category == "doing") | .id' <<< "$project")
echo "Made $(jq -r '.key + " " + .title' <<< "$project")"
call PUT "/api/tasks/projects/$id/members/member:$friend" '{"role": "writer"}' > /dev/null

for title in "Book the hall" "Ask the band" "Print posters" "Mulled wine for 200" "Lights for the tree"; do
  call POST "/api/tasks/projects/$id/tasks" "$(jq -n --arg title "$title" --arg me "$me" '{title: $title, assignees: [$me], due: "2026-12-11", labels: ["market"]}')" | jq -r '"Added \(.key) \(.title)"'
done

# The friend takes the first two, by editing the revision that was read; one of them is begun at once.
tasks=$(call GET "/api/tasks/projects/$id/tasks?limit=2")
for task in $(jq -r '.items[].id' <<< "$tasks"); do
  revision=$(jq --arg id "$task" '.items[] | select(.id == $id) | .revision' <<< "$tasks")
  call PATCH "/api/tasks/tasks/$task" "$(jq -n --arg friend "$friend" --argjson base "$revision" '{assignees: [$friend], base: $base}')" | jq -r '"\(.key) is for \(.assignees[0].handle)"'
done
first=$(jq -r '.items[0].id' <<< "$tasks")
call POST "/api/tasks/tasks/$first/move" "$(jq -n --arg column "$doing" '{column: $column}')" | jq -r '"\(.key) is \(.category)"'

# All that is open, two at a time.
cursor=""
page=0
while :; do
  slice=$(call GET "/api/tasks/projects/$id/tasks?limit=2&filter=status:open${cursor:+&cursor=$cursor}")
  page=$((page + 1))
  jq -r --arg page "$page" '.items[] | "Page \($page): \(.key) \(.title) (\(.column.name), \(.assignees[0].handle))"' <<< "$slice"
  cursor=$(jq -r '.next // empty' <<< "$slice")
  [ -n "$cursor" ] || break
done
