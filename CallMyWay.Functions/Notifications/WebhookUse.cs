using System.Security.Cryptography;
using System.Text;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Notifications;

/// <summary>When a key of the webhook was used last.</summary>
/// <param name="KeyNumber">Its place in the settings, from 1.</param>
/// <param name="LastUsedAt">To a minute; null where it never was.</param>
public sealed record WebhookKeyUse(int KeyNumber, DateTimeOffset? LastUsedAt);

/// <summary>
/// Remembers when each key of the webhook was used last: a row for each key, written at most once a minute by each
/// instance, beside the notification and never in its way. The row is named by a hash of the key, so a key that takes
/// another's place has none.
/// </summary>
public sealed partial class WebhookUse
{
    /// <summary>A key's row is written at most so often.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private const string Partition = "key";

    private const string Column = "at";

    private readonly ITable _table;

    private readonly TimeProvider _clock;

    private readonly ILogger<WebhookUse> _logger;

    private readonly string[] _rows;

    // Ticks of when each key's row was written last, by the clock of this process.
    private readonly long[] _written;

    public WebhookUse(
        IOptions<WebhookOptions> options, ITables tables, TimeProvider clock, ILogger<WebhookUse> logger)
    {
        _table = tables[StorageNames.WebhookUse];
        (_clock, _logger) = (clock, logger);
        _rows = [.. options.Value.Keys.Select(RowOf)];
        _written = new long[_rows.Length];
    }

    /// <summary>Notes that a key was used. It returns at once, and never fails.</summary>
    /// <param name="place">The key's place in the settings, from 0.</param>
    public void Note(int place)
    {
        var now = _clock.GetUtcNow();
        var before = Interlocked.Read(ref _written[place]);
        // A time that is still to come shows that the clock was set back.
        var since = now.UtcTicks - before;
        if ((since >= 0 && since < Every.Ticks)
            || Interlocked.CompareExchange(ref _written[place], now.UtcTicks, before) != before)
        {
            return;
        }

        _ = Beside.RunAsync(() => WriteAsync(place, now));
    }

    public async Task<IReadOnlyList<WebhookKeyUse>> ListAsync(CancellationToken cancellationToken)
    {
        var uses = new List<WebhookKeyUse>();
        foreach (var (place, key) in _rows.Index())
        {
            var ticks = (await _table.GetAsync(Partition, key, cancellationToken))?.Number(Column);
            uses.Add(new WebhookKeyUse(
                place + 1, ticks is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null));
        }

        return uses;
    }

    private async Task WriteAsync(int place, DateTimeOffset now)
    {
        try
        {
            await _table.UpsertAsync(
                new Row(Partition, _rows[place]).Set(Column, now.UtcTicks), CancellationToken.None);
        }
        catch (Exception exception) when (exception is StorageException or ObjectDisposedException)
        {
            // The next notification after a minute writes it: nothing else waits for this.
            Log.NotWritten(_logger, place + 1, exception.GetType().Name);
        }
    }

    private static string RowOf(string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Information, "When key {KeyNumber} of the webhook was used last could not be written: {Reason}")]
        public static partial void NotWritten(ILogger logger, int keyNumber, string reason);
    }
}
