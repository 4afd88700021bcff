using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace CallMyWay.Functions.PopUps;

/// <summary>
/// Stops sending to a realtime channel that is down. Each send to it would wait for seconds, and each notification with
/// it. While the circuit is open nothing is sent, calls are stored at full rate, and screens see them when they read
/// again. After the break one send tries the channel; if the channel takes it, all others follow.
/// </summary>
public sealed partial class ScreensCircuit
{
    /// <summary>How many sends within <see cref="Sampling"/> have to be seen before the circuit can open.</summary>
    internal const int LeastSends = 4;

    internal static readonly TimeSpan Sampling = TimeSpan.FromSeconds(30);

    internal static readonly TimeSpan FirstBreak = TimeSpan.FromSeconds(5);

    internal static readonly TimeSpan LongestBreak = TimeSpan.FromMinutes(1);

    private readonly IScreens _screens;

    private readonly ILogger<ScreensCircuit> _logger;

    private readonly CircuitBreakerStateProvider _state = new();

    private readonly ResiliencePipeline _pipeline;

    private int _notSent;

    public ScreensCircuit(IScreens screens, TimeProvider time, ILogger<ScreensCircuit> logger)
    {
        _screens = screens;
        _logger = logger;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }.AddCircuitBreaker(Options()).Build();
    }

    /// <summary>Sends to all of the agent's screens. False where the circuit is open, and nothing was sent.</summary>
    /// <exception cref="ScreensException">The channel did not take it.</exception>
    public async Task<bool> TrySendAsync(
        string agentId, ScreenMessage message, PopUp popUp, CancellationToken cancellationToken)
    {
        try
        {
            await _pipeline.ExecuteAsync(
                static async (send, token) =>
                    await send._screens.SendAsync(send.agentId, send.message, send.popUp, token),
                (_screens, agentId, message, popUp),
                cancellationToken);
            return true;
        }
        catch (BrokenCircuitException)
        {
            Interlocked.Increment(ref _notSent);
            return false;
        }
    }

    /// <summary>
    /// Sends a message that matters less than pop-ups: not while the circuit is open or tried. Whether it succeeds or
    /// fails does not count. So lists whose messages fail or hang never keep a pop-up from its agent.
    /// </summary>
    /// <exception cref="ScreensException">The channel did not take it.</exception>
    public Task SendBesideAsync(
        string agentId, ScreenMessage message, object content, CancellationToken cancellationToken) =>
        _state.CircuitState == CircuitState.Closed
            ? _screens.SendAsync(agentId, message, content, cancellationToken)
            : Task.CompletedTask;

    private CircuitBreakerStrategyOptions Options() => new()
    {
        StateProvider = _state,
        ShouldHandle = new PredicateBuilder().Handle<ScreensException>(),
        MinimumThroughput = LeastSends,
        SamplingDuration = Sampling,
        // Most of them: one agent whose messages are refused stops nobody else's.
        FailureRatio = 0.8,
        BreakDurationGenerator = static failed => ValueTask.FromResult(Break(failed.HalfOpenAttempts)),
        OnOpened = opened =>
        {
            Log.Opened(_logger, opened.BreakDuration.TotalSeconds, opened.Outcome.Exception);
            return default;
        },
        OnClosed = _ =>
        {
            Log.Closed(_logger, Interlocked.Exchange(ref _notSent, 0));
            return default;
        },
    };

    /// <summary>Doubles with each try that failed.</summary>
    private static TimeSpan Break(int failedTries)
    {
        var doubled = FirstBreak * Math.Pow(2, Math.Min(failedTries, 10));
        return doubled < LongestBreak ? doubled : LongestBreak;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The realtime channel to the screens is down. It is tried again after {Seconds} s; until then calls are stored and nothing is sent.")]
        public static partial void Opened(ILogger logger, double seconds, Exception? exception);

        [LoggerMessage(LogLevel.Warning, "The realtime channel to the screens is back. {NotSent} messages were not sent; the screens see these calls when they read again.")]
        public static partial void Closed(ILogger logger, int notSent);
    }
}
