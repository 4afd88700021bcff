#!/usr/bin/env bash
# What the deployment needs and can't find out or do itself. azd runs it.
set -euo pipefail
scripts=$(dirname "${BASH_SOURCE[0]}")

if [ "${CI:-}" = true ]; then
  # Each has a stand-in that deploys without a word and is wrong: another registration, the pipeline's own identity over the secrets, a
  # budget that begins when it can't any more.
  : "${ENTRA_CLIENT_ID:?is not set: the app registration that the first azd up made}"
  : "${ADMINISTRATOR_ID:?is not set: who may set the secrets}"
  : "${BUDGET_START:?is not set: the month of the first azd up, yyyy-MM-01}"
  exit 0
fi

# The template has nothing of this provider but the name in the subnet's delegation, so nothing else registers it in a fresh subscription.
az provider register --namespace Microsoft.App --wait ${AZURE_SUBSCRIPTION_ID:+--subscription "$AZURE_SUBSCRIPTION_ID"}

if [ -z "${ENTRA_CLIENT_ID:-}" ]; then
  id=$("$scripts/register-app.sh" "$AZURE_ENV_NAME")
  azd env set ENTRA_CLIENT_ID "$id"
fi
if [ -z "${ADMINISTRATOR_ID:-}" ]; then
  # Kept from here on: the pipeline that deploys later is somebody else, and must not become the one who may set the secrets.
  id=$(az ad signed-in-user show --query id --output tsv)
  azd env set ADMINISTRATOR_ID "$id"
fi
if [ -z "${BUDGET_START:-}" ]; then
  azd env set BUDGET_START "$(date -u +%Y-%m-01)"
fi
