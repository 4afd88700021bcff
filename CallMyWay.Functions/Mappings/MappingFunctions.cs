using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Mappings;

/// <summary>Lists, reads, writes and deletes the mappings of phones to agents, for an administrator.</summary>
public sealed class MappingFunctions(
    MappingStore mappings, MappingRules rules, MainPhone main, AgentDirectory agents, IMappingNews news, AuditLog audit)
{
    private static readonly Phrase NoSuchMapping = new(
        "Ese teléfono no está asignado.", "That phone is not assigned.");

    [Function("ListMappings"), Allow(Role.Admin)]
    [Asks("take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<Mapping>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "mappings")] HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        return errors.Any
            ? request.Invalid(errors)
            : TypedResults.Ok(Page.Cut(
                await mappings.ListWithSharesAsync(cancellationToken), page, mapping => Keys.Encode(mapping.EndpointId)));
    }

    [Function("GetMapping"), Allow(Role.Admin)]
    [Answers(StatusCodes.Status200OK, typeof(Mapping))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "mappings/{endpointId}")] HttpRequest request, string endpointId, CancellationToken cancellationToken) =>
        await mappings.GetAsync(RouteText.Of(endpointId), cancellationToken) is { } mapping
            ? TypedResults.Ok(await mappings.WithSharesAsync(mapping, cancellationToken))
            : request.NotFound(NoSuchMapping);

    [Function("ListUnmappedEndpoints"), Allow(Role.Admin)]
    [Asks("take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<UnmappedEndpoint>))]
    public async Task<IResult> ListUnmapped(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "unmapped-endpoints")] HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        return errors.Any
            ? request.Invalid(errors)
            : TypedResults.Ok(
                Page.Cut(await mappings.ListUnmappedAsync(cancellationToken), page, MappingStore.NewestFirst));
    }

    [Function("PutMapping"), Allow(Role.Admin), Audits("mapping.changed")]
    [Refuses(StatusCodes.Status409Conflict)]
    [TakesIfMatch(OrNone = true)]
    [Takes(typeof(MappingInput))]
    [Answers(StatusCodes.Status200OK, typeof(Mapping)), Answers(StatusCodes.Status201Created, typeof(Mapping))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "mappings/{endpointId}")] HttpRequest request, string endpointId, CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<MappingInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        endpointId = RouteText.Of(endpointId);
        var errors = new FieldErrors();
        var before = await mappings.GetAsync(endpointId, cancellationToken);
        if (await rules.ReadAsync(endpointId, input, before, errors, cancellationToken) is not { } given)
        {
            return request.Invalid(errors);
        }

        var isNew = IfMatch.IsNone(request);
        if (await FindTakenAsync(given, isNew, cancellationToken) is { } taken)
        {
            return await RefuseTakenAsync(request, taken, cancellationToken);
        }

        var savedBy = request.HttpContext.User.RequiredAgentId();
        var isCorrected = before is not null && before.AgentId != given.AgentId && MayReplace(request, before);
        var isRepeated = before is not null && MappingStore.IsSame(before, given);
        var put = given with { ETag = IfMatch.Of(request) };
        // A repeated request has no entry of its own. It does what the first may have left undone.
        var stored = isRepeated
            ? await mappings.PutAsync(put, cancellationToken, isNew)
            : await audit.ChangeAsync(
                request,
                AuditChange.Of("mapping.changed", endpointId, before, put),
                async () =>
                {
                    if (isCorrected)
                    {
                        // Before it is stored: a repeated request would not know any more whose phone it was.
                        await news.LeavesAsync(before!, given.AgentId, savedBy);
                    }

                    return await mappings.PutAsync(put, cancellationToken, isNew);
                },
                made => made is not null);
        if (stored is not var (mapping, isCreated))
        {
            return request.Changed();
        }

        if (!isCorrected)
        {
            await news.StoredAsync(mapping, savedBy);
        }

        await main.TakeAsync(mapping, request);
        mapping = await mappings.WithSharesAsync(mapping, CancellationToken.None);
        return isCreated
            ? TypedResults.Created($"/api/mappings/{Uri.EscapeDataString(endpointId)}", mapping)
            : TypedResults.Ok(mapping);
    }

    [Function("DeleteMapping"), Allow(Role.Admin), Audits("mapping.deleted")]
    [TakesIfMatch]
    [Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "mappings/{endpointId}")] HttpRequest request, string endpointId, CancellationToken cancellationToken)
    {
        if (await mappings.GetAsync(RouteText.Of(endpointId), cancellationToken) is not { } mapping)
        {
            return request.NotFound(NoSuchMapping);
        }

        if (!await audit.ChangeAsync(
            request,
            AuditChange.Of("mapping.deleted", mapping.EndpointId, mapping, null),
            async () =>
            {
                if (MayReplace(request, mapping))
                {
                    // Before it is gone: then the request can't be repeated.
                    await news.LeavesAsync(mapping, null, request.HttpContext.User.RequiredAgentId());
                }

                return await mappings.DeleteAsync(mapping, IfMatch.Of(request), cancellationToken);
            },
            deleted => deleted))
        {
            return request.Changed();
        }

        return TypedResults.NoContent();
    }

    private static bool MayReplace(HttpRequest request, Mapping mapping) =>
        IfMatch.Of(request) is not { } etag || etag == mapping.ETag;

    // The operator writes ids in capital or small letters: a call to one of the two would find both, or the wrong one.
    private async Task<Mapping?> FindTakenAsync(Mapping given, bool isNew, CancellationToken cancellationToken)
    {
        if (await mappings.GetAsync(given.EndpointId, cancellationToken) is { } same)
        {
            return isNew && !MappingStore.IsSame(same, given) ? same : null;
        }

        return (await mappings.ListInOtherLettersAsync(given.EndpointId, cancellationToken)).FirstOrDefault();
    }

    private async Task<IResult> RefuseTakenAsync(
        HttpRequest request, Mapping taken, CancellationToken cancellationToken)
    {
        var roster = await agents.ReadAsync(cancellationToken);
        var name = roster.NameOf(taken.AgentId) ?? taken.AgentId;
        return request.Invalid(
            StatusCodes.Status409Conflict,
            new("Ese teléfono ya está asignado", "That phone is assigned already"),
            new("Cámbielo en la lista en vez de agregarlo otra vez.", "Change it in the list instead of adding it again."),
            new FieldErrors().Add(
                "endpointId",
                $"El teléfono {taken.EndpointId} ya es de {name}.",
                $"The phone {taken.EndpointId} is {name}'s already."));
    }
}
