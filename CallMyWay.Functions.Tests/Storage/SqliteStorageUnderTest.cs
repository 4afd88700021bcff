using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.Functions.Tests.Storage;

internal sealed class SqliteStorageUnderTest : IStorageUnderTest
{
    public const string TheTable = "things";
    public const string TheQueue = "some-things";

    private readonly bool _ownFolder;

    public SqliteStorageUnderTest(TimeProvider? time = null, string? folder = null)
        : this(TheTable, KeyHash.Of, time, folder)
    {
    }

    /// <param name="tableName">Its one table.</param>
    /// <param name="rowIdOf">The row ids of that table's rows, where they are to be hashes.</param>
    /// <param name="time">The clock of the queues.</param>
    /// <param name="folder">Where it is; one of its own where not given.</param>
    public SqliteStorageUnderTest(
        string tableName, RowIdOf rowIdOf, TimeProvider? time = null, string? folder = null)
    {
        TableName = tableName;
        _ownFolder = folder is null;
        Folder = folder ?? TestFolder.Create("callmyway-");
        Database = SqliteDatabase.Open(Folder, time, [tableName], [TheQueue]);
        Tables = new SqliteTables(Database, rowIdOf);
        SqliteQueue = new SqliteQueue(Database);
    }

    public string Folder { get; }

    public SqliteDatabase Database { get; }

    public SqliteQueue SqliteQueue { get; }

    public ITables Tables { get; }

    public string TableName { get; }

    public ITable Table => Tables[TableName];

    public IQueue Queue => SqliteQueue;

    public IQueueReceiver Receiver => SqliteQueue;

    public IQueueAdmin Admin => SqliteQueue;

    public string QueueName => TheQueue;

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (_ownFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
