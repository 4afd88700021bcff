#!/usr/bin/env bash
# What the deployment needs to be told and can't know: the app registration, and the month of the budget's beginning. azd runs it.
set -euo pipefail
scripts=$(dirname "${BASH_SOURCE[0]}")

if [ -z "${ENTRA_CLIENT_ID:-}" ]; then
  id=$("$scripts/register-app.sh" "$AZURE_ENV_NAME")
  azd env set ENTRA_CLIENT_ID "$id"
fi
if [ -z "${BUDGET_START:-}" ]; then
  azd env set BUDGET_START "$(date -u +%Y-%m-01)"
fi
