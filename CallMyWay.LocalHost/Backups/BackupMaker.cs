using CallMyWay.LocalHost.Settings;
using CallMyWay.LocalHost.Sqlite;
using Microsoft.Extensions.Options;

namespace CallMyWay.LocalHost.Backups;

/// <summary>How the backup that was begun last in this process goes.</summary>
/// <param name="Fraction">How much of it is done, from 0 to 1.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
internal sealed record BackupRun(DateTimeOffset StartedAt, bool IsRunning, double Fraction, string? Error);

/// <summary>
/// Makes backups while the host runs, one at a time. A host that stops ends the one under way, and nothing of it counts.
/// </summary>
internal sealed partial class BackupMaker : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    private readonly Lock _gate = new();

    private readonly BackupOptions _options;

    private readonly SqliteDatabase? _database;

    private readonly bool _isDemo;

    private readonly BackupWriter _writer;

    private readonly TimeProvider _clock;

    private readonly ILogger<BackupMaker> _logger;

    private Task _making = Task.CompletedTask;

    public BackupMaker(
        IServiceProvider services,
        HostSettings settings,
        DataFolder data,
        IOptions<BackupOptions> options,
        TimeProvider clock,
        ILogger<BackupMaker> logger)
    {
        (_options, _isDemo, _clock, _logger) = (options.Value, settings.IsDemo, clock, logger);
        _database = services.GetService<SqliteDatabase>();
        Folder = new BackupFolder(_options.Folder is { Length: > 0 } other
            ? other : Path.Combine(data.FullPath, BackupFolder.Name));
        _writer = new BackupWriter(data.FullPath, settings.IsDemo, Folder, _options.Keep, clock);
    }

    public BackupFolder Folder { get; }

    /// <summary>False where the data is in a storage account, which this host does not back up.</summary>
    public bool HasDatabase => _database is not null;

    /// <summary>The time of the daily backup; null where none is made by itself, as in the demo.</summary>
    public TimeOnly? DailyAt => HasDatabase && !_isDemo ? _options.TimeOfDay : null;

    /// <summary>Null where none was begun since the start.</summary>
    public BackupRun? Last { get; private set; }

    /// <summary>
    /// How the last one goes or went: the one of this process, else one that an earlier process was making when it
    /// ended.
    /// </summary>
    /// <exception cref="BackupException">The folder can't be read.</exception>
    public BackupRun? LastOrBrokenOff() => Last ?? (HasDatabase && Folder.BrokenOffAt() is { } begun
        ? new BackupRun(begun, IsRunning: false, 0, "It was broken off: the program ended while it was made.")
        : null);

    /// <summary>Begins one, unless one is being made: then that one is meant.</summary>
    public BackupRun Begin()
    {
        lock (_gate)
        {
            if (Last is not { IsRunning: true })
            {
                Last = new BackupRun(_clock.GetUtcNow(), IsRunning: true, 0, null);
                _making = Task.Run(MakeAsync);
            }

            return Last;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        // A disk that hangs must not keep the host from its end. What was begun is removed before the next backup.
        await _making.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private async Task MakeAsync()
    {
        try
        {
            var backup = await _writer.MakeAsync(
                _database!.CopyToAsync, Note, () => Log.Waits(_logger, Folder.FullPath), _stop.Token);
            Log.Made(_logger, backup.Id, backup.Manifest.Bytes);
            End(null);
        }
        catch (OperationCanceledException)
        {
            End("The host stopped.");
        }
        catch (Exception error)
        {
            // Whatever it was: a run that is not ended would be taken for one that goes on, and no other would begin.
            Log.Failed(_logger, error);
            End(error.Message);
        }
    }

    private void Note(double fraction)
    {
        lock (_gate)
        {
            Last = Last! with { Fraction = fraction };
        }
    }

    private void End(string? error)
    {
        lock (_gate)
        {
            Last = Last! with { IsRunning = false, Fraction = error is null ? 1 : Last.Fraction, Error = error };
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The backup {Backup} is done: {Bytes} bytes.")]
        public static partial void Made(ILogger logger, string backup, long bytes);

        [LoggerMessage(LogLevel.Information, "The backup waits for another one that is being made in {Folder}.")]
        public static partial void Waits(ILogger logger, string folder);

        [LoggerMessage(LogLevel.Error, "There is no new backup. The next one is tried at its time, or by the button.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
