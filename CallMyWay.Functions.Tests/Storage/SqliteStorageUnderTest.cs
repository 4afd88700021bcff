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
    {
        _ownFolder = folder is null;
        Folder = folder ?? TestFolder.Create("callmyway-");
        Database = SqliteDatabase.Open(Folder, time, [TheTable], [TheQueue]);
        Tables = new SqliteTables(Database);
        SqliteQueue = new SqliteQueue(Database);
    }

    public string Folder { get; }

    public SqliteDatabase Database { get; }

    public SqliteQueue SqliteQueue { get; }

    public ITables Tables { get; }

    public string TableName => TheTable;

    public ITable Table => Tables[TheTable];

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
