namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// A few sessions that only read, each lent to one caller at a time, on the caller's own thread. In WAL mode they share
/// no lock with the writer, and a read sees all that was committed before it began.
/// </summary>
/// <remarks>
/// A session goes on in one transaction until something is committed: reads of one state of the file need neither ask
/// for it again nor forget the pages that they have, as SQLite does at each new one. <see cref="EndSnapshots"/> sees to
/// it that none that is idle keeps the log from beginning anew.
/// </remarks>
internal sealed class SqliteReaders : IDisposable
{
    /// <summary>
    /// The cache of each session: enough for the upper pages of what a call reads among a million contacts. A larger
    /// one makes nothing faster (docs/performance.md): the system has the other pages in its own cache, and SQLite
    /// forgets all of its pages with the first read after each commit.
    /// </summary>
    private const int CacheKilobytes = 4 * 1024;

    private readonly string _path;
    private readonly DatabaseFiles _files;
    private readonly SemaphoreSlim _free;
    private readonly Reader[] _readers;
    private long _commits;
    private volatile bool _closed;

    public SqliteReaders(string path, DatabaseFiles files)
    {
        (_path, _files) = (path, files);
        _readers = [.. Enumerable.Range(0, Math.Clamp(Environment.ProcessorCount, 2, 8)).Select(_ => new Reader())];
        _free = new SemaphoreSlim(_readers.Length);
        LeaveThreads(_readers.Length);
    }

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
            return Read(argument, read);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>To be called after each commit, before anybody hears of it: reads see it from now on.</summary>
    public void NoteCommit()
    {
        Interlocked.Increment(ref _commits);
        EndSnapshots(allOfThem: false);
    }

    /// <summary>
    /// Ends the transactions of the sessions that nobody uses. To be called where the log could begin anew with the next
    /// commit: it does not while a session reads from it.
    /// </summary>
    /// <param name="allOfThem">False for those alone that are older than the last commit.</param>
    public void EndSnapshots(bool allOfThem)
    {
        foreach (var reader in _readers)
        {
            if (reader.TryTake())
            {
                Release(reader, allOfThem);
            }
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
        foreach (var _ in _readers)
        {
            _free.Wait();
        }

        foreach (var reader in _readers)
        {
            reader.Dispose();
        }

        // Those who still wait go on to find it closed.
        _free.Release(_readers.Length);
    }

    /// <summary>
    /// By default the pool begins with a thread for each processor, and adds one or two in a second. On a small machine
    /// two long reads, each on its caller's thread, would hold up all pop-ups for that long. More threads than the
    /// processors and the reads can use only get in each other's way.
    /// </summary>
    private static void LeaveThreads(int reads)
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + reads), ports);
    }

    private T Read<TArgument, T>(TArgument argument, Func<SqliteSession, TArgument, T> read)
    {
        var reader = Take();
        var isRead = false;
        try
        {
            var session = reader.Session ??= Open();
            reader.Begin(Interlocked.Read(ref _commits));
            var result = read(session, argument);
            isRead = true;
            return result;
        }
        finally
        {
            Release(reader, isEnded: !isRead);
        }
    }

    /// <summary>One that is idle: there is one for each who was let in, and the writer has it for a moment at most.</summary>
    private Reader Take()
    {
        var wait = default(SpinWait);
        while (true)
        {
            foreach (var reader in _readers)
            {
                if (reader.TryTake())
                {
                    return reader;
                }
            }

            wait.SpinOnce();
        }
    }

    /// <summary>
    /// Lets others have it. What was committed before that ends its transaction here; what is committed later finds it
    /// idle. Both sides first say what they did and then look what the other did, so that one of them sees it.
    /// </summary>
    private void Release(Reader reader, bool isEnded)
    {
        do
        {
            if (isEnded || reader.IsBefore(Interlocked.Read(ref _commits)))
            {
                reader.End();
            }

            isEnded = false;
            reader.Return();
        }
        while (reader.IsBefore(Interlocked.Read(ref _commits)) && reader.TryTake());
    }

    private SqliteSession Open()
    {
        _files.Check();
        var session = SqliteSession.Open(_path, CacheKilobytes);
        session.Execute("PRAGMA query_only=ON;");
        return session;
    }

    /// <summary>A session, and the commit as of which it reads.</summary>
    private sealed class Reader : IDisposable
    {
        private const long None = -1;

        private int _isTaken;

        /// <summary>Written by who has it.</summary>
        private long _asOf = None;

        public SqliteSession? Session { get; set; }

        public bool TryTake() => Interlocked.CompareExchange(ref _isTaken, 1, 0) == 0;

        public void Return() => Interlocked.Exchange(ref _isTaken, 0);

        /// <summary>True where it is in a transaction that does not see this commit.</summary>
        public bool IsBefore(long commits) => Interlocked.Read(ref _asOf) is not None and var asOf && asOf < commits;

        /// <summary>
        /// Sees to a transaction that sees the commit. It is one from its first read on, and may see later ones too.
        /// </summary>
        public void Begin(long commits)
        {
            if (_asOf == commits)
            {
                return;
            }

            End();
            Run("BEGIN");
            Interlocked.Exchange(ref _asOf, commits);
        }

        public void End()
        {
            if (_asOf == None)
            {
                return;
            }

            Interlocked.Exchange(ref _asOf, None);
            // After some errors there is no transaction left.
            if (Session!.InTransaction)
            {
                Run("COMMIT");
            }
        }

        public void Dispose() => Session?.Dispose();

        private void Run(string sql)
        {
            using var statement = Session!.Prepare(sql);
            _ = statement.Run();
        }
    }
}
