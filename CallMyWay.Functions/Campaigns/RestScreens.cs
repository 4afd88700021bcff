using CallMyWay.Functions.PopUps;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Campaigns;

/// <summary>That nobody is dialled for an agent, as their screens are told: in both languages.</summary>
/// <param name="Until">From when on it goes on.</param>
public sealed record CampaignRest(DateTimeOffset Until, string Es, string En)
{
    internal static CampaignRest Of(AgentRest rest) =>
        new(rest.Until, rest.Because.In("es"), rest.Because.In("en"));
}

/// <summary>
/// Tells an agent's screens that nobody is dialled for them, and until when. It is a hint: it is told again each time
/// it was tried in vain, and the agent's work says it too.
/// </summary>
public sealed partial class RestScreens(ScreensCircuit circuit, ILogger<RestScreens> logger)
{
    internal async Task TellAsync(AgentRest rest, CancellationToken cancellationToken)
    {
        try
        {
            await circuit.SendBesideAsync(
                rest.AgentId, ScreenMessage.CampaignRest, CampaignRest.Of(rest), cancellationToken);
        }
        catch (ScreensException error)
        {
            Log.NotTold(logger, error);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "An agent could not be told that campaigns dial nobody for them now. It is told again in some minutes.")]
        public static partial void NotTold(ILogger logger, Exception exception);
    }
}
