using System.Text.Json;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.EntraId;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// Disconnects an agent's screens at once, and twice more by a job. For some seconds each instance knows the agent as
/// it was, and lets a screen connect again. And a token that was given by then opens connections until it ends.
/// </summary>
internal sealed partial class ScreenDisconnects(
    SignalRConnections connections, JobQueue jobs, ILogger<ScreenDisconnects> logger) : IAgentScreens, IJobKind
{
    public const string Name = "screenDisconnects";

    /// <summary>By then each instance has read the agent again.</summary>
    private static readonly TimeSpan AgentIsKnown = EntraSignIn.Recheck * 2;

    public string Kind => Name;

    public async Task DisconnectAsync(string agentId, CancellationToken cancellationToken)
    {
        await connections.DisconnectAsync(agentId, cancellationToken);
        try
        {
            await jobs.StartAsync(Name, JsonSerializer.Serialize(agentId), null, null, cancellationToken);
        }
        catch (StorageException exception)
        {
            Log.NotRepeated(logger, agentId, exception);
        }
    }

    public async Task<JobStep> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var agentId = JsonSerializer.Deserialize<string>(job.Payload)!;
        switch (job.Step)
        {
            case 0:
                return JobStep.GoOn(job, AgentIsKnown);
            case 1:
                await connections.DisconnectAsync(agentId, cancellationToken);
                return JobStep.GoOn(job, ScreenTokenLifetime.Longest);
            default:
                // The last one: it is tried again where it fails.
                await connections.CloseAsync(agentId, cancellationToken);
                return JobStep.Done(job);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Error,
            "The screens of {AgentId} are not disconnected again. One that has connected meanwhile gets what is sent to "
            + "that id until it is closed.")]
        public static partial void NotRepeated(ILogger logger, string agentId, Exception exception);
    }
}
