# shellcheck shell=bash
# What the scripts share; they read it with "source".
set -euo pipefail

# Without the CR at the end of each line that az writes on Windows: it would become a part of ids and names.
az() { command az "$@" | tr -d '\r'; }

# again COMMAND...: what was made a moment ago is not known everywhere yet (Entra ID, roles, the vault), so that what fails is tried again.
again() {
  local try
  for try in {1..20}; do
    "$@" && return
    [ "$try" -eq 20 ] || { echo "Not yet; once more in 15 seconds." >&2; sleep 15; }
  done
  return 1
}

# az and azd are two programs with a sign-in each. Where they mean two directories or subscriptions, one half would be set up in the other.
same_account() {
  local subscription tenant
  subscription=$(az account show --query id --output tsv) || { echo "az is not signed in: az login." >&2; return 1; }
  tenant=$(az account show --query tenantId --output tsv)
  if [ -n "${AZURE_TENANT_ID:-}" ] && [ "$AZURE_TENANT_ID" != "$tenant" ]; then
    echo "az is signed in to the directory $tenant, and the environment is of $AZURE_TENANT_ID: az login --tenant $AZURE_TENANT_ID." >&2
    return 1
  fi
  if [ -n "${AZURE_SUBSCRIPTION_ID:-}" ] && [ "$AZURE_SUBSCRIPTION_ID" != "$subscription" ]; then
    echo "az uses the subscription $subscription, and the environment $AZURE_SUBSCRIPTION_ID:" \
      "az account set --subscription $AZURE_SUBSCRIPTION_ID, after az login where az does not know it." >&2
    return 1
  fi
}
