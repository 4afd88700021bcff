using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Events;

/// <summary>
/// Notes which endpoints take nothing any more, and pauses them after a day. A receiver that fails now and then is not
/// noted: that would be a write for each.
/// </summary>
public sealed partial class EndpointWatch(
    EventEndpointStore endpoints, IOptions<EventsOptions> options, TimeProvider clock, ILogger<EndpointWatch> logger)
{
    /// <summary>After so many tries in a row that failed, an endpoint counts as failing.</summary>
    public const int Many = 5;

    /// <summary>That an endpoint fails in another way than before is noted again after that.</summary>
    internal static readonly TimeSpan Again = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many tries in a row have failed in this process. It may not know that another one has taken a try, or has
    /// let the endpoint go on.
    /// </summary>
    private readonly ConcurrentDictionary<string, int> _rows = new(StringComparer.Ordinal);

    /// <summary>When this process has noted last that an endpoint fails in another way.</summary>
    private readonly ConcurrentDictionary<string, DateTimeOffset> _noted = new(StringComparer.Ordinal);

    /// <summary>Counts a try as soon as it is answered: so in a row are those that were answered in a row.</summary>
    public void Count(string endpointId, DeliveryTry made)
    {
        if (made.Error is null)
        {
            _rows.TryRemove(endpointId, out _);
        }
        else
        {
            _rows.AddOrUpdate(endpointId, 1, (_, count) => count + 1);
        }
    }

    /// <summary>Notes what came of a try that was counted.</summary>
    public async Task NoteAsync(EventEndpoint endpoint, DeliveryTry made, CancellationToken cancellationToken)
    {
        if (made.Error is not { } error)
        {
            if (endpoint.Health is { PausedAt: null })
            {
                await endpoints.SetHealthAsync(endpoint.EndpointId, null, cancellationToken);
            }

            return;
        }

        if (endpoint.IsPaused)
        {
            return;
        }

        var now = clock.GetUtcNow();
        if (error == DeliveryError.Gone)
        {
            Log.Gone(logger, endpoint.EndpointId);
            await SetAsync(made.At, now, PauseReason.Gone);
        }
        else if (endpoint.Health is { FailingSince: { } since } known)
        {
            if (now - since >= options.Value.PauseAfter)
            {
                Log.Paused(logger, endpoint.EndpointId, since);
                await SetAsync(since, now, PauseReason.Failing);
            }
            else if ((known.Error != error || known.Status != made.Status) && IsTimeToNote(endpoint.EndpointId, now))
            {
                await endpoints.ChangeHealthAsync(
                    endpoint.EndpointId, known, known with { Error = error, Status = made.Status }, cancellationToken);
            }
        }
        else if (_rows.TryGetValue(endpoint.EndpointId, out var count) && count >= Many)
        {
            Log.Failing(logger, endpoint.EndpointId, count);
            // The first of the row may be older than what another process knows: the day begins here.
            await SetAsync(made.At, null, null);
        }

        Task SetAsync(DateTimeOffset since, DateTimeOffset? pausedAt, PauseReason? pause) => endpoints.SetHealthAsync(
            endpoint.EndpointId,
            new EndpointHealth
            {
                FailingSince = since,
                Error = error,
                Status = made.Status,
                PausedAt = pausedAt,
                Pause = pause,
            },
            cancellationToken);
    }

    /// <summary>Forgets what was, as an administrator lets the endpoint go on.</summary>
    public async Task ResumeAsync(string endpointId, CancellationToken cancellationToken)
    {
        _rows.TryRemove(endpointId, out _);
        await endpoints.SetHealthAsync(endpointId, null, cancellationToken);
    }

    // An endpoint that fails now in this way and now in that is not written at each try.
    private bool IsTimeToNote(string endpointId, DateTimeOffset now)
    {
        if (_noted.TryGetValue(endpointId, out var last) && (now - last).Duration() < Again)
        {
            return false;
        }

        _noted[endpointId] = now;
        return true;
    }

    // Addresses can hold secrets of the receiver: the log names the endpoint by its id.
    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The event endpoint {EndpointId} has failed {Count} times in a row.")]
        public static partial void Failing(ILogger logger, string endpointId, int count);

        [LoggerMessage(
            LogLevel.Error,
            "The event endpoint {EndpointId} has taken nothing since {Since:u} and is paused. What happens is kept "
                + "until an administrator tests it or saves it again.")]
        public static partial void Paused(ILogger logger, string endpointId, DateTimeOffset since);

        [LoggerMessage(
            LogLevel.Error, "The event endpoint {EndpointId} wants nothing any more (410), and gets nothing.")]
        public static partial void Gone(ILogger logger, string endpointId);
    }
}
