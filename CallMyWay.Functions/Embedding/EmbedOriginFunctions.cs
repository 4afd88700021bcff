using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Embedding;

/// <summary>The origins of other applications' pages.</summary>
public sealed class EmbedOriginFunctions(
    EmbedOriginStore origins, AuditLog audit, IOptions<EmbeddingOptions> options)
{
    /// <summary>The origins from which embed tokens are taken.</summary>
    [Function("GetEmbedOrigins"), Allow(Role.Admin), Answers(StatusCodes.Status200OK, typeof(EmbedOriginsView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "embed-origins")] HttpRequest request,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(ViewOf(await origins.GetAsync(cancellationToken)));

    /// <summary>Replaces the origins.</summary>
    [Function("PutEmbedOrigins"), Allow(Role.Admin), Audits("embed-origins.changed")]
    [TakesIfMatch(OrNone = true)]
    [Takes(typeof(EmbedOriginsInput)), Answers(StatusCodes.Status200OK, typeof(EmbedOriginsView))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "embed-origins")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<EmbedOriginsInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = new FieldErrors();
        if (input.Origins is not { Count: <= EmbedOriginStore.Most } given)
        {
            return request.Invalid(errors.Add(
                "origins",
                $"Dé la lista de los orígenes, {EmbedOriginStore.Most} como máximo.",
                $"Give the list of the origins, {EmbedOriginStore.Most} at most."));
        }

        foreach (var wrong in given.Where(text => EmbedOriginStore.Read(text) is null))
        {
            errors.Add(
                "origins",
                $"«{wrong}» no es un origen. Escriba https://, el nombre y, si hay, el puerto, sin nada más.",
                $"“{wrong}” is no origin. Write https://, the name and, if there is one, the port, and nothing else.");
        }

        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var put = new EmbedOrigins
        {
            Origins = [.. given.Select(text => EmbedOriginStore.Read(text)!).Distinct(StringComparer.Ordinal)],
            ETag = IfMatch.VersionOf(request),
        };
        var before = await origins.GetAsync(cancellationToken);
        var change = AuditChange.Of("embed-origins.changed", "embed-origins", before, put);
        if (before.ETag is not null && change.SaysNothingNew)
        {
            // The request is repeated: it is answered as the first time.
            return TypedResults.Ok(ViewOf(before));
        }

        return await audit.ChangeAsync(
            request, change, () => origins.PutAsync(put, cancellationToken), made => made is not null) is { } stored
            ? TypedResults.Ok(ViewOf(stored))
            : request.Changed();
    }

    private EmbedOriginsView ViewOf(EmbedOrigins stored) =>
        new(stored.Origins, options.Value.MissingOf(stored.Origins), stored.ETag);
}
