using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Storage;

public sealed class AzureTableTests : ITableContract
{
    protected override ValueTask<IStorageUnderTest> OpenAsync() => Azurite.OpenStorageAsync();
}

public sealed class AzureQueueTests : IQueueContract
{
    protected override ValueTask<IStorageUnderTest> OpenAsync() => Azurite.OpenStorageAsync();
}

public sealed class AzureQueueAdminTests : IQueueAdminContract
{
    protected override ValueTask<IStorageUnderTest> OpenAsync() => Azurite.OpenStorageAsync();
}
