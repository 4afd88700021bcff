using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// Brings what an earlier release stored up to date beside the work of an instance, whose start doesn't wait for it.
/// One instance does it at a time: the one that has the lease, a row that it renews before each page. Where it is gone,
/// another takes over.
/// </summary>
internal sealed partial class UpgradeInBackground(
    IEnumerable<IUpgrade> upgrades,
    ITables tables,
    TimeProvider clock,
    ILogger<UpgradeInBackground> logger) : BackgroundService
{
    private const string Partition = "upgrade";

    private const string UntilColumn = "until";

    /// <summary>Longer than a page of calls takes while the storage is slow.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ITable _leases = tables[StorageNames.Sweeps];

    private Row? _lease;

    /// <summary>One try. True where nothing is left to do.</summary>
    public async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        _lease = null;
        try
        {
            foreach (var upgrade in upgrades)
            {
                if (!await upgrade.RunAsync(HasLeaseAsync, cancellationToken))
                {
                    return false;
                }
            }

            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, exception);
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!await TryAsync(stoppingToken))
        {
            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private async Task<bool> HasLeaseAsync(CancellationToken cancellationToken)
    {
        var held = _lease
            ?? await _leases.GetAsync(Partition, StorageNames.CallIndex, cancellationToken);
        if (_lease is null && held?.Time(UntilColumn) > clock.GetUtcNow())
        {
            return false;
        }

        var next = new Row(Partition, StorageNames.CallIndex, held?.ETag).Set(UntilColumn, clock.GetUtcNow() + Lease);
        var etag = held is null
            ? await _leases.InsertAsync(next, cancellationToken)
            : await _leases.ReplaceAsync(next, cancellationToken);
        _lease = etag is null ? null : next.WithETag(etag);
        return etag is not null;
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "What an earlier release stored could not all be brought up to date, and calls or promises are missing in "
            + "lists. It is tried again in a minute.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
