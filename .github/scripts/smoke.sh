#!/usr/bin/env bash
# Looks whether what was deployed answers, and lets nobody in who is nobody.
#   smoke.sh API CONSOLE
set -euo pipefail
api=$1 console=$2

# ask ADDRESS [OPTION...]: the status, and where it leads.
ask() {
  local address=$1
  shift
  curl --silent --output /dev/null --write-out '%{http_code} %{redirect_url}' --max-time 20 "$@" "$address"
}

# expect PATTERN ADDRESS [OPTION...]: a new instance may take a while.
expect() {
  local pattern=$1 address=$2 now=
  shift 2
  for _ in {1..30}; do
    now=$(ask "$address" "$@") || true
    # shellcheck disable=SC2053 # It is a pattern.
    if [[ $now == $pattern ]]; then
      echo "$address: $now"
      return
    fi
    sleep 10
  done
  echo "::error::$address answers '$now', not '$pattern'"
  return 1
}

expect '200 *' "$api/api/health"
expect '200 *' "$console/"

# The platform's authentication is on: it has a sign-in of its own there, which is the directory's. Without it that page is not found.
expect '302 https://login.microsoftonline.com/*' "$api/.auth/login/aad"

# Nobody is an administrator by saying so: the platform takes its header out of what a client sends, and a token must be the directory's.
somebody=$(printf '%s' '{"auth_typ":"aad","claims":[{"typ":"preferred_username","val":"smoke@example.com"},{"typ":"roles","val":"Admin"},
  {"typ":"oid","val":"00000000-0000-4000-8000-000000000001"},{"typ":"http://schemas.microsoft.com/identity/claims/tenantid","val":"none"}]}' | base64 | tr -d '\n')
expect '401 *' "$api/api/me"
expect '401 *' "$api/api/me" --header "X-MS-CLIENT-PRINCIPAL: $somebody"
expect '401 *' "$api/api/me" --header 'Authorization: Bearer e30.e30.e30'
