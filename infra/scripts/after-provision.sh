#!/usr/bin/env bash
# What Bicep can't do: lets the console sign people in, draws the webhook's keys where there are none, asks for the operator's
# password, and says what to tell the operator. It changes nothing that is there already. azd runs it; without azd, set
#   VITE_ENTRA_CLIENT_ID CONSOLE_URL VITE_API AZURE_KEY_VAULT_NAME AZURE_RESOURCE_GROUP SERVICE_API_NAME OUTBOUND_ADDRESS
# to the outputs of the deployment.
# shellcheck source=infra/scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

if [ "${CI:-}" = true ]; then
  echo "A pipeline changes neither the registration nor the vault: the first set-up is a person's."
  exit 0
fi

same_account
umask 077
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
secret=$folder/secret

# What is there is asked once, and must be answered: an az that fails must not look like a key that is missing, or those in use would be
# drawn anew. A role assignment takes some minutes to be heeded.
names=$(again az keyvault secret list --vault-name "$AZURE_KEY_VAULT_NAME" --query '[].name' --output tsv) \
  || { echo "The secrets of $AZURE_KEY_VAULT_NAME can't be listed. ADMINISTRATOR_ID says who may." >&2; exit 1; }

has() { grep -qxF "$1" <<< "$names"; }

# put NAME: from the file, as what stands on a command line is seen by all on the machine.
put() {
  again az keyvault secret set --vault-name "$AZURE_KEY_VAULT_NAME" --name "$1" --file "$secret" --encoding utf-8 --output none
  changed=yes
}
changed=
complete=yes

for name in webhook-key-0 webhook-key-1; do
  has "$name" && continue
  # 32 letters and digits: 190 bits.
  LC_ALL=C tr -dc 'A-Za-z0-9' < /dev/urandom | head -c 32 > "$secret" || [ "$(wc -c < "$secret")" -eq 32 ]
  put "$name"
done

# ask_password: into the file. With an empty one the app would start, and no click would reach the operator.
ask_password() {
  local try password
  for try in 1 2 3; do
    read -rsp "The password of the CallMyWay user that is charged: " password || break
    echo
    if [ -n "${password//[[:space:]]/}" ]; then
      printf '%s' "$password" > "$secret"
      return
    fi
    echo "That is no password."
  done
  return 1
}

if ! has operator-password; then
  if [ -t 0 ] && ask_password; then
    put operator-password
  else
    complete=
    echo "The operator's password is missing: az keyvault secret set --vault-name $AZURE_KEY_VAULT_NAME --name operator-password --file <file>"
  fi
fi

# The app was there before its secrets, and a reference that could not be read is tried again by itself within a day only. Whether all are
# read is asked each time, so that the next run makes up for one that was broken off here.
app=$(az functionapp show --resource-group "$AZURE_RESOURCE_GROUP" --name "$SERVICE_API_NAME" --query id --output tsv \
  ${AZURE_SUBSCRIPTION_ID:+--subscription "$AZURE_SUBSCRIPTION_ID"})
references="https://management.azure.com$app/config/configreferences/appsettings"
refresh() { az rest --method POST --uri "$references/refresh?api-version=2024-11-01" --output none; }
unread() {
  az rest --method GET --uri "$references?api-version=2024-11-01" --query "value[?properties.status!='Resolved'].name" --output tsv
}
if [ -n "$changed" ]; then
  again refresh || true
fi
missing=$(again unread) || { echo "Whether the app can read the vault can't be seen." >&2; complete=; }
for _ in {1..8}; do
  if [ -z "$missing" ] || [ -z "$complete" ]; then break; fi
  sleep 15
  again refresh || true
  missing=$(again unread) || true
done
if [ -n "$missing" ]; then
  echo "The app can't read these settings from the vault yet: $(paste -sd ' ' <<< "$missing"). It does not work without them." >&2
  echo "Run this again (azd hooks run postprovision) once the secrets are there." >&2
fi

registration="https://graph.microsoft.com/v1.0/applications(appId='$VITE_ENTRA_CLIENT_ID')"
pages=$(again az rest --method GET --uri "$registration" --query 'spa.redirectUris' --output tsv)
if ! grep -qxF "$CONSOLE_URL/" <<< "$pages"; then
  list=$(printf '%s\n%s/\n' "$pages" "$CONSOLE_URL" | sed '/^$/d; s/.*/"&"/' | paste -sd, -)
  again az rest --method PATCH --uri "$registration" --headers Content-Type=application/json --body "{\"spa\":{\"redirectUris\":[$list]}}"
fi

cat << EOF

Tell the operator, once you have seen that requests leave by that address (docs/azure.md, What to tell the operator):
  requests come from  $OUTBOUND_ADDRESS
  notifications go to $VITE_API/api/webhooks/callmyway/<key>
The key: az keyvault secret show --vault-name $AZURE_KEY_VAULT_NAME --name webhook-key-0 --query value --output tsv
The console: $CONSOLE_URL
EOF
