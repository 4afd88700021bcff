using System.Collections.Concurrent;
using CallMyWay.Functions.PopUps;
using CallMyWay.LocalHost.SignIn;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CallMyWay.LocalHost.Screens;

/// <summary>
/// Sends to an agent's screens without waiting. SignalR's own sender waits until each screen has room for the message:
/// a screen that has stopped reading (a sleeping laptop, a congested network) would delay everybody's calls. Here such
/// a screen is disconnected. It connects again and reads what it missed.
/// </summary>
internal sealed partial class ScreenSender(
    ILogger<DefaultHubLifetimeManager<ScreenHub>> hubLogger, ILogger<ScreenSender> logger, TimeProvider time)
    : DefaultHubLifetimeManager<ScreenHub>(hubLogger)
{
    /// <summary>How long a message may wait for a screen to read.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>How many messages may wait for one screen. They are kept in memory.</summary>
    internal const int MostWaiting = 256;

    private static readonly HashSet<string> ForTheConsoleAlone = new(
        Enum.GetValues<ScreenMessage>().Where(message => message.IsForTheConsoleAlone()).Select(LocalScreens.NameOf),
        StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, Screen>> _byAgent =
        new(StringComparer.Ordinal);

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        if (connection.UserIdentifier is { } agentId)
        {
            Of(agentId)[connection.ConnectionId] = new Screen(connection);
        }

        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        // The agent's empty dictionary stays: there are at most as many as agents.
        if (connection.UserIdentifier is { } agentId)
        {
            Of(agentId).TryRemove(connection.ConnectionId, out _);
        }

        return base.OnDisconnectedAsync(connection);
    }

    public override Task SendUserAsync(
        string userId, string methodName, object?[] args, CancellationToken cancellationToken = default)
    {
        if (_byAgent.TryGetValue(userId, out var screens) && !screens.IsEmpty)
        {
            // Serialized once for all of the agent's screens.
            var message = new SerializedHubMessage(new InvocationMessage(methodName, args));
            var isForTheConsoleAlone = ForTheConsoleAlone.Contains(methodName);
            foreach (var screen in screens.Values)
            {
                if (!isForTheConsoleAlone || !screen.IsEmbedded)
                {
                    Send(screen, message);
                }
            }
        }

        return Task.CompletedTask;
    }

    private ConcurrentDictionary<string, Screen> Of(string agentId) =>
        _byAgent.GetOrAdd(agentId, _ => new(StringComparer.Ordinal));

    private void Send(Screen screen, SerializedHubMessage message)
    {
        var write = screen.Connection.WriteAsync(message, CancellationToken.None);
        if (!write.IsCompletedSuccessfully)
        {
            _ = WatchAsync(screen, write.AsTask());
        }
    }

    private async Task WatchAsync(Screen screen, Task write)
    {
        var waiting = screen.Begin();
        try
        {
            if (waiting > MostWaiting)
            {
                CutOff(screen);
            }

            await write.WaitAsync(LongestWait, time);
        }
        catch (TimeoutException)
        {
            CutOff(screen);
        }
        finally
        {
            screen.End();
        }
    }

    private void CutOff(Screen screen)
    {
        if (!screen.TryCutOff())
        {
            return;
        }

        Log.CutOff(logger, screen.Connection.UserIdentifier);
        // Ending the hub's connection waits for the screen to read a last message. Ending the request does not.
        screen.Connection.Abort();
        screen.Connection.GetHttpContext()?.Abort();
    }

    private sealed class Screen(HubConnectionContext connection)
    {
        private int _waiting;

        private int _isCutOff;

        public HubConnectionContext Connection => connection;

        /// <summary>True for a screen in a page of another application, which connected with an embed token.</summary>
        public bool IsEmbedded { get; } = Session.IsStampOfEmbedToken(
            connection.User?.FindFirst(ScreenTokenHandler.StampClaim)?.Value);

        public int Begin() => Interlocked.Increment(ref _waiting);

        public void End() => Interlocked.Decrement(ref _waiting);

        public bool TryCutOff() => Interlocked.Exchange(ref _isCutOff, 1) == 0;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A screen of {AgentId} does not read what it is sent and was disconnected. It reads what it missed when it connects again.")]
        public static partial void CutOff(ILogger logger, string? agentId);
    }
}
