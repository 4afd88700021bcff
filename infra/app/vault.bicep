// The operator's password and the webhook's keys. They are set with az keyvault secret set, so that no deployment ever holds them.
param name string
param location string
param tags object
@description('The identity of the function app.')
param readerId string
param administratorId string
param workspaceId string

module vault 'br/public:avm/res/key-vault/vault:0.13.3' = {
  params: {
    name: name
    location: location
    tags: tags
    sku: 'standard'
    enableRbacAuthorization: true
    enablePurgeProtection: true
    enableVaultForDeployment: false
    enableVaultForDiskEncryption: false
    enableVaultForTemplateDeployment: false
    // Open to the network and closed by roles, so that whoever rotates a key can do so from their desk.
    publicNetworkAccess: 'Enabled'
    roleAssignments: [
      { principalId: readerId, principalType: 'ServicePrincipal', roleDefinitionIdOrName: 'Key Vault Secrets User' }
      { principalId: administratorId, roleDefinitionIdOrName: 'Key Vault Secrets Officer' }
    ]
    diagnosticSettings: [{ workspaceResourceId: workspaceId, logCategoriesAndGroups: [{ categoryGroup: 'audit' }], metricCategories: [] }]
    enableTelemetry: false
  }
}

output name string = vault.outputs.name
