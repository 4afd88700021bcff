using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.PopUps;

/// <summary>
/// Tells an agent's own screens that the agent has paused or is back, wherever that was said. It is a hint: what stands
/// comes with <c>GET /api/me</c>.
/// </summary>
public sealed partial class PresenceScreens(
    ScreensCircuit circuit, TimeProvider time, ILogger<PresenceScreens> logger) : IPresenceNews
{
    public void TellBeat(string agentId, ScreenBeat beat)
    {
        // A screen knows that it is there.
    }

    public void TellPause(Pause pause) =>
        Beside.Start((this, pause), static told => _ = told.Item1.SendAsync(told.pause));

    private async Task SendAsync(Pause pause)
    {
        try
        {
            await circuit.SendBesideAsync(
                pause.AgentId,
                ScreenMessage.Presence,
                PresenceView.Of(pause, time.GetUtcNow()),
                CancellationToken.None);
        }
        catch (Exception exception)
        {
            // Nobody waits for it.
            Log.NotTold(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "An agent's screens could not be told of a pause. They may show what was before until loaded anew.")]
        public static partial void NotTold(ILogger logger, Exception exception);
    }
}
