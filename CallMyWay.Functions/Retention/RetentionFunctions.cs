using System.Text.Json.Serialization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Sweeping;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Retention;

/// <summary>
/// The body of a request that replaces the rules: <c>callDays</c>, <c>eventDays</c> or both. What is null, or is missing
/// beside the other, is kept for ever.
/// </summary>
public sealed record RetentionInput
{
    /// <summary>After how many days calls go; null for never.</summary>
    public int? CallDays
    {
        get;
        init
        {
            field = value;
            IsGiven = true;
        }
    }

    /// <summary>What becomes of calls then: <c>remove</c> or <c>anonymize</c>.</summary>
    public string? CallAction { get; init; }

    /// <summary>After how many days raw notifications go; null for never.</summary>
    public int? EventDays
    {
        get;
        init
        {
            field = value;
            IsGiven = true;
        }
    }

    /// <summary>False where the body names neither: a slip of the pen takes no rule away.</summary>
    [JsonIgnore]
    public bool IsGiven { get; private init; }
}

/// <summary>How long calls and raw events are kept, and the last run.</summary>
/// <param name="CallDays">After so many days a call is dealt with; null where calls are kept for ever.</param>
/// <param name="CallAction">What becomes of it.</param>
/// <param name="EventDays">After so many days raw events go; null where they are kept for ever.</param>
/// <param name="LastRun">The run that was begun last; null where there was none.</param>
public sealed record RetentionView(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? CallDays,
    RetentionAction? CallAction,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? EventDays,
    RetentionRun? LastRun,
    [property: JsonPropertyName("etag")] string? ETag)
{
    public static RetentionView Of(RetentionRules rules, Job? last) => new(
        rules.CallDays,
        rules.CallAction,
        rules.EventDays,
        last is null ? null : new RetentionRun(
            last.State,
            last.CreatedAt,
            last.FinishedAt,
            last.ReachedAt,
            last.Count(RetentionJob.Calls),
            last.Count(RetentionJob.Changed),
            last.Count(RetentionJob.Failed)),
        rules.ETag);
}

/// <summary>A nightly run of retention.</summary>
/// <param name="State">As of a backfill.</param>
/// <param name="StartedAt">When it was begun.</param>
/// <param name="FinishedAt">When it was over.</param>
/// <param name="ReachedAt">When the call began that it has reached; it goes from newer to older ones.</param>
/// <param name="Calls">How many calls it has looked at.</param>
/// <param name="Changed">How many of them it has removed or changed.</param>
/// <param name="Failed">How many could not be read, and are left as they are.</param>
public sealed record RetentionRun(
    JobState State,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    string? ReachedAt,
    long Calls,
    long Changed,
    long Failed);

/// <summary>Reads for everybody how long calls are kept; replaces that for an administrator.</summary>
[Tags("Calls")]
public sealed partial class RetentionFunctions(
    RetentionStore store,
    RetentionProgress progress,
    JobStore jobs,
    AuditLog audit,
    TimeProvider clock,
    ILogger<RetentionFunctions> logger)
{
    [Function("GetRetention"), Allow(Role.Agent)]
    [Answers(StatusCodes.Status200OK, typeof(RetentionView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "retention")] HttpRequest request,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await ViewAsync(await store.GetAsync(cancellationToken), cancellationToken));

    [Function("PutRetention"), Allow(Role.Admin), Audits("retention.changed")]
    [TakesIfMatch(OrNone = true)]
    [Takes(typeof(RetentionInput)), Answers(StatusCodes.Status200OK, typeof(RetentionView))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "retention")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<RetentionInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = new FieldErrors();
        if (!input.IsGiven)
        {
            foreach (var field in (string[])["callDays", "eventDays"])
            {
                errors.Add(
                    field,
                    "Indique los días, o null para conservar siempre.",
                    "Give the days, or null to keep them for ever.");
            }
        }

        var rules = new RetentionRules
        {
            CallDays = Days("callDays", input.CallDays, errors),
            CallAction = Action(input, errors),
            EventDays = Days("eventDays", input.EventDays, errors),
            ETag = IfMatch.VersionOf(request),
        };
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var before = await store.GetAsync(cancellationToken);
        var change = AuditChange.Of("retention.changed", "retention", before, rules);
        if (before.ETag is not null && change.SaysNothingNew)
        {
            // The request is repeated: the first may have stored the rules and no more.
            await progress.LoosenAsync(before, clock.GetUtcNow(), CancellationToken.None);
            return TypedResults.Ok(await ViewAsync(before, cancellationToken));
        }

        if (await audit.ChangeAsync(
            request, change, () => store.PutAsync(rules, cancellationToken), made => made is not null) is not { } stored)
        {
            return request.Changed();
        }

        await progress.LoosenAsync(stored, clock.GetUtcNow(), CancellationToken.None);
        Log.Changed(
            logger,
            request.HttpContext.User.RequiredAgentId(),
            stored.CallDays,
            stored.CallAction,
            stored.EventDays);
        return TypedResults.Ok(await ViewAsync(stored, cancellationToken));
    }

    private async Task<RetentionView> ViewAsync(RetentionRules rules, CancellationToken cancellationToken) =>
        RetentionView.Of(
            rules,
            (await jobs.ListAsync(RetentionJob.Name, new PageRequest(1, null), cancellationToken)).Items.FirstOrDefault());

    private static int? Days(string field, int? days, FieldErrors errors)
    {
        if (days is < RetentionRules.LeastDays or > RetentionRules.MostDays)
        {
            errors.Add(
                field,
                $"Indique de {RetentionRules.LeastDays} a {RetentionRules.MostDays} días, o nada para conservar siempre.",
                $"Give {RetentionRules.LeastDays} to {RetentionRules.MostDays} days, or nothing to keep them for ever.");
        }

        return days;
    }

    private static RetentionAction? Action(RetentionInput input, FieldErrors errors)
    {
        if (input.CallDays is null)
        {
            return null;
        }

        switch (input.CallAction)
        {
            case "remove":
                return RetentionAction.Remove;
            case "anonymize":
                return RetentionAction.Anonymize;
            default:
                errors.Add(
                    "callAction",
                    "Indique «remove» (borrar) o «anonymize» (quitar los datos personales).",
                    "Give \"remove\" or \"anonymize\".");
                return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "{AgentId} changed how long calls are kept: {CallDays} days, then {CallAction}; raw events {EventDays} days.")]
        public static partial void Changed(
            ILogger logger,
            string agentId,
            int? callDays,
            RetentionAction? callAction,
            int? eventDays);
    }
}
