using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Outcomes;

/// <summary>Lists the wrap-up's own fields for agents; replaces them for an administrator.</summary>
[Tags("Outcomes")]
public sealed class WrapUpFieldFunctions(WrapUpFieldStore fields, OutcomeStore outcomes, AuditLog audit)
{
    [Function("GetWrapUpFields"), Allow(Role.Agent)]
    [Answers(StatusCodes.Status200OK, typeof(WrapUpFieldList))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "wrap-up-fields")] HttpRequest request,
        CancellationToken cancellationToken) => TypedResults.Ok(await fields.GetAsync(cancellationToken));

    [Function("PutWrapUpFields"), Allow(Role.Admin), Audits("wrap-up-fields.changed")]
    [TakesIfMatch(OrNone = true)]
    [Takes(typeof(WrapUpFieldsInput)), Answers(StatusCodes.Status200OK, typeof(WrapUpFieldList))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "wrap-up-fields")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<WrapUpFieldsInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        // An outcome can be removed after a field has named it: then the field may keep its code.
        var before = await fields.GetAsync(cancellationToken);
        var known = (await outcomes.GetAsync(cancellationToken)).Items.Select(outcome => outcome.Code)
            .Concat(before.Items.SelectMany(field => field.Outcomes));
        var errors = input.Check(known.ToHashSet(StringComparer.Ordinal));
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var put = new WrapUpFieldList(input.ToFields(), IfMatch.VersionOf(request));
        var change = AuditChange.Of("wrap-up-fields.changed", "wrap-up-fields", before, put);
        if (before.ETag is not null && change.SaysNothingNew)
        {
            // The request is repeated: it is answered as the first time.
            return TypedResults.Ok(before);
        }

        return await audit.ChangeAsync(
            request,
            change,
            () => fields.PutAsync(put, cancellationToken),
            made => made is not null) is { } stored
            ? TypedResults.Ok(stored)
            : request.Changed();
    }
}
