// The way to the agents' screens: SignalR in serverless mode, without keys.
param token string
param location string
param tags object
param sku string
param units int
param origins string[]
@description('The identity of the function app.')
param senderId string

var name = 'sigr-${token}'

module signalR 'br/public:avm/res/signal-r-service/signal-r:0.10.1' = {
  params: {
    name: name
    location: location
    tags: tags
    sku: sku
    capacity: units
    features: [{ flag: 'ServiceMode', value: 'Serverless' }]
    disableLocalAuth: true
    allowedOrigins: origins
    liveTraceCatagoriesToEnable: []
    // A serverless app makes tokens for its clients and sends over the REST API: no smaller built-in role may do both.
    roleAssignments: [
      { principalId: senderId, principalType: 'ServicePrincipal', roleDefinitionIdOrName: 'SignalR Service Owner' }
    ]
    enableTelemetry: false
  }
}

output resourceId string = signalR.outputs.resourceId
output url string = 'https://${name}.service.signalr.net'
