namespace CallMyWay.Functions.Tests.Storage;

public sealed class SqliteTableTests : ITableContract
{
    protected override ValueTask<IStorageUnderTest> OpenAsync() => new(new SqliteStorageUnderTest());
}

public sealed class SqliteQueueTests : IQueueContract
{
    protected override ValueTask<IStorageUnderTest> OpenAsync() => new(new SqliteStorageUnderTest());
}

public sealed class SqliteQueueAdminTests : IQueueAdminContract
{
    protected override ValueTask<IStorageUnderTest> OpenAsync() => new(new SqliteStorageUnderTest());
}
