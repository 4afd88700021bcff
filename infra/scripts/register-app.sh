#!/usr/bin/env bash
# The app registration of an environment: makes it, or brings an earlier one up to infra/entra.json, and prints its client id.
#   register-app.sh ENVIRONMENT
# Needs: az, signed in as somebody who may register applications (Entra role Application Developer, or more).
# shellcheck source=infra/scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

name="CallMyWay $1"
manifest=$(dirname "${BASH_SOURCE[0]}")/../entra.json

id=$(az ad app list --display-name "$name" --query "[?displayName=='$name'].appId" --output tsv)
case $(wc -w <<< "$id") in
  0) id=$(az ad app create --display-name "$name" --sign-in-audience AzureADMyOrg --query appId --output tsv) ;;
  1) ;;
  *) echo "There are several app registrations called '$name'. Set ENTRA_CLIENT_ID to the one to use." >&2; exit 1 ;;
esac

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sed "s/CLIENT_ID/$id/" "$manifest" > "$folder/body.json"
# By its name in the folder: an absolute path after an @ is not everywhere what az can read.
cd "$folder"
again az rest --method PATCH --uri "https://graph.microsoft.com/v1.0/applications(appId='$id')" --headers Content-Type=application/json \
  --body @body.json --output none >&2
az ad sp show --id "$id" --output none 2> /dev/null || again az ad sp create --id "$id" --output none >&2

echo "$id"
