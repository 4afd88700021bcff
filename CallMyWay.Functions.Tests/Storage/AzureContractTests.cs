using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Storage;

[Collection(Azurite.Collection)]
public sealed class AzureTableTests(Azurite azurite) : ITableContract
{
    protected override ValueTask<IStorageUnderTest> OpenAsync() => azurite.OpenStorageAsync();
}

[Collection(Azurite.Collection)]
public sealed class AzureQueueTests(Azurite azurite) : IQueueContract
{
    protected override ValueTask<IStorageUnderTest> OpenAsync() => azurite.OpenStorageAsync();
}
