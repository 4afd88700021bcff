using System.Collections.Concurrent;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Campaigns;

/// <summary>
/// Has a campaign's dial looked at when its call is over, or says something new. It is a help: what is not told is
/// found by the clock.
/// </summary>
public sealed partial class CampaignNews(CampaignDialsHere here, IQueue queue, ILogger<CampaignNews> logger) : ICallNews
{
    public void Tell(Call call, Call? before)
    {
        // Of other calls there is nothing to ask: none costs more for it.
        if (call is not { DialId: { } dialId, State: CallState.Ended } || here.FindAgent(dialId) is not { } agentId
            || (before is not null && before.State == CallState.Ended && before.Cost == call.Cost
                && before.Outcome == call.Outcome))
        {
            return;
        }

        _ = Beside.RunAsync(() => SendAsync(new ChangedDial(agentId, dialId)));
    }

    private async Task SendAsync(ChangedDial changed)
    {
        try
        {
            await queue.SendAsync(
                StorageNames.CampaignDials,
                new CampaignMessage { Changed = changed }.ToMessage(),
                null,
                CancellationToken.None);
        }
        catch (Exception exception) when (exception is StorageException or ObjectDisposedException)
        {
            Log.NotTold(logger, exception.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning, "That a campaign's call is over could not be told ({Error}). It is found some seconds later.")]
        public static partial void NotTold(ILogger logger, string error);
    }
}

/// <summary>The latest dials of campaigns that this process has begun.</summary>
public sealed class CampaignDialsHere
{
    private const int Most = 5000;

    private readonly ConcurrentDictionary<string, string> _agents = new(StringComparer.Ordinal);

    private readonly ConcurrentQueue<string> _order = new();

    public void Add(string dialId, string agentId)
    {
        if (_agents.TryAdd(dialId, agentId))
        {
            _order.Enqueue(dialId);
            if (_order.Count > Most && _order.TryDequeue(out var oldest))
            {
                _agents.TryRemove(oldest, out _);
            }
        }
    }

    public string? FindAgent(string dialId) => _agents.GetValueOrDefault(dialId);
}
