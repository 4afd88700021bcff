using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Outcomes;

/// <summary>The body of a request that replaces the desk's rules.</summary>
public sealed record DeskRulesInput([property: Needed] bool? OutcomeRequired);

/// <summary>Reads the desk's rules for everybody; replaces them for an administrator.</summary>
[Tags("Outcomes")]
public sealed class DeskRulesFunctions(DeskRulesStore rules, AuditLog audit)
{
    [Function("GetDeskRules"), Allow(Role.Agent)]
    [Answers(StatusCodes.Status200OK, typeof(DeskRules))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "desk-rules")] HttpRequest request,
        CancellationToken cancellationToken) => TypedResults.Ok(await rules.GetAsync(cancellationToken));

    [Function("PutDeskRules"), Allow(Role.Admin), Audits("desk-rules.changed")]
    [TakesIfMatch(OrNone = true)]
    [Takes(typeof(DeskRulesInput)), Answers(StatusCodes.Status200OK, typeof(DeskRules))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "desk-rules")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<DeskRulesInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        if (input.OutcomeRequired is not { } outcomeRequired)
        {
            return request.Invalid(new FieldErrors().Add(
                "outcomeRequired", "Indique true o false.", "Give true or false."));
        }

        var put = new DeskRules { OutcomeRequired = outcomeRequired, ETag = IfMatch.VersionOf(request) };
        var before = await rules.GetAsync(cancellationToken);
        var change = AuditChange.Of("desk-rules.changed", "desk-rules", before, put);
        if (before.ETag is not null && change.SaysNothingNew)
        {
            // The request is repeated: it is answered as the first time.
            return TypedResults.Ok(before);
        }

        return await audit.ChangeAsync(
            request,
            change,
            () => rules.PutAsync(put, cancellationToken),
            made => made is not null) is { } stored
            ? TypedResults.Ok(stored)
            : request.Changed();
    }
}
