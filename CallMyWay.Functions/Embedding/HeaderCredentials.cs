using System.Security.Claims;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Embedding;

/// <summary>
/// The caller by a key or a token in the request's headers, the same on every host. Where such a header is there, it
/// alone counts: a cookie beside it adds nothing.
/// </summary>
public sealed class HeaderCredentials(
    ApiKeyStore keys,
    EmbedTokenStore tokens,
    EmbedOriginStore origins,
    AgentDirectory agents,
    KeyRates rates,
    IOptions<EmbeddingOptions> options,
    TimeProvider clock)
{
    public const string KeyHeader = "X-CallMyWay-Key";

    public const string TokenHeader = "X-CallMyWay-Token";

    /// <summary>What the kinds of refusals begin with, for programs.</summary>
    private const string Kind = "urn:callmyway:";

    private static readonly Phrase TokenTitle = new("El token no vale", "The token is not valid");

    /// <summary>Null where the request has neither header.</summary>
    public async ValueTask<Credential?> FindAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var headers = request.Headers;
        if (headers.TryGetValue(TokenHeader, out var token))
        {
            return await FindAgentAsync(request, token.ToString(), cancellationToken);
        }

        return headers.TryGetValue(KeyHeader, out var key)
            ? await FindKeyAsync(request, key.ToString(), cancellationToken)
            : null;
    }

    /// <summary>The agent of a token, while it is valid; null where it is not, or not any more.</summary>
    public async ValueTask<ClaimsPrincipal?> FindUserOfAsync(string tokenId, CancellationToken cancellationToken) =>
        await tokens.GetRecentAsync(tokenId, cancellationToken) is { } token
        && StateOf(token) == TokenState.Valid
        && await keys.GetRecentAsync(token.KeyId, cancellationToken) is not null
        && await AgentOfAsync(token, cancellationToken) is { } agent
            ? UserOf(token, agent)
            : null;

    private async Task<Credential> FindKeyAsync(HttpRequest request, string text, CancellationToken cancellationToken)
    {
        if (Secret.Read(text, Secret.KeyPrefix) is not { } secret
            || await keys.GetRecentAsync(secret.Id, cancellationToken) is not { } key
            || !secret.Is(key.Hash))
        {
            return Credential.Refused(request.Problem(
                StatusCodes.Status401Unauthorized,
                new("La clave no vale", "The key is not valid"),
                new(
                    $"El encabezado {KeyHeader} no tiene una clave de esta oficina, o la clave se eliminó.",
                    $"The header {KeyHeader} has no key of this office, or the key was deleted."),
                type: Kind + "api-key-unknown"));
        }

        if (rates.Refusal(key.KeyId, request) is { } tooMany)
        {
            return Credential.Refused(tooMany);
        }

        await keys.NoteAsync(key.KeyId, cancellationToken);
        return new Credential(Principal.OfKey(key.KeyId, key.Name, key.Scopes), null);
    }

    private async Task<Credential> FindAgentAsync(HttpRequest request, string text, CancellationToken cancellationToken)
    {
        var token = Secret.Read(text, Secret.TokenPrefix) is { } secret
            && await tokens.GetRecentAsync(secret.Id, cancellationToken) is { } found && secret.Is(found.Hash)
                ? found
                : null;
        if (token is null)
        {
            return Refused("embed-token-unknown", new(
                "Ese token no es de esta oficina.", "That token is not of this office."));
        }

        switch (StateOf(token))
        {
            case TokenState.Expired:
                return Refused("embed-token-expired", new(
                    "El token venció. Pida otro al servidor de su aplicación.",
                    "The token has expired. Ask your application's server for another."));
            case TokenState.Revoked:
                return Refused("embed-token-revoked", new("El token se revocó.", "The token was revoked."));
        }

        if (await keys.GetRecentAsync(token.KeyId, cancellationToken) is null)
        {
            return Refused("embed-token-revoked", new(
                "La clave que pidió el token se eliminó.", "The key that asked for the token was deleted."));
        }

        if (await AgentOfAsync(token, cancellationToken) is not { } agent)
        {
            return Refused("embed-token-revoked", new("El agente ya no existe.", "The agent is there no more."));
        }

        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !IsOwn(origin, request) && !await origins.HasAsync(origin, cancellationToken))
        {
            return Credential.Refused(request.Problem(
                StatusCodes.Status403Forbidden,
                new("Esa página no está en la lista", "That page is not listed"),
                new(
                    $"Un administrador debe agregar {Shown(origin)} a los orígenes permitidos.",
                    $"An administrator must add {Shown(origin)} to the origins that are allowed."),
                type: Kind + "origin-not-allowed"));
        }

        return new Credential(UserOf(token, agent), null);

        Credential Refused(string kind, Phrase detail) => Credential.Refused(
            request.Problem(StatusCodes.Status401Unauthorized, TokenTitle, detail, type: Kind + kind));
    }

    private static ClaimsPrincipal UserOf(EmbedToken token, Agent agent) =>
        Principal.OfEmbedToken(token.TokenId, agent.AgentId, agent.Name, agent.Language, token.ExpiresAt);

    private TokenState StateOf(EmbedToken token)
    {
        var now = clock.GetUtcNow();
        return token.RevokedAt is not null ? TokenState.Revoked
            // One from the future: the clock was set back, and it would be valid too long.
            : now >= token.ExpiresAt || token.ExpiresAt - now > EmbedTokenStore.Lasts + ClockSkew.Most
                ? TokenState.Expired
            : TokenState.Valid;
    }

    private async ValueTask<Agent?> AgentOfAsync(EmbedToken token, CancellationToken cancellationToken) =>
        (await agents.ReadAsync(cancellationToken)).Find(token.AgentId) is { } agent && agent.Creation == token.Creation
            ? agent
            : null;

    // Only the authority is compared: a proxy may use https with the browser and http with us.
    private bool IsOwn(string origin, HttpRequest request) =>
        options.Value.OwnOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase)
        || (Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));

    private static string Shown(string origin) => origin.Length <= 100 ? origin : origin[..100] + "…";

    private enum TokenState
    {
        Valid,
        Expired,
        Revoked,
    }
}

/// <summary>Who calls, or why they may not.</summary>
public sealed record Credential(ClaimsPrincipal? User, IResult? Refusal)
{
    internal static Credential Refused(IResult refusal) => new(null, refusal);
}
