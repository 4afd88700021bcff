using System.Text.Json.Serialization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.FollowUps;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.HandOver;

/// <summary>
/// Hands what an agent has over to another: the phones that they had at its start, follow-ups, promises, and calls that
/// are not finished. What is moved is no longer found, so that a step can be repeated wherever a process ends: all of
/// it is moved, and nothing twice. The counts may lack then what the step that ended had moved. A call that goes on
/// stays the agent's, and the job waits for its end.
/// </summary>
public sealed class HandOverJob(
    AgentStore agents,
    Belongings belongings,
    PhoneHandOver phones,
    CallHandOver calls,
    FollowUpStore followUps,
    PromiseStore promises,
    NextActions actions,
    TimeProvider clock) : IJobKind
{
    public const string Name = "handOvers";

    internal const string Phones = "phones";

    internal const string FollowUps = "followUps";

    internal const string Promises = "promises";

    internal const string Calls = "calls";

    /// <summary>How many are moved at once.</summary>
    private const int PageSize = 50;

    /// <summary>How long is waited for the end of a call, before it is looked at again.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(20);

    /// <summary>A step begins nothing further after this.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(10);

    public string Kind => Name;

    public async Task<JobStep> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var work = HandOverWork.Read(job.Payload);
        if (await agents.GetAsync(work.To, cancellationToken) is not { } to)
        {
            return JobStep.Failed(job, new Phrase(
                "La persona que iba a recibirlo ya no está. Páselo a otra.",
                "Who was to get it is not there any more. Hand it over to somebody else."));
        }

        if (work.Phones is not { } noted)
        {
            // What is moved is no longer found, and others have to be told of it also where a process ends in between.
            noted = await phones.ListAsync(work.From, cancellationToken);
            return JobStep.GoOn(job with { Payload = (work with { Phones = noted }).ToJson() });
        }

        job = Counted(job, Phones, await phones.MoveAsync(work.From, to, noted, job.CreatedBy, cancellationToken)) with
        {
            Payload = (work with { Phones = [] }).ToJson(),
        };
        var isMore = true;
        while (isMore && clock.GetElapsedTime(began) < AtMost)
        {
            var (moved, areMore) = await MoveAsync(followUps, work, cancellationToken);
            job = Counted(job, FollowUps, moved);
            (moved, isMore) = await MoveAsync(promises, work, cancellationToken);
            job = Counted(job, Promises, moved);
            isMore |= areMore;
        }

        var (movedCalls, areMoreCalls) = await calls.MoveAsync(work.From, to, cancellationToken);
        job = Counted(job, Calls, movedCalls);
        return isMore || areMoreCalls ? JobStep.GoOn(job)
            : (await belongings.ListLiveAsync(work.From, cancellationToken)).Count == 0 ? JobStep.Done(job)
            : JobStep.TryAgain(
                job,
                new Phrase(
                    "Falta una llamada que sigue en curso: se pasa cuando termine.",
                    "A call goes on: it is handed over when it ends."),
                Wait);
    }

    /// <summary>Moves a page of the open items. How many were moved, and whether there may be more.</summary>
    private async Task<(int Moved, bool AreMore)> MoveAsync<T>(
        DueItemStore<T> store, HandOverWork work, CancellationToken cancellationToken)
        where T : DueItem
    {
        var page = await store.ListAsync(
            DueItemList.OfAgent(work.From), null, new PageRequest(PageSize, null), cancellationToken);
        var moved = await AtOnce.DoAsync(page.Items, async item =>
        {
            var theirs = (T)((DueItem)item with { AgentId = work.To });
            // The call first: once the item is moved, a repeated step does not find it.
            await actions.ForeshowAsync(store, theirs, cancellationToken);
            var isMoved = await store.ReplaceAsync(item, theirs, cancellationToken);
            await actions.WriteAsync(store, theirs, CancellationToken.None);
            return isMoved;
        });
        return (moved.Count(isMoved => isMoved), page.Next is not null || moved.Contains(false));
    }

    private static Job Counted(Job job, string name, int more) => more == 0 ? job : job with
    {
        Counts = new Dictionary<string, long>(job.Counts, StringComparer.Ordinal) { [name] = job.Count(name) + more },
    };
}

/// <summary>From whom to whom everything goes.</summary>
public sealed record HandOverWork(string From, string To)
{
    /// <summary>The endpoints that are to be moved; null before they are noted, empty once they are moved.</summary>
    public IReadOnlyList<string>? Phones { get; init; }

    private static readonly StoredJson<HandOverWork> Stored = new(HandOverJson.Default);

    public static HandOverWork Read(string json) => Stored.Deserialize(json);

    public string ToJson() => Stored.Serialize(this);
}

/// <summary>How the work is serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(HandOverWork))]
internal sealed partial class HandOverJson : JsonSerializerContext;
