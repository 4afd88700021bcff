using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Embedding;

/// <summary>The tokens by which agents work in another application's page. Its server asks for them with its key.</summary>
public sealed class EmbedTokenFunctions(EmbedTokenStore tokens, AgentStore agents, TimeProvider clock)
{
    /// <summary>Makes a token for an agent. It is valid for a quarter of an hour, from the origins that are listed.</summary>
    [Function("CreateEmbedToken"), AllowKey(KeyScope.Embed)]
    [NotAudited("An application asks for one each quarter of an hour and agent. Its key is in the audit.")]
    [Takes(typeof(EmbedTokenInput)), Answers(StatusCodes.Status201Created, typeof(EmbedTokenCreated))]
    public async Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "embed-tokens")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<EmbedTokenInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        if (input.AgentId is not { Length: > 0 } agentId)
        {
            return request.Invalid(new FieldErrors().Add(
                "agentId", "Indique el código del agente.", "Give the agent's id."));
        }

        if (await agents.GetAsync(agentId, cancellationToken) is not { } agent)
        {
            return request.Invalid(new FieldErrors().Add(
                "agentId", AgentFunctions.NoSuchAgent.Es, AgentFunctions.NoSuchAgent.En));
        }

        var now = clock.GetUtcNow();
        var secret = Secret.New(now);
        var token = new EmbedToken
        {
            TokenId = secret.Id,
            AgentId = agent.AgentId,
            Creation = agent.Creation,
            KeyId = KeyOf(request),
            Hash = secret.Hash(),
            ExpiresAt = now + EmbedTokenStore.Lasts,
        };
        await tokens.PutAsync(token, cancellationToken);
        return TypedResults.Json(
            new EmbedTokenCreated(token.TokenId, secret.Text(Secret.TokenPrefix), token.ExpiresAt),
            statusCode: StatusCodes.Status201Created);
    }

    /// <summary>Revokes a token of the same key, as when somebody signs out of the other application.</summary>
    [Function("DeleteEmbedToken"), AllowKey(KeyScope.Embed)]
    [NotAudited("Somebody leaves another application's page.")]
    [Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "embed-tokens/{tokenId}")] HttpRequest request,
        string tokenId,
        CancellationToken cancellationToken)
    {
        if (await tokens.GetAsync(tokenId, cancellationToken) is not { } token || token.KeyId != KeyOf(request))
        {
            return request.NotFound(new Phrase(
                "No hay un token con ese código.", "There is no token with that id."));
        }

        await tokens.PutAsync(token with { RevokedAt = token.RevokedAt ?? clock.GetUtcNow() }, cancellationToken);
        return TypedResults.NoContent();
    }

    private static string KeyOf(HttpRequest request) =>
        request.HttpContext.User.RequiredAgentId()[Principal.KeyPrefix.Length..];
}
