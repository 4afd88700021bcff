using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.DiallingRules;

/// <summary>The body of a request that replaces the rules. A limit that is missing or null means no limit.</summary>
/// <param name="Enabled">
/// False stops all click-to-dial. If it is missing or null it stays as it is: rules that are sent without it don't begin
/// again what an administrator has stopped.
/// </param>
public sealed record DialRulesInput(
    bool? Enabled,
    [property: Needed] IReadOnlyList<string?>? AllowedPrefixes,
    [property: Needed] IReadOnlyList<string?>? DeniedPrefixes,
    int? PerAgentHour,
    int? PerAgentDay,
    int? TotalHour,
    int? TotalDay,
    DialHoursInput? Hours);

/// <summary>
/// Times of day as <c>07:00</c>; days of the week from 0 (Sunday) to 6. If <c>days</c> is missing, they are all days; an
/// empty list is refused.
/// </summary>
public sealed record DialHoursInput(
    [property: Needed] string? From, [property: Needed] string? To, IReadOnlyList<int>? Days);

/// <summary>Reads and replaces the rules of click-to-dial.</summary>
[Tags("ClickToDial")]
public sealed class DialRulesFunctions(
    DialRulesStore rules, PhoneNumberParser numbers, AuditLog audit, TimeProvider clock)
{
    [Function("GetDialRules"), Allow(Role.Admin)]
    [Answers(StatusCodes.Status200OK, typeof(DialRules))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dial-rules")] HttpRequest request, CancellationToken cancellationToken) =>
        TypedResults.Ok(await rules.GetAsync(cancellationToken));

    [Function("PutDialRules"), Allow(Role.Admin), Audits("dial-rules.changed")]
    [TakesIfMatch(OrNone = true)]
    [Takes(typeof(DialRulesInput)), Answers(StatusCodes.Status200OK, typeof(DialRules))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "dial-rules")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<DialRulesInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = new FieldErrors();
        var read = DialRulesReader.Read(input, numbers, "", errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        return await LastOneWins.ChangeAsync(request, async () =>
        {
            var before = await rules.GetAsync(cancellationToken);
            var put = read with
            {
                Enabled = input.Enabled ?? before.Enabled,
                ETag = IfMatch.VersionOf(request) ?? before.ETag ?? Row.NoVersion,
            };
            var change = AuditChange.Of(
                "dial-rules.changed", "dial-rules", before with { ChangedAt = null }, put);
            if (before.ETag is not null && change.SaysNothingNew)
            {
                // The request is repeated: it is answered as the first time.
                return TypedResults.Ok(before);
            }

            return await audit.ChangeAsync(
                request,
                change,
                () => rules.PutAsync(put with { ChangedAt = clock.GetUtcNow() }, cancellationToken),
                made => made is not null) is { } stored
                ? TypedResults.Ok(stored)
                : LastOneWins.NamesAnother(request, before.ETag) ? request.Changed() : null;
        });
    }
}
