using System.Collections.Concurrent;
using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// A few sessions that only read, each lent to one caller at a time, on the caller's own thread. In WAL mode they share
/// no lock with the writer, and a read sees all that was committed before it began.
/// </summary>
internal sealed class SqliteReaders(string path, DatabaseFiles files) : IDisposable
{
    /// <summary>
    /// For all of them together: enough for the upper pages of the indexes of a million contacts, and little of a
    /// server's memory.
    /// </summary>
    private const int CacheKilobytes = 128 * 1024;

    /// <summary>For each of those that a <see cref="LongRead"/> uses, which reads hardly a page twice.</summary>
    private const int LongCacheKilobytes = 2 * 1024;

    private readonly int _count = Math.Clamp(Environment.ProcessorCount, 2, 8);
    private readonly SemaphoreSlim _free = new(Math.Clamp(Environment.ProcessorCount, 2, 8));
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private readonly ConcurrentBag<SqliteSession> _idleOfLong = [];
    private volatile bool _closed;

    public async ValueTask<T> ReadAsync<TArgument, T>(
        TArgument argument, Func<SqliteSession, TArgument, T> read, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closed, typeof(SqliteDatabase));
        cancellationToken.ThrowIfCancellationRequested();
        // A wait that can be cancelled takes three more objects and another turn of the thread pool. This one is short.
        await _free.WaitAsync(CancellationToken.None);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(SqliteDatabase));
            cancellationToken.ThrowIfCancellationRequested();
            var isLong = LongRead.IsUnderWay;
            var idle = isLong ? _idleOfLong : _idle;
            var session = idle.TryTake(out var found)
                ? found
                : Open(isLong ? LongCacheKilobytes : CacheKilobytes / _count);
            try
            {
                return read(session, argument);
            }
            finally
            {
                idle.Add(session);
            }
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for the reads under way, then closes.</summary>
    public void Dispose()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        for (var i = 0; i < _count; i++)
        {
            _free.Wait();
        }

        while (_idle.TryTake(out var session) || _idleOfLong.TryTake(out session))
        {
            session.Dispose();
        }

        // Those who still wait go on to find it closed.
        _free.Release(_count);
    }

    private SqliteSession Open(int cacheKilobytes)
    {
        files.Check();
        var session = SqliteSession.Open(path, cacheKilobytes);
        session.Execute("PRAGMA query_only=ON;");
        return session;
    }
}
