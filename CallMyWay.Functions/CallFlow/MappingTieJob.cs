using System.Globalization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.CallFlow;

/// <summary>
/// Ties the calls that no agent has to the agent of a phone that was mapped after them, the newest first. Nothing is
/// shown on screens: the calls are over. A step that is repeated finds the calls it has tied with their agents, and
/// leaves them.
/// </summary>
public sealed class MappingTieJob(
    CallIndex index,
    CallStore calls,
    CallWriter writer,
    EarlierCallRouter router,
    MappingStore mappings,
    AgentDirectory agents,
    TimeProvider clock) : IJobKind
{
    public const string Name = "mappingTies";

    internal const string Calls = "calls";

    internal const string Tied = "tied";

    /// <summary>How many calls are read at once.</summary>
    private const int PageSize = 200;

    /// <summary>A step begins no further page after this.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(10);

    public string Kind => Name;

    public async Task<JobStep> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var work = MappingTieWork.Read(job.Payload);
        // One that was changed since has a job of its own.
        if (work.EndpointId is { } endpointId
            && (await mappings.GetAsync(endpointId, cancellationToken))?.AgentId != work.AgentId)
        {
            return JobStep.Done(job);
        }

        var phones = await mappings.ReadPhonesAsync(cancellationToken);
        var roster = await agents.ReadAsync(cancellationToken);
        do
        {
            PageToken? after = null;
            _ = work.After is { } text && PageToken.TryParse(text, out after);
            var (page, last) = await index.ReadWithoutAgentAsync(after, PageSize, cancellationToken);
            var tied = await AtOnce.DoAsync(page, call => TieAsync(call, work, phones, roster, cancellationToken));
            work = work with { After = last?.ToString() };
            job = job with
            {
                Payload = work.ToJson(),
                ReachedAt = page is [.., var oldest]
                    ? oldest.IndexedAt.ToString("O", CultureInfo.InvariantCulture)
                    : job.ReachedAt,
                Counts = new Dictionary<string, long>(StringComparer.Ordinal)
                {
                    [Calls] = job.Count(Calls) + page.Count,
                    [Tied] = job.Count(Tied) + tied.Count(isTied => isTied),
                },
            };
        }
        while (work.After is not null && clock.GetElapsedTime(began) < AtMost);

        return work.After is null ? JobStep.Done(job) : JobStep.GoOn(job);
    }

    /// <summary>True where the call was tied.</summary>
    private async Task<bool> TieAsync(
        Call found, MappingTieWork work, MappedPhones phones, AgentRoster roster, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!IsOurs(found))
        {
            return false;
        }

        return await writer.ChangeAsync(
            async token => await calls.GetAsync(found.Key, token) is { } call && IsOurs(call) ? call : null,
            call => router.FindAgents(call, phones, roster, now)
                .Aggregate(call.Facts, (facts, agent) => facts.With(new HeardAgent(now, agent))),
            cancellationToken) is not null;

        // Of a shared phone it can be any of its agents, by the time of the call.
        bool IsOurs(Call call) => router.FindAgents(call, phones, roster, now)
            .Any(agent => work.EndpointId is null || agent.IsOn(work.EndpointId));
    }
}
