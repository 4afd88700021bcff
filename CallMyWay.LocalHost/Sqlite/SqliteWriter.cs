using System.Diagnostics;
using SQLitePCL;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// The one writer: a thread that takes what is waiting, runs it in one transaction, commits once, and completes all of
/// it. What is to be synced is completed after that, by <see cref="SqliteSyncs"/>: one sync at a time, and the longer
/// it takes, the more writes share the next one.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    /// <summary>
    /// The most rows of each lane in one transaction, so that a long import never delays a send for long.
    /// </summary>
    private static readonly int[] MostOfLane = [500, 2000, 500, 500];

    /// <summary>
    /// Rows are taken in small portions, and no more of them after this time: on a slow disk 500 can take long.
    /// </summary>
    private static readonly TimeSpan RowsTime = TimeSpan.FromMilliseconds(4);

    private const int RowsPortion = 50;

    /// <summary>The same in a group that holds sends: those wait for its commit.</summary>
    private static readonly TimeSpan RowsTimeBesideSends = TimeSpan.FromMilliseconds(0.5);

    private const int RowsPortionBesideSends = 10;

    /// <summary>After how many pages of log a checkpoint begins.</summary>
    private const int BusyCheckpointPages = 2000;

    /// <summary>The same when there is nothing else to do.</summary>
    private const int IdleCheckpointPages = 200;

    /// <summary>
    /// How long the log gets before the writer itself does what the last checkpoint left, with nothing written
    /// meanwhile. As readers are short, the next write begins the log anew. That is a few hundred pages every so often,
    /// in place of all pages each time.
    /// </summary>
    private const int MostPagesInLog = 8000;

    /// <summary>
    /// All writes wait for that rest. Where more is left, as in an import, another checkpoint takes it first, until the
    /// log has twice its length.
    /// </summary>
    private const int MostPagesOfRest = 300;

    /// <summary>
    /// That nothing was written for so long means that nothing is under way: between the writes of one message there is
    /// far less, and a checkpoint in between would keep the disk from its pop-up.
    /// </summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(3);

    /// <summary>
    /// In milliseconds: after how long without a send it is quiet. On a machine with too much to do sends come late too.
    /// </summary>
    private const int QuietSends = 2000;

    /// <summary>
    /// Where this many writes that nobody waits for shared the last commit, many messages are in progress, and a commit
    /// waits for a moment until more are there: it writes the pages that they share once, not once for each few.
    /// </summary>
    private const int ManyTogether = 12;

    /// <summary>
    /// Where this many writes wait for one sync, the writer does it itself: to hand them to another thread costs acks
    /// in a storm, and pop-ups come late then anyway.
    /// </summary>
    private const int ManyToSync = 12;

    /// <summary>With so many waiting, the commit waits no longer.</summary>
    private const int EnoughTogether = 100;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private const int StampsAtOnce = 1_000_000;
    private const int StampsOfGroup = 10_000;

    private readonly SqliteCheckpoints _checkpoints;
    private readonly SqliteSyncs _syncs;
    private readonly DatabaseFiles _files;
    private readonly SqliteReaders _readers;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Queue<Write>[] _lanes = [new(), new(), new(), new()];
    private readonly List<Write> _group = [];
    private readonly Thread _thread;
    private readonly int[] _left = new int[MostOfLane.Length];
    private SqliteCopy? _copy;
    private bool _asleep;

    /// <summary>How many writes that need no sync were in the last group; 0 after one that was synced.</summary>
    private int _lastTogether;

    private bool _closing;

    /// <summary>Whether the group at hand is synced after its commit.</summary>
    private bool _synced;
    private long _begun;
    private int _pages;
    private int _checkpointsSeen;
    private long _stamp;
    private long _stampsReserved;
    private long _lastSend = -QuietSends;

    public SqliteWriter(
        SqliteSession session,
        SqliteCheckpoints checkpoints,
        SqliteSyncs syncs,
        DatabaseFiles files,
        SqliteReaders readers)
    {
        Session = session;
        _checkpoints = checkpoints;
        _syncs = syncs;
        _files = files;
        _readers = readers;
        session.Execute("PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=0;");
        _stamp = session.Scalar("SELECT value FROM storage_state WHERE name = 'stamps'");
        _thread = new Thread(Work) { Name = "SQLite writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>For the writes alone.</summary>
    public SqliteSession Session { get; }

    /// <summary>True while no message is sent, but by queue functions: for those nobody waits.</summary>
    public bool IsQuiet => Environment.TickCount64 - Volatile.Read(ref _lastSend) > QuietSends;

    /// <summary>How many transactions were committed, and how many writes were in them.</summary>
    public (long Commits, long Writes) Count { get; private set; }

    /// <summary>
    /// A number that was never given before, nor will be: not after a restart, not after a crash, whatever the clock
    /// says. It is what ETags, receipts and message ids are made of. They are reserved in blocks, within the
    /// transaction that first uses one.
    /// </summary>
    public long NextStamp() => ++_stamp;

    /// <summary>
    /// Takes a write. The task completes when it is committed, and synced where its lane is; from here on it can't be
    /// cancelled.
    /// </summary>
    public Task<T> WriteAsync<T>(WriteLane lane, Func<SqliteWriter, T> run, int weight = 1, Action<T>? committed = null)
    {
        var write = new Write<T>(run, committed) { Weight = weight };
        bool wake;
        if (lane == WriteLane.Sends && RepeatableWork.Lane != WriteLane.Repeatable)
        {
            Volatile.Write(ref _lastSend, Environment.TickCount64);
        }

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing, typeof(SqliteDatabase));
            _lanes[(int)lane].Enqueue(write);
            wake = _asleep;
            _asleep = false;
        }

        if (wake)
        {
            _wake.Release();
        }

        return write.Done;
    }

    /// <summary>
    /// Begins to copy the database: some pages after each transaction, and one portion after another while nothing is
    /// written. One copy at a time; how it goes is in the copy.
    /// </summary>
    public void Copy(SqliteCopy copy)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing, typeof(SqliteDatabase));
            if (_copy is not null)
            {
                throw new InvalidOperationException("The database is being copied already.");
            }

            _copy = copy;
        }

        Wake();
    }

    /// <summary>All of what is done or nothing, within the group's transaction.</summary>
    public bool Atomically(Func<bool> run)
    {
        Savepoint("SAVEPOINT a");
        var done = false;
        try
        {
            return done = run();
        }
        finally
        {
            // After some errors there is no transaction left to go back in.
            if (Session.InTransaction)
            {
                if (!done)
                {
                    Savepoint("ROLLBACK TO a");
                }

                Savepoint("RELEASE a");
            }
        }
    }

    /// <summary>Does what it has taken, syncs it, then ends. Later writes are refused.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closing)
            {
                return;
            }

            _closing = true;
        }

        _wake.Release();
        _thread.Join();
        // The sync under way wakes this writer when it is over.
        _syncs.Dispose();
        _wake.Dispose();
    }

    private void Savepoint(string sql)
    {
        using var statement = Session.Prepare(sql);
        _ = statement.Run();
    }

    private void Work()
    {
        while (TakeGroup())
        {
            try
            {
                if (_group.Count > 0)
                {
                    Commit();
                }
            }
            catch (Exception error)
            {
                Abandon(error);
            }

            _lastTogether = _synced ? 0 : _group.Count;
            _group.Clear();
            CopySome();
            Checkpoint(BusyCheckpointPages);
        }

        _copy?.Fail(new ObjectDisposedException(nameof(SqliteDatabase)));
    }

    /// <summary>Lets the thread look whether there is something to do, such as a copy that rested.</summary>
    internal void Wake()
    {
        bool wake;
        lock (_gate)
        {
            wake = _asleep;
            _asleep = false;
        }

        if (wake)
        {
            _wake.Release();
        }
    }

    private void CopySome()
    {
        // Only this thread takes it away.
        if (_copy is { } copy && !copy.Step(Session))
        {
            lock (_gate)
            {
                _copy = null;
            }
        }
    }

    /// <summary>
    /// The next group: what needs no sync (receivers' notes, and the rows of queue functions), or sends and then rows.
    /// Those wait until the disk has the ones before, so that many share a sync. It is empty where nothing waits and
    /// there is something to copy.
    /// </summary>
    private bool TakeGroup()
    {
        var hasWaited = false;
        while (true)
        {
            bool isForMore;
            lock (_gate)
            {
                var waitsForSync = Waiting(WriteLane.Sends) + Waiting(WriteLane.Rows) > 0;
                var toSync = waitsForSync && !_syncs.IsUnderWay;
                var notToSync = Waiting(WriteLane.Receipts) + Waiting(WriteLane.Repeatable) > 0;
                isForMore = !waitsForSync && !hasWaited && !_closing && HasMoreToCome();
                if (isForMore)
                {
                    // Nothing is taken yet.
                }
                else if (toSync || notToSync)
                {
                    // They take turns where both wait.
                    _synced = toSync && (!_synced || !notToSync);
                    MostOfLane.CopyTo(_left);
                    _begun = Stopwatch.GetTimestamp();
                    TakeWaiting();
                    return true;
                }
                else if (_closing && !waitsForSync)
                {
                    return false;
                }
                else if (_copy is { Rests: false })
                {
                    return true;
                }
                else
                {
                    _asleep = true;
                }
            }

            if (isForMore)
            {
                // A send that comes meanwhile waits for the rest of this moment.
                Thread.Sleep(Moment);
                hasWaited = true;
            }
            else if (_pages < IdleCheckpointPages || _syncs.IsUnderWay)
            {
                _wake.Wait();
            }
            else if (!_wake.Wait(Quiet))
            {
                Checkpoint(IdleCheckpointPages);
            }
        }
    }

    private void TakeWaiting()
    {
        Take(_synced ? WriteLane.Sends : WriteLane.Receipts, int.MaxValue);
        var hasSends = _left[(int)WriteLane.Sends] < MostOfLane[(int)WriteLane.Sends];
        if (_group.Count == 0 || Stopwatch.GetElapsedTime(_begun) < (hasSends ? RowsTimeBesideSends : RowsTime))
        {
            Take(_synced ? WriteLane.Rows : WriteLane.Repeatable, hasSends ? RowsPortionBesideSends : RowsPortion);
        }
    }

    /// <summary>True where some wait that need no sync, and more of them will come in a moment.</summary>
    private bool HasMoreToCome() =>
        _lastTogether >= ManyTogether
        && Waiting(WriteLane.Receipts) + Waiting(WriteLane.Repeatable) is > 0 and < EnoughTogether;

    private int Waiting(WriteLane lane) => _lanes[(int)lane].Count;

    private void Take(WriteLane lane, int portion)
    {
        ref var left = ref _left[(int)lane];
        while (left > 0 && portion > 0 && _lanes[(int)lane].TryDequeue(out var write))
        {
            left -= write.Weight;
            portion -= write.Weight;
            _group.Add(write);
        }
    }

    private void Commit()
    {
        if (_files.AreGone)
        {
            _files.Check();
        }

        if (_synced && _syncs.HasFailed)
        {
            BeginLogAnew();
        }

        Savepoint("BEGIN IMMEDIATE");
        if (_stampsReserved - _stamp < StampsOfGroup)
        {
            ReserveStamps();
        }

        for (var i = 0; i < _group.Count; i++)
        {
            try
            {
                _group[i].Run(this);
            }
            catch (Exception) when (Session.InTransaction)
            {
                // Its statement left nothing behind, and the others go on; the write keeps the error for its caller.
            }

            if (i == _group.Count - 1)
            {
                // What came meanwhile need not wait for the next sync.
                lock (_gate)
                {
                    TakeWaiting();
                }
            }
        }

        if (_checkpoints.Count != _checkpointsSeen)
        {
            _checkpointsSeen = _checkpoints.Count;
            _readers.EndSnapshots(allOfThem: true);
        }

        Savepoint("COMMIT");
        _readers.NoteCommit();
        _pages += Session.TakePagesWritten();
        Count = (Count.Commits + 1, Count.Writes + _group.Count);
        _files.Check();
        foreach (var write in _group)
        {
            write.Tell();
        }

        if (!_synced)
        {
            foreach (var write in _group)
            {
                write.Complete();
            }
        }
        else if (_group.Count >= ManyToSync)
        {
            _syncs.SyncNow(_group);
        }
        else
        {
            _syncs.Begin([.. _group], Wake);
        }
    }

    /// <summary>
    /// What stands behind a part of the log that a failed sync has left out would be lost with it. So all of the log
    /// goes to the database's file before anybody else is told that something is on the disk.
    /// </summary>
    private void BeginLogAnew()
    {
        _checkpoints.Wait();
        _readers.EndSnapshots(allOfThem: true);
        // The system tells each open file of the same failure once, and so this session of the one that was told
        // already.
        var result = Session.Checkpoint(raw.SQLITE_CHECKPOINT_RESTART);
        result = result.Failure is null ? result : Session.Checkpoint(raw.SQLITE_CHECKPOINT_RESTART);
        if (result.Failure is { } failure)
        {
            throw failure;
        }

        _checkpoints.NoteRestDone();
        _pages = 0;
        _syncs.Forget();
    }

    /// <summary>Nothing of the group is stored, and every one of its callers hears so.</summary>
    private void Abandon(Exception error)
    {
        try
        {
            if (Session.InTransaction)
            {
                Session.Execute("ROLLBACK");
            }
        }
        catch (SqliteStorageException)
        {
            // The error that led here says more.
        }

        // The reservation may be among what was rolled back; the numbers themselves are not given again.
        _stampsReserved = 0;
        var code = (error as SqliteStorageException)?.Code ?? 0;
        var failure = new SqliteStorageException($"Nothing of this write was stored, the transaction failed. {error.Message}", error) { Code = code };
        foreach (var write in _group)
        {
            write.Fail(failure);
        }
    }

    private void ReserveStamps()
    {
        using var statement = Session.Prepare(
            "INSERT INTO storage_state (name, value) VALUES ('stamps', ?1) ON CONFLICT (name) DO UPDATE SET value = excluded.value");
        _ = statement.Bind(1, _stamp + StampsAtOnce).Run();
        _stampsReserved = _stamp + StampsAtOnce;
    }

    private void Checkpoint(int pages)
    {
        if (_checkpoints.IsUnderWay)
        {
            if (_pages < MostPagesInLog)
            {
                return;
            }

            // The disk does not keep up.
            _checkpoints.Wait();
        }

        // Where the log has begun anew since, this counts too many, and the rest is done once too often.
        var inLog = _checkpoints.PagesInLog + _pages;
        var isLong = _checkpoints.PagesInLog > 0 && inLog >= MostPagesInLog;
        if (isLong && (_pages <= MostPagesOfRest || inLog >= 2 * MostPagesInLog))
        {
            _checkpoints.Note(Session.Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE));
            _checkpoints.NoteRestDone();
            _pages = 0;
        }
        else if (isLong || _pages >= pages)
        {
            _pages = 0;
            _checkpoints.Begin();
        }
    }
}
