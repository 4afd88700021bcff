#!/usr/bin/env bash
# The condition under which a pipeline may give and take roles: only those that the templates give (infra/roles.json). Without it, whoever
# may give roles may give themselves any, Owner among them.
set -euo pipefail

jq -r '[.[]] | join(", ") as $roles
  | "((!(ActionMatches{'"'Microsoft.Authorization/roleAssignments/write'"'}))"
    + " OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {\($roles)}))"
    + " AND ((!(ActionMatches{'"'Microsoft.Authorization/roleAssignments/delete'"'}))"
    + " OR (@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {\($roles)}))"' \
  "$(dirname "${BASH_SOURCE[0]}")/../roles.json"
