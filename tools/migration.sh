#!/usr/bin/env bash
# Adds a migration to a module for both databases: tools/migration.sh Tasks AddLabels
# With --redo as the name, a module that has never been released gets its Initial migration made anew.
set -euo pipefail
cd "$(dirname "$0")/.."
module=$1 name=$2
dotnet tool restore > /dev/null
if [ "$name" = --redo ]; then
  rm -rf "src/Atrium.$module/Data/Migrations"
  name=Initial
fi
dotnet build src/Atrium -v q --nologo -p:RunAnalyzers=false
for provider in Sqlite Postgres; do
  dotnet ef migrations add "$name" --no-build --project "src/Atrium.$module" --startup-project src/Atrium \
    --context "$provider${module}Db" --output-dir "Data/Migrations/$provider"
done
