using System.Globalization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.WrapUps;

namespace CallMyWay.Functions.CallFlow;

/// <summary>
/// Ties the calls that no agent has to the agent of a phone that was mapped after them, the newest first. Nothing is
/// shown on screens: the calls are over. A step that is repeated finds the calls it has tied with their agents, and
/// leaves them. Where the phone was another's before, calls that were tied to that one within a day, and that nobody
/// has touched since, are taken back first: the phone was assigned by mistake.
/// </summary>
public sealed class MappingTieJob(
    CallIndex index,
    CallStore calls,
    CallWriter writer,
    EarlierCallRouter router,
    MappingStore mappings,
    AgentDirectory agents,
    WrapUpStore wrapUps,
    JobStore jobs,
    TimeProvider clock) : IJobKind
{
    public const string Name = "mappingTies";

    internal const string Calls = "calls";

    internal const string Tied = "tied";

    /// <summary>How long after a phone was assigned another agent is a correction.</summary>
    private static readonly TimeSpan Correction = TimeSpan.FromDays(1);

    /// <summary>How many earlier jobs are looked at: more than are started in that time.</summary>
    private const int MostJobs = 500;

    /// <summary>How long is waited for the end of an earlier job, and for the mapping to be stored.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    /// <summary>What is not stored by then was refused, or its process ended.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>How many calls are read at once.</summary>
    private const int PageSize = 200;

    /// <summary>A step begins no further page after this.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(10);

    public string Kind => Name;

    public async Task<JobStep> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var work = MappingTieWork.Read(job.Payload);
        if (work.EndpointId is { } endpointId)
        {
            var agentId = (await mappings.GetAsync(endpointId, cancellationToken))?.AgentId;
            if (work.Former is { } former && agentId != former)
            {
                return await TakeBackAsync(job, work, former, endpointId, cancellationToken);
            }

            if (work is { Former: not null, IsAhead: true } && clock.GetUtcNow() - job.CreatedAt < Patience)
            {
                return JobStep.GoOn(job, Wait);
            }

            // One that was changed since has a job of its own.
            if (agentId != work.AgentId)
            {
                return JobStep.Done(job);
            }
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

    /// <summary>
    /// A step that takes back what earlier jobs have tied to the former agent of a phone. What is taken back is
    /// nobody's, and is tied by the steps that follow.
    /// </summary>
    private async Task<JobStep> TakeBackAsync(
        Job job, MappingTieWork work, string former, string endpointId, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var since = job.CreatedAt - Correction;
        var earlier = (await jobs.ListAsync(Name, new PageRequest(MostJobs, null), cancellationToken)).Items
            .Where(other => other.CreatedAt >= since && string.CompareOrdinal(other.JobId, job.JobId) < 0
                && MappingTieWork.Read(other.Payload) is var theirs
                && (theirs.EndpointId is null || (theirs.EndpointId == endpointId && theirs.AgentId == former)))
            .ToList();
        if (earlier.Exists(other => other.State is JobState.Queued or JobState.Running))
        {
            // It may be about to tie more.
            return JobStep.GoOn(job, Wait);
        }

        var isMore = earlier.Count > 0;
        while (isMore && clock.GetElapsedTime(began) < AtMost)
        {
            PageToken? after = null;
            _ = work.After is { } text && PageToken.TryParse(text, out after);
            var (page, last) = await index.ReadOfAgentAsync(former, after, PageSize, cancellationToken);
            await AtOnce.DoAsync(page, call => TakeBackAsync(call, former, endpointId, since, cancellationToken));
            work = work with { After = last?.ToString() };
            isMore = last is not null;
        }

        return JobStep.GoOn(job with { Payload = (isMore ? work : work with { Former = null, After = null }).ToJson() });
    }

    private async Task<bool> TakeBackAsync(
        Call found, string former, string endpointId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (!IsTied(found) || (await wrapUps.ListAsync(found, cancellationToken)).Count > 0)
        {
            return false;
        }

        return await writer.ChangeAsync(
            async token => await calls.GetAsync(found.Key, token) is { } call && IsTied(call) ? call : null,
            call => call.Facts.Untied(former, endpointId, since),
            cancellationToken) is not null;

        bool IsTied(Call call) => !ReferenceEquals(call.Facts.Untied(former, endpointId, since), call.Facts);
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
            .Any(agent => work.AgentId is null || work.EndpointId is null || agent.IsOn(work.EndpointId));
    }
}
