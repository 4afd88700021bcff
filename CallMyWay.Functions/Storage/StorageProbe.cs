using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Storage;

/// <summary>What the storage does with a write.</summary>
public enum StorageState
{
    Writable,

    /// <summary>It answers that it can't, or can't be reached.</summary>
    Refusing,

    /// <summary>It gives no answer: its disk or the way to it hangs.</summary>
    Silent,
}

/// <summary>
/// Whether the storage takes what is written, found out by writing: a row as large as a notification and a message to
/// the queue of notifications, both of which are deleted again. These are four storage operations, at most once in two
/// seconds however many ask.
/// </summary>
public sealed partial class StorageProbe(
    ITables tables, IQueueAdmin queues, TimeProvider time, ILogger<StorageProbe> logger)
{
    private const string Partition = "health";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    /// <summary>Client libraries try for longer. Who asks for the health wants an answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Where only a small row has room, a notification has none.
    private static readonly string Filler = new('0', Row.MaxTextLength);

    private readonly ITable _table = tables[StorageNames.Agents];

    private readonly Lock _gate = new();

    private Task<StorageState>? _probe;

    private long _endedAt;

    private bool _wasDown;

    public async Task<StorageState> FindStateAsync(CancellationToken cancellationToken)
    {
        Task<StorageState> probe;
        lock (_gate)
        {
            if (_probe is null || (_probe.IsCompleted && time.GetElapsedTime(_endedAt) >= Fresh))
            {
                // Whoever asked first may hang up; the others still want to know.
                _probe = Beside.RunAsync(ProbeAsync);
            }

            probe = _probe;
        }

        try
        {
            return await probe.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // It is asked every few seconds, and said once.
            if (!Interlocked.Exchange(ref _wasDown, true))
            {
                Log.Silent(logger, (int)Patience.TotalSeconds);
            }

            return StorageState.Silent;
        }
    }

    private async Task<StorageState> ProbeAsync()
    {
        var isWritable = false;
        try
        {
            await Task.WhenAll(
                WriteAsync(), queues.ProbeAsync(StorageNames.CallEvents, CancellationToken.None).AsTask());
            isWritable = true;
            if (_wasDown)
            {
                Log.Well(logger);
            }
        }
        catch (Exception exception)
        {
            // Whatever it is, it is the answer to the question. It is asked every few seconds, and said once.
            if (!_wasDown)
            {
                Log.Down(logger, exception);
            }
        }

        _wasDown = !isWritable;
        lock (_gate)
        {
            _endedAt = time.GetTimestamp();
        }

        return isWritable ? StorageState.Writable : StorageState.Refusing;
    }

    private async Task WriteAsync()
    {
        await _table.UpsertAsync(new Row(Partition, Partition).Set("filler", Filler), CancellationToken.None);
        await _table.DeleteAsync(Partition, Partition, etag: null, CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The storage can't be written; the health page says so until it can.")]
        public static partial void Down(ILogger logger, Exception exception);

        [LoggerMessage(
            LogLevel.Error,
            "The storage has not answered a write for {Seconds} seconds; the health page says so until it does.")]
        public static partial void Silent(ILogger logger, int seconds);

        [LoggerMessage(LogLevel.Information, "The storage can be written again.")]
        public static partial void Well(ILogger logger);
    }
}
