using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Campaigns;

/// <summary>
/// How many dials there were lately, over all campaigns and instances: one row. A dial has its place there before the
/// operator is asked.
/// </summary>
public sealed class CampaignPace(ITables tables, TimeProvider clock)
{
    internal const string Partition = "pace";

    private static readonly StoredJson<PaceWindow> Stored = new(CampaignsJson.Default);

    private readonly ITable _table = tables[StorageNames.Campaigns];

    /// <summary>How many more dials a campaign has room for at this moment.</summary>
    public async Task<int> FindRoomAsync(
        string campaignId, int perMinute, int inAll, CancellationToken cancellationToken)
    {
        var (window, _) = await GetAsync(cancellationToken);
        return window.At(clock.GetUtcNow()).RoomFor(campaignId, perMinute, inAll);
    }

    /// <summary>Takes a place; false where there is none. It is never given back: a request may have gone.</summary>
    public async Task<bool> TryTakeAsync(string campaignId, int perMinute, int inAll)
    {
        while (true)
        {
            var (before, etag) = await GetAsync(CancellationToken.None);
            var window = before.At(clock.GetUtcNow());
            var hasRoom = window.RoomFor(campaignId, perMinute, inAll) > 0;
            if (!hasRoom && window.Dials.SequenceEqual(before.Dials.TakeLast(window.Dials.Count)))
            {
                return false;
            }

            // Where the clock was set back, the times are stored as they count now: otherwise nothing would be let
            // through until it has caught up.
            window = hasRoom ? window.With(campaignId) : window;
            var row = Stored.ToRow(Partition, Partition, window, etag);
            if ((etag is null
                ? await _table.InsertAsync(row, CancellationToken.None)
                : await _table.ReplaceAsync(row, CancellationToken.None)) is not null)
            {
                return hasRoom;
            }
        }
    }

    private async ValueTask<(PaceWindow Window, string? ETag)> GetAsync(CancellationToken cancellationToken) =>
        await _table.GetAsync(Partition, Partition, cancellationToken) is { } row
            ? (Stored.FromRow(row), row.ETag)
            : (new PaceWindow(), null);
}

/// <summary>The dials of the last minute. Pure.</summary>
public sealed record PaceWindow
{
    /// <summary>
    /// A minute, and how much later than another a request can reach the operator after its place was taken.
    /// </summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(63);

    /// <summary>Up to which time it was counted.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>In the order of their times.</summary>
    public IReadOnlyList<PacedDial> Dials { get; init; } = [];

    /// <summary>
    /// The window at this time. Where the clock was set back, what lies ahead counts as of now: that gives no new room.
    /// </summary>
    public PaceWindow At(DateTimeOffset now) => new()
    {
        Now = now,
        Dials =
        [
            .. Dials.Where(dial => dial.At > now - Length)
                .Select(dial => dial.At <= now ? dial : dial with { At = now }),
        ],
    };

    public int RoomFor(string campaignId, int perMinute, int inAll) => Math.Max(0, Math.Min(
        inAll - Dials.Count, perMinute - Dials.Count(dial => dial.CampaignId == campaignId)));

    public PaceWindow With(string campaignId) => this with { Dials = [.. Dials, new PacedDial(Now, campaignId)] };
}

/// <summary>A dial that counts for the pace.</summary>
public sealed record PacedDial(DateTimeOffset At, string CampaignId);
