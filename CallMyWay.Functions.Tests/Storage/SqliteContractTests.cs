namespace CallMyWay.Functions.Tests.Storage;

public sealed class SqliteTableTests : ITableContract
{
    protected override IStorageUnderTest Open() => new SqliteStorageUnderTest();
}

public sealed class SqliteQueueTests : IQueueContract
{
    protected override IStorageUnderTest Open() => new SqliteStorageUnderTest();
}
