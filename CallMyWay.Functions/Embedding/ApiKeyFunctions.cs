using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Embedding;

/// <summary>The keys of other applications' servers.</summary>
public sealed class ApiKeyFunctions(ApiKeyStore keys, AuditLog audit, TimeProvider clock)
{
    private const int LongestName = 100;

    /// <summary>The keys, without their secrets.</summary>
    [Function("ListApiKeys"), Allow(Role.Admin)]
    [Asks("take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<ApiKeyView>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api-keys")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var views = (await keys.ListAsync(cancellationToken)).Select(ApiKeyView.Of).ToList();
        // The ids grow with the time.
        return TypedResults.Ok(Page.Cut(views, page, view => view.KeyId));
    }

    /// <summary>Makes a key. The answer is the only one that shows it.</summary>
    [Function("CreateApiKey"), Allow(Role.Admin), Audits("api-key.created")]
    [Refuses(StatusCodes.Status409Conflict)]
    [Takes(typeof(ApiKeyInput)), Answers(StatusCodes.Status201Created, typeof(ApiKeyCreated))]
    public async Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api-keys")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<ApiKeyInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = new FieldErrors();
        var name = input.Name?.Trim() ?? "";
        if (name.Length is 0 or > LongestName)
        {
            errors.Add(
                "name",
                $"Escriba para qué es la clave, en {LongestName} caracteres como máximo.",
                $"Write what the key is for, in {LongestName} characters at most.");
        }

        if (input.Scopes is not { Count: > 0 })
        {
            errors.Add("scopes", "Elija al menos un permiso.", "Choose one scope at least.");
        }

        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        if ((await keys.ListAsync(cancellationToken)).Count >= ApiKeyStore.Most)
        {
            return request.Problem(
                StatusCodes.Status409Conflict,
                new("Hay demasiadas claves", "There are too many keys"),
                new(
                    $"Puede haber {ApiKeyStore.Most} como máximo. Elimine una que ya no se use.",
                    $"There can be {ApiKeyStore.Most} at most. Delete one that is not used any more."));
        }

        var now = clock.GetUtcNow();
        var secret = Secret.New(now);
        var key = new ApiKey
        {
            KeyId = secret.Id,
            Name = name,
            Scopes = [.. input.Scopes!.Distinct().Order()],
            Hash = secret.Hash(),
            CreatedAt = now,
            CreatedBy = request.HttpContext.User.RequiredAgentId(),
        };
        await audit.ChangeAsync(
            request,
            AuditChange.Of("api-key.created", key.KeyId, null, ApiKeyView.Of(key)),
            () => keys.InsertAsync(key, cancellationToken),
            stored => stored);
        return TypedResults.Created(
            $"/api/api-keys/{key.KeyId}", new ApiKeyCreated(key.KeyId, secret.Text(Secret.KeyPrefix)));
    }

    /// <summary>Ends a key, and the tokens that it has asked for.</summary>
    [Function("DeleteApiKey"), Allow(Role.Admin), Audits("api-key.deleted")]
    [Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api-keys/{keyId}")] HttpRequest request,
        string keyId,
        CancellationToken cancellationToken)
    {
        if (await keys.GetAsync(keyId, cancellationToken) is not { } key)
        {
            return request.NotFound(new Phrase("No hay una clave con ese código.", "There is no key with that id."));
        }

        await audit.ChangeAsync(
            request,
            AuditChange.Of("api-key.deleted", keyId, ApiKeyView.Of(key), null),
            async () =>
            {
                await keys.DeleteAsync(keyId, cancellationToken);
                return true;
            },
            done => done);
        return TypedResults.NoContent();
    }
}
