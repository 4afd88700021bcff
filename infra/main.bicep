// All that CallMyWay.Functions needs on Azure, in one resource group. docs/azure.md shows it as a picture, and says what it costs.
targetScope = 'subscription'

@description('The environment: names the resource group, and with the subscription and the region all resources.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('The region. It must have Flex Consumption (az functionapp list-flexconsumption-locations; for the floor, --zone-redundant=true).')
@metadata({ azd: { type: 'location' } })
param location string

@description('The region of the console\'s static files; they are served from everywhere.')
@allowed(['centralus', 'eastasia', 'eastus2', 'westeurope', 'westus2'])
param staticSiteLocation string = 'eastus2'

@description('office: some five agents. floor: about two thousand. What each is made of stands in sizes.json.')
@allowed(['office', 'floor'])
param size string = 'office'

// azd asks for what has no default before its first hook runs. This one and the two below are set by that hook (scripts/before-provision.sh).
@description('The application (client) id of the Entra app registration, made by scripts/register-app.sh.')
param entraClientId string = ''

@description('The name of the vault; one that is free, as a deleted vault keeps its name for 90 days.')
@maxLength(24)
param keyVaultName string = ''

@description('The CallMyWay user that is charged. Its password is put into the vault, never here.')
@minLength(1)
param operatorUsername string

@description('The operator.')
param operatorUrl string = 'https://www.callmyway.com'

@description('The currency of the account\'s costs (ISO 4217).')
@minLength(3)
@maxLength(3)
param currency string = 'CRC'

@description('The zone of the account\'s times and working hours (IANA name).')
param timeZone string = 'America/Costa_Rica'

@description('The origins of CRM pages that embed the components, separated by commas: https://crm.example.com')
param crmOrigins string = ''

@description('Who is told of alerts and of the budget: e-mail addresses, separated by commas.')
@minLength(3)
param alertEmails string

@description('Whether there is a budget for the month. Azure refuses one in some subscriptions (CSP, Sponsorship and other offers), and the deployment with it.')
param withBudget bool = false

@description('The first day of the month in which the budget was first deployed (yyyy-MM-01). A budget\'s start can\'t be moved, so it stays the same ever after.')
param budgetStart string = ''

@description('The hours, in the account\'s zone, in which a silent webhook is an alert.')
@minValue(0)
@maxValue(23)
param opensAt int = 8

@minValue(1)
@maxValue(24)
param closesAt int = 18

@description('Who may set the secrets: the object id of a person or, better, a group; whoever deploys, where none is given.')
param administratorId string = ''

@description('Settings of the app beside those below, such as CallMyWay__Accounts__0__AccountIds__0.')
param moreSettings object = {}

var sizes = loadJsonContent('sizes.json')
var names = loadJsonContent('names.json')
var sizing = sizes[size]
var token = toLower(uniqueString(subscription().id, environmentName, location))
// All resources have these tags, the first of them too: what is missing is said before anything is made.
var tags = length(entraClientId) != 36
  ? fail('entraClientId is no client id: ENTRA_CLIENT_ID is not set. azd provision sets it; without azd, infra/scripts/register-app.sh prints it.')
  : withBudget && (length(budgetStart) != 10 || !endsWith(budgetStart, '-01'))
      ? fail('budgetStart is no first day of a month: BUDGET_START is not set. azd provision sets it; without azd, date -u +%Y-%m-01 prints it.')
      : { 'azd-env-name': environmentName }
// As browsers send them, and CORS and SignalR compare them: in small letters, and without a slash at the end.
var origins = [for origin in filter(split(crmOrigins, ','), text => !empty(trim(text))): join(take(split(toLower(trim(origin)), '/'), 3), '/')]

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'br/public:avm/res/managed-identity/user-assigned-identity:0.4.1' = {
  scope: group
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
    enableTelemetry: false
  }
}

module network 'app/network.bicep' = {
  scope: group
  params: { token: token, location: location, tags: tags }
}

