// Where the worker sends its metrics and traces. The Functions host itself gets no connection string: what it would export are
// requests with their whole address, and that of the webhook holds its key.
param token string
param location string
param tags object
@description('The identity of the function app.')
param publisherId string
@description('A cap on what is logged in a day, so that a fault can\'t run up a bill. Past it alerts are blind until the next day.')
param dailyLogGb int

module workspace 'br/public:avm/res/operational-insights/workspace:0.12.0' = {
  params: {
    name: 'log-${token}'
    location: location
    tags: tags
    dataRetention: 30
    dailyQuotaGb: dailyLogGb
    forceCmkForQuery: false
    features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true }
    enableTelemetry: false
  }
}

module insights 'br/public:avm/res/insights/component:0.6.0' = {
  params: {
    name: 'appi-${token}'
    location: location
    tags: tags
    workspaceResourceId: workspace.outputs.resourceId
    retentionInDays: 30
    disableLocalAuth: true
    disableIpMasking: false
    roleAssignments: [
      { principalId: publisherId, principalType: 'ServicePrincipal', roleDefinitionIdOrName: 'Monitoring Metrics Publisher' }
    ]
    enableTelemetry: false
  }
}

output workspaceId string = workspace.outputs.resourceId
@description('An address, no secret: without local authentication only the identity may send.')
output connectionString string = insights.outputs.connectionString
