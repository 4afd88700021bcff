using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Campaigns;

/// <summary>
/// Keeps the campaigns going, by beats: each is a message that sends the next one. A row says which beat is next, so
/// that a message that comes twice is one beat, and all instances together have one chain. Where it breaks off, the
/// clock of each minute begins it again.
/// </summary>
public sealed partial class CampaignRunner(
    CampaignStore campaigns,
    EntryStore entries,
    CampaignDesk desk,
    HeldEntries held,
    CoordinationStore coordination,
    CampaignSettler settler,
    ProgressiveDialler dialler,
    ITables tables,
    IQueue queue,
    TimeProvider clock,
    ILogger<CampaignRunner> logger)
{
    internal const string Partition = "beat";

    /// <summary>While there is an agent to dial for: with a beat's own time it keeps nobody waiting long.</summary>
    private static readonly TimeSpan Fast = TimeSpan.FromSeconds(1);

    /// <summary>While all agents are busy: whose call ends hastens the next beat, who comes back does not.</summary>
    private static readonly TimeSpan Ready = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);

    /// <summary>After that without a beat the chain has broken off.</summary>
    private static readonly TimeSpan Broken = TimeSpan.FromSeconds(20);

    /// <summary>What is looked at so soon is waited for.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(45);

    /// <summary>How many entries a beat looks at.</summary>
    private const int MostLooks = 64;

    /// <summary>Which beats also see whether a campaign is over.</summary>
    private const int BeatsBetweenCounts = 5;

    private static readonly StoredJson<PulseState> Stored = new(CampaignsJson.Default);

    private readonly ITable _table = tables[StorageNames.Campaigns];

    /// <summary>Begins the chain where it does not go on. It can be called at any time.</summary>
    public async Task WakeAsync(CancellationToken cancellationToken)
    {
        var (state, etag) = await GetAsync(cancellationToken);
        var now = clock.GetUtcNow();
        if (state.At is { } at && (now - at).Duration() < Broken)
        {
            return;
        }

        var next = new PulseState { Next = state.Next + 1, At = now };
        if (await PutAsync(next, etag, cancellationToken))
        {
            await SendAsync(next.Next, TimeSpan.Zero);
        }
    }

    /// <summary>
    /// Has the next beat at once, where one is awaited. Its own message comes later, and finds that it was had.
    /// </summary>
    public async Task HastenAsync(CancellationToken cancellationToken)
    {
        var (state, _) = await GetAsync(cancellationToken);
        if (state.At is not null)
        {
            await SendAsync(state.Next, TimeSpan.Zero);
        }
    }

    /// <summary>
    /// Goes on with the chain, wherever the instance that had it ended. Where it was not broken, one beat comes early.
    /// </summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        if ((await campaigns.ListActiveAsync(cancellationToken)).Count > 0)
        {
            await HastenAsync(cancellationToken);
            await WakeAsync(cancellationToken);
        }
    }

    /// <summary>One beat, unless it was had before.</summary>
    public async Task BeatAsync(long beat, CancellationToken cancellationToken)
    {
        var (state, etag) = await GetAsync(cancellationToken);
        var next = new PulseState { Next = beat + 1, At = clock.GetUtcNow() };
        if (state.Next != beat || !await PutAsync(next, etag, cancellationToken))
        {
            return;
        }

        TimeSpan? pause = Slow;
        try
        {
            pause = await WorkAsync(beat, cancellationToken);
        }
        catch (StorageException error)
        {
            Log.Failed(logger, error);
        }
        finally
        {
            if (pause is { } wait)
            {
                await SendAsync(next.Next, wait);
            }
            else
            {
                await RestAsync(next.Next);
            }
        }
    }

    /// <summary>What there is to do. How long until the next beat; null where the minute's clock is enough.</summary>
    private async Task<TimeSpan?> WorkAsync(long beat, CancellationToken cancellationToken)
    {
        var active = await campaigns.ListActiveAsync(cancellationToken);
        var running = new List<Campaign>();
        var isAwaited = false;
        foreach (var campaign in active)
        {
            if (await settler.LookAsync(campaign, MostLooks, cancellationToken) > 0)
            {
                isAwaited = true;
            }

            if (campaign.State == CampaignState.Running)
            {
                if (beat % BeatsBetweenCounts != 0 || await CheckAsync(campaign, cancellationToken))
                {
                    running.Add(campaign);
                }
            }
            else if (campaign.State != CampaignState.Building)
            {
                var next = await entries.FindNextLookAsync(campaign.CampaignId, cancellationToken);
                isAwaited |= next - clock.GetUtcNow() < Soon;
                await (next is null
                    ? campaigns.CloseAsync(campaign, cancellationToken)
                    : Task.CompletedTask);
            }
        }

        List<Campaign> progressive = [.. running.Where(campaign => campaign.Mode == CampaignMode.Progressive)];
        if (progressive.Count > 0)
        {
            return await dialler.OrderAsync(progressive, beat, cancellationToken) switch
            {
                DialsOrdered.NobodyToDialFor => Ready,
                DialsOrdered.NothingToDial => Slow,
                _ => Fast,
            };
        }

        return running.Count > 0 || isAwaited ? Slow : null;
    }

    /// <summary>True where the campaign goes on: it was not agreed otherwise, has money and people left.</summary>
    private async Task<bool> CheckAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if ((await coordination.GetAsync(cancellationToken)).FindWhyNot(now) is { } why)
        {
            await campaigns.PauseAsync(campaign.CampaignId, why, cancellationToken);
            return false;
        }

        var counts = await entries.CountAsync(campaign.CampaignId, cancellationToken);
        if (counts.Open == 0)
        {
            await campaigns.ChangeAsync(
                campaign.CampaignId,
                found => found.State == CampaignState.Running
                    ? found with { State = CampaignState.Done, EndedAt = now }
                    : found,
                cancellationToken);
            return false;
        }

        if (desk.FindWhyClosed(campaign, counts, now) == CampaignPhrases.BudgetSpent)
        {
            await campaigns.PauseAsync(campaign.CampaignId, CampaignPhrases.BudgetSpent, cancellationToken);
            return false;
        }

        await held.LookAgainAsync(campaign, cancellationToken);
        return true;
    }

    /// <summary>The chain ends, and may be begun again at once.</summary>
    private async Task RestAsync(long next)
    {
        var (state, etag) = await GetAsync(CancellationToken.None);
        if (state.Next == next)
        {
            await PutAsync(state with { At = null }, etag, CancellationToken.None);
        }
    }

    private async ValueTask<(PulseState State, string? ETag)> GetAsync(CancellationToken cancellationToken) =>
        await _table.GetAsync(Partition, Partition, cancellationToken) is { } row
            ? (Stored.FromRow(row), row.ETag)
            : (new PulseState(), null);

    private async Task<bool> PutAsync(PulseState state, string? etag, CancellationToken cancellationToken)
    {
        var row = Stored.ToRow(Partition, Partition, state, etag);
        return (etag is null
            ? await _table.InsertAsync(row, cancellationToken)
            : await _table.ReplaceAsync(row, cancellationToken)) is not null;
    }

    private ValueTask SendAsync(long beat, TimeSpan delay) => queue.SendAsync(
        StorageNames.CampaignDials,
        new CampaignMessage { Beat = beat }.ToMessage(),
        delay > TimeSpan.Zero ? delay : null,
        CancellationToken.None);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The campaigns could not be gone on with. It is tried again in some seconds.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}

/// <summary>Which beat is next.</summary>
public sealed record PulseState
{
    public long Next { get; init; }

    /// <summary>When the last one was; null where none is awaited.</summary>
    public DateTimeOffset? At { get; init; }
}
