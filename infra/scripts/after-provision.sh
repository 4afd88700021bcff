#!/usr/bin/env bash
# What Bicep can't do: lets the console sign people in, draws the webhook's keys where there are none, asks for the operator's
# password, and says what to tell the operator. It changes nothing that is there already. azd runs it; without azd, set
#   VITE_ENTRA_CLIENT_ID CONSOLE_URL VITE_API AZURE_KEY_VAULT_NAME OUTBOUND_ADDRESS
# to the outputs of the deployment.
set -euo pipefail

if [ "${CI:-}" = true ]; then
  echo "A pipeline changes neither the registration nor the vault: the first set-up is a person's."
  exit 0
fi

umask 077
secret=$(mktemp)
trap 'rm -f "$secret"' EXIT

has() { az keyvault secret show --vault-name "$AZURE_KEY_VAULT_NAME" --name "$1" --query id --output tsv > /dev/null 2>&1; }

# put NAME: from the file, as what stands on a command line is seen by all on the machine.
put() { az keyvault secret set --vault-name "$AZURE_KEY_VAULT_NAME" --name "$1" --file "$secret" --encoding utf-8 --output none; }

# A role assignment takes some minutes to be heeded.
for try in {1..20}; do
  az keyvault secret list --vault-name "$AZURE_KEY_VAULT_NAME" --query '[].name' --output tsv > /dev/null 2>&1 && break
  [ "$try" -lt 20 ] || { echo "You may not read the secrets of $AZURE_KEY_VAULT_NAME. ADMINISTRATOR_ID says who may." >&2; exit 1; }
  sleep 15
done

for name in webhook-key-0 webhook-key-1; do
  has "$name" && continue
  # 32 letters and digits: 190 bits.
  LC_ALL=C tr -dc 'A-Za-z0-9' < /dev/urandom | head -c 32 > "$secret" || [ "$(wc -c < "$secret")" -eq 32 ]
  put "$name"
done

if ! has operator-password; then
  if [ -t 0 ]; then
    read -rsp "The password of the CallMyWay user that is charged: " password
    echo
    printf '%s' "$password" > "$secret"
    put operator-password
  else
    echo "The operator's password is missing: az keyvault secret set --vault-name $AZURE_KEY_VAULT_NAME --name operator-password --file <file>"
  fi
fi

registration="https://graph.microsoft.com/v1.0/applications(appId='$VITE_ENTRA_CLIENT_ID')"
pages=$(az rest --method GET --uri "$registration" --query 'spa.redirectUris' --output tsv)
if ! grep -qxF "$CONSOLE_URL/" <<< "$pages"; then
  list=$(printf '%s\n%s/\n' "$pages" "$CONSOLE_URL" | sed '/^$/d; s/.*/"&"/' | paste -sd, -)
  az rest --method PATCH --uri "$registration" --headers Content-Type=application/json --body "{\"spa\":{\"redirectUris\":[$list]}}"
fi

cat << EOF

Tell the operator:
  requests come from  $OUTBOUND_ADDRESS
  notifications go to $VITE_API/api/webhooks/callmyway/<key>
The key: az keyvault secret show --vault-name $AZURE_KEY_VAULT_NAME --name webhook-key-0 --query value --output tsv
The console: $CONSOLE_URL
EOF
