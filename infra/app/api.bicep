// The function app on Flex Consumption, and the platform's authentication before it.
param token string
param location string
param tags object
param size {
  zoneRedundant: bool
  instanceMemoryMB: int
  maximumInstances: int
  httpReady: int
  callsReady: int
  httpConcurrency: int
  samplingRatio: string
}
param identity { resourceId: string, clientId: string }
param storageName string
param packagesUrl string
param subnetId string
param screensUrl string
param vaultName string
param monitorConnectionString string
param entraClientId string
@description('The console\'s own origin, and those of CRM pages.')
param origins string[]
@description('Settings that hold no secret.')
param settings object

var name = 'func-${token}'
var secrets = {
  CallMyWay__Accounts__0__Password: 'operator-password'
  Webhook__Keys__0: 'webhook-key-0'
  Webhook__Keys__1: 'webhook-key-1'
}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: 'plan-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  // With zoneRedundant the platform keeps two instances ready of each function and group, also of those that ask for none.
  properties: { reserved: true, zoneRedundant: size.zoneRedundant }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.resourceId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identity.resourceId
    virtualNetworkSubnetId: subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packagesUrl
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identity.resourceId }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: size.instanceMemoryMB
        maximumInstanceCount: size.maximumInstances
        // Both doors of a call are warm: the one that acks, and the one that puts it on a screen.
        alwaysReady: [
          { name: 'http', instanceCount: size.httpReady }
          { name: 'function:ProcessCallEvent', instanceCount: size.callsReady }
        ]
        triggers: { http: { perInstanceConcurrency: size.httpConcurrency } }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
      cors: { allowedOrigins: origins, supportCredentials: false }
    }
  }

  // Deploying is done with Entra ID, never with a password. (FTP, the other door, is none of this plan's.)
  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(
      {
        AzureWebJobsStorage__accountName: storageName
        AzureWebJobsStorage__credential: 'managedidentity'
        AzureWebJobsStorage__clientId: identity.clientId
        AzureSignalRConnectionString__serviceUri: screensUrl
        AzureSignalRConnectionString__credential: 'managedidentity'
        AzureSignalRConnectionString__clientId: identity.clientId
        Telemetry__AzureMonitorConnectionString: monitorConnectionString
        Telemetry__ClientId: identity.clientId
        Telemetry__SamplingRatio: size.samplingRatio
        // Read by the Functions host: it passes the caller's address on to the worker (CallerAddress), and not its own.
        ASPNETCORE_FORWARDEDHEADERS_ENABLED: 'true'
        // The console's own pages, of which one is for frames: they need no entry among the origins of other applications.
        Embedding__OwnOrigins__0: origins[0]
        // What else CORS lets in, so that the console can name an origin that is listed there and missing here.
        Embedding__DeployedOrigins: join(skip(origins, 1), ',')
        // Read by the platform and by the app: people of other directories are nobody.
        WEBSITE_AUTH_AAD_ALLOWED_TENANTS: tenant().tenantId
      },
      mapValues(secrets, secret => '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${secret})'),
      settings
    )
  }

  // The platform checks a token that comes, and lets pass who has none: the webhook and the health page are open, all else is
  // refused by the app itself (AccessMiddleware).
  resource authentication 'config' = {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: true, runtimeVersion: '~1' }
      globalValidation: { requireAuthentication: false, unauthenticatedClientAction: 'AllowAnonymous' }
      httpSettings: { requireHttps: true }
      login: { tokenStore: { enabled: false } }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          registration: {
            clientId: entraClientId
            openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
          }
          validation: {
            allowedAudiences: [entraClientId, 'api://${entraClientId}']
            defaultAuthorizationPolicy: { allowedApplications: [entraClientId] }
          }
        }
      }
    }
  }
}

output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'
