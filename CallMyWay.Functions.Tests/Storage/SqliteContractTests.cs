using CallMyWay.Functions.Storage;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.Functions.Tests.Storage;

public class SqliteTableTests : ITableContract
{
    protected override ValueTask<IStorageUnderTest> OpenAsync() => new(new SqliteStorageUnderTest());
}

/// <summary>The table of contacts, whose row ids are hashes.</summary>
public sealed class SqliteHashedTableTests : SqliteTableTests
{
    protected override ValueTask<IStorageUnderTest> OpenAsync() =>
        new(new SqliteStorageUnderTest(StorageNames.Contacts, KeyHash.Of));
}

/// <summary>The same where many keys have the same hash.</summary>
public sealed class SqliteCollidingTableTests : SqliteTableTests
{
    protected override ValueTask<IStorageUnderTest> OpenAsync() =>
        new(new SqliteStorageUnderTest(StorageNames.Contacts, static (_, key) => 1 + (key.Length % 2)));
}

public sealed class SqliteQueueTests : IQueueContract
{
    protected override ValueTask<IStorageUnderTest> OpenAsync() => new(new SqliteStorageUnderTest());
}

public sealed class SqliteQueueAdminTests : IQueueAdminContract
{
    protected override ValueTask<IStorageUnderTest> OpenAsync() => new(new SqliteStorageUnderTest());
}