module storage 'app/storage.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    skuName: sizing.storageSku
    tables: names.tables
    queues: names.queues
    networkId: network.outputs.networkId
    endpointsSubnetId: network.outputs.endpointsSubnetId
    readerId: identity.outputs.principalId
  }
}

module monitoring 'app/monitoring.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    publisherId: identity.outputs.principalId
    dailyLogGb: sizing.dailyLogGb
  }
}

module vault 'app/vault.bicep' = {
  scope: group
  params: {
    name: empty(keyVaultName) ? 'kv-${token}' : keyVaultName
    location: location
    tags: tags
    readerId: identity.outputs.principalId
    administratorId: empty(administratorId) ? deployer().objectId : administratorId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module console 'br/public:avm/res/web/static-site:0.9.3' = {
  scope: group
  params: {
    name: 'stapp-${token}'
    location: staticSiteLocation
    tags: union(tags, { 'azd-service-name': 'web' })
    sku: sizing.staticSiteSku
    // Not linked to the functions: that is for other plans, and would close the webhook.
    stagingEnvironmentPolicy: 'Disabled'
    enableTelemetry: false
  }
}

var consoleUrl = 'https://${console.outputs.defaultHostname}'

module screens 'app/screens.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    sku: sizing.signalRSku
    units: sizing.signalRUnits
    origins: concat([consoleUrl], origins)
    senderId: identity.outputs.principalId
  }
}

module api 'app/api.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    size: {
      zoneRedundant: sizing.zoneRedundant
      instanceMemoryMB: sizing.instanceMemoryMB
      maximumInstances: sizing.maximumInstances
      httpReady: sizing.httpReady
      callsReady: sizing.callsReady
      httpConcurrency: sizing.httpConcurrency
      samplingRatio: sizing.samplingRatio
    }
    identity: { resourceId: identity.outputs.resourceId, clientId: identity.outputs.clientId }
    storageName: storage.outputs.name
    packagesUrl: storage.outputs.packagesUrl
    subnetId: network.outputs.functionsSubnetId
    screensUrl: screens.outputs.url
    vaultName: vault.outputs.name
    monitorConnectionString: monitoring.outputs.connectionString
    entraClientId: entraClientId
    origins: concat([consoleUrl], origins)
    settings: union(
      {
        CallMyWay__BaseUrl: operatorUrl
        CallMyWay__Accounts__0__Username: operatorUsername
        CallMyWay__Accounts__0__Currency: currency
        CallMyWay__Accounts__0__TimeZone: timeZone
      },
      moreSettings
    )
  }
}

module alerts 'app/alerts.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    emails: [for email in split(alertEmails, ','): trim(email)]
    metrics: names.metrics
    workspaceId: monitoring.outputs.workspaceId
    signalRId: screens.outputs.resourceId
    dailyMessages: sizing.signalRSku == 'Free_F1' ? 20000 : 1000000 * sizing.signalRUnits
    hours: { timeZone: timeZone, opensAt: opensAt, closesAt: closesAt }
    budget: withBudget ? { amount: sizing.monthlyBudget, start: budgetStart } : null
  }
}

@description('Give this to the operator: requests to it come from here, and from nowhere else.')
output OUTBOUND_ADDRESS string = network.outputs.outboundAddress

output CONSOLE_URL string = consoleUrl
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_KEY_VAULT_NAME string = vault.outputs.name
output AZURE_STORAGE_ACCOUNT_NAME string = storage.outputs.name
output SERVICE_API_NAME string = api.outputs.name
output SERVICE_WEB_NAME string = console.outputs.name

// What the console is built with (web/static-web-app.ts).
output VITE_API string = api.outputs.url
output VITE_ENTRA_CLIENT_ID string = entraClientId
output VITE_ENTRA_TENANT_ID string = tenant().tenantId
output VITE_CRM_ORIGINS string = crmOrigins
