using System.Text.Json;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.EntraId;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.PopUps;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// Disconnects an agent's screens at once, and twice more by a job, which starts before the agent changes. For some
/// seconds each instance knows the agent as it was, and lets a screen connect again. And a token that was given by then
/// opens connections until it ends.
/// </summary>
internal sealed class ScreenDisconnects(SignalRConnections connections, JobQueue jobs) : IAgentScreens, IJobKind
{
    public const string Name = "screenDisconnects";

    /// <summary>By then each instance has read the agent again.</summary>
    private static readonly TimeSpan AgentIsKnown = EntraSignIn.Recheck * 2;

    public string Kind => Name;

    // A request that is repeated after the row was stored finds nothing to change: the job must be there by then.
    public Task PrepareAsync(string agentId, CancellationToken cancellationToken) =>
        jobs.StartAsync(Name, JsonSerializer.Serialize(agentId), null, null, cancellationToken);

    public Task DisconnectAsync(string agentId, CancellationToken cancellationToken) =>
        connections.DisconnectAsync(agentId, cancellationToken);

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
}
