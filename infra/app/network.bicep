// The virtual network, and the one public address that requests to the operator come from.
param token string
param location string
param tags object

module address 'br/public:avm/res/network/public-ip-address:0.9.1' = {
  params: {
    name: 'pip-${token}'
    location: location
    tags: tags
    // In all the zones that the region has.
    availabilityZones: map(pickZones('Microsoft.Network', 'publicIPAddresses', location, 3), zone => int(zone))
    enableTelemetry: false
  }
}

module gateway 'br/public:avm/res/network/nat-gateway:2.0.0' = {
  params: {
    name: 'ng-${token}'
    location: location
    tags: tags
    // No zone of its own: Azure places it.
    availabilityZone: -1
    publicIpResourceIds: [address.outputs.resourceId]
    enableTelemetry: false
  }
}

module network 'br/public:avm/res/network/virtual-network:0.7.1' = {
  params: {
    name: 'vnet-${token}'
    location: location
    tags: tags
    addressPrefixes: ['10.20.0.0/24']
    subnets: [
      {
        name: 'functions'
        addressPrefix: '10.20.0.0/25'
        // What Flex Consumption asks for.
        delegation: 'Microsoft.App/environments'
        natGatewayResourceId: gateway.outputs.resourceId
        defaultOutboundAccess: false
      }
      {
        name: 'endpoints'
        addressPrefix: '10.20.0.128/27'
        defaultOutboundAccess: false
      }
    ]
    enableTelemetry: false
  }
}

output networkId string = network.outputs.resourceId
output functionsSubnetId string = network.outputs.subnetResourceIds[0]
output endpointsSubnetId string = network.outputs.subnetResourceIds[1]
output outboundAddress string = address.outputs.ipAddress
