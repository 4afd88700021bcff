#!/usr/bin/env bash
# main.parameters.json with its settings taken from the environment, as azd does it, for the Azure CLI, which can't. A setting that is
# empty has its default; one whose default is a number or a truth value is one too.
set -euo pipefail

jq '.parameters |= map_values(
  if (.value | type) == "string" then
    (.value | capture("^\\$\\{(?<name>\\w+)(=(?<default>.*))?\\}$")) as $setting
    | ($setting.default // "") as $default
    | (env[$setting.name] // "" | if . == "" then $default else . end)
    | { value: (if $default | test("^([0-9]+|true|false)$") then fromjson else . end) }
  else . end)' "$(dirname "${BASH_SOURCE[0]}")/../main.parameters.json"
