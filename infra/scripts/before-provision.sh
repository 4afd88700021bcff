#!/usr/bin/env bash
# What the deployment needs and can't find out or do itself. azd runs it.
scripts=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=infra/scripts/common.sh
source "$scripts/common.sh"

if [ "${CI:-}" = true ]; then
  # Each has a stand-in that deploys without a word and is wrong: another registration, the pipeline's own identity over the secrets, a vault
  # without secrets, a budget that begins when it can't any more.
  : "${ENTRA_CLIENT_ID:?is not set: the app registration that the first azd up made}"
  : "${ADMINISTRATOR_ID:?is not set: who may set the secrets}"
  : "${AZURE_KEY_VAULT_NAME:?is not set: the vault that the first azd up made}"
  [ "${WITH_BUDGET:-false}" = false ] || : "${BUDGET_START:?is not set: the month of the first azd up, yyyy-MM-01}"
  exit 0
fi

same_account

# The template has nothing of this provider but the name in the subnet's delegation, so nothing else registers it in a fresh subscription.
az provider register --namespace Microsoft.App --wait ${AZURE_SUBSCRIPTION_ID:+--subscription "$AZURE_SUBSCRIPTION_ID"}

# The first set-up, or the first after an azd down. The earlier vault keeps its name for 90 days after its deletion, so this one gets another;
# and a budget can't begin in a month that has passed.
exists=$(az group exists --name "rg-$AZURE_ENV_NAME" ${AZURE_SUBSCRIPTION_ID:+--subscription "$AZURE_SUBSCRIPTION_ID"})
if [ "$exists" = false ]; then
  AZURE_KEY_VAULT_NAME=kv-$(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')
  azd env set AZURE_KEY_VAULT_NAME "$AZURE_KEY_VAULT_NAME"
  BUDGET_START=
fi
if [ -z "${BUDGET_START:-}" ]; then
  azd env set BUDGET_START "$(date -u +%Y-%m-01)"
fi
if [ -z "${ENTRA_CLIENT_ID:-}" ]; then
  id=$("$scripts/register-app.sh" "$AZURE_ENV_NAME")
  azd env set ENTRA_CLIENT_ID "$id"
fi
if [ -z "${ADMINISTRATOR_ID:-}" ]; then
  # Kept from here on: the pipeline that deploys later is somebody else, and must not become the one who may set the secrets.
  id=$(az ad signed-in-user show --query id --output tsv)
  azd env set ADMINISTRATOR_ID "$id"
fi
