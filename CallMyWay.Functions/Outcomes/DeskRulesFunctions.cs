using CallMyWay.Functions.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Outcomes;

/// <summary>The body of a request that replaces the desk's rules.</summary>
public sealed record DeskRulesInput(bool? OutcomeRequired);

/// <summary>Reads the desk's rules for everybody; replaces them for an administrator.</summary>
[Tags("Outcomes")]
public sealed class DeskRulesFunctions(DeskRulesStore rules)
{
    [Function("GetDeskRules"), Allow(Role.Agent)]
    [Answers(StatusCodes.Status200OK, typeof(DeskRules))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "desk-rules")] HttpRequest request,
        CancellationToken cancellationToken) => TypedResults.Ok(await rules.GetAsync(cancellationToken));

    [Function("PutDeskRules"), Allow(Role.Admin)]
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

        var put = new DeskRules { OutcomeRequired = outcomeRequired, ETag = IfMatch.Of(request) };
        return await rules.PutAsync(put, cancellationToken) is { } stored ? TypedResults.Ok(stored) : request.Changed();
    }
}
