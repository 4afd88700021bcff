// The storage account: tables, queues and the app's package. It has no public door and no keys.
param token string
param location string
param tags object
param skuName string
param tables string[]
param queues string[]
param networkId string
param endpointsSubnetId string
@description('The identity of the function app.')
param readerId string

var services = ['blob', 'queue', 'table']
var packages = 'packages'

module zones 'br/public:avm/res/network/private-dns-zone:0.8.0' = [
  for service in services: {
    params: {
      name: 'privatelink.${service}.${environment().suffixes.storage}'
      tags: tags
      virtualNetworkLinks: [{ virtualNetworkResourceId: networkId }]
      enableTelemetry: false
    }
  }
]

module account 'br/public:avm/res/storage/storage-account:0.27.1' = {
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    skuName: skuName
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'None' }
    blobServices: { containers: [{ name: packages }] }
    queueServices: { queues: [for queue in queues: { name: queue }] }
    tableServices: { tables: [for table in tables: { name: table }] }
    privateEndpoints: [
      for (service, i) in services: {
        service: service
        subnetResourceId: endpointsSubnetId
        privateDnsZoneGroup: { privateDnsZoneGroupConfigs: [{ privateDnsZoneResourceId: zones[i].outputs.resourceId }] }
        tags: tags
      }
    ]
    roleAssignments: [
      // The host keeps its package, locks and timers in blobs, makes its own containers, and asks for this role.
      { principalId: readerId, principalType: 'ServicePrincipal', roleDefinitionIdOrName: 'Storage Blob Data Owner' }
      // Not only "Message Processor": the host puts a message back for its next try by an update, which that role may not do.
      { principalId: readerId, principalType: 'ServicePrincipal', roleDefinitionIdOrName: 'Storage Queue Data Contributor' }
      { principalId: readerId, principalType: 'ServicePrincipal', roleDefinitionIdOrName: 'Storage Table Data Contributor' }
    ]
    enableTelemetry: false
  }
}

output name string = account.outputs.name
output packagesUrl string = '${account.outputs.primaryBlobEndpoint}${packages}'
