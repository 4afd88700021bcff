using System.Globalization;
using System.Security.Claims;

namespace CallMyWay.Functions.Api;

/// <summary>
/// The signed-in user, as feature code sees it. Each host makes the principal in its own way, with these claims: the
/// agent's id, a claim for each role, the name, and the language.
/// </summary>
public static class Principal
{
    public const string AgentIdClaim = ClaimTypes.NameIdentifier;

    public const string LanguageClaim = "language";

    private const string AppointedClaim = "appointed";

    private const string KeyScopeClaim = "key-scope";

    private const string EmbedTokenClaim = "embed-token";

    private const string EmbedTokenEndClaim = "embed-token-end";

    /// <summary>What the id of an API key begins with where an agent's id would stand, such as in the audit.</summary>
    public const string KeyPrefix = "api-key.";

    /// <summary>
    /// Makes the principal of a signed-in agent. <paramref name="scheme"/> says how they signed in. Without a language,
    /// the browser's is used.
    /// </summary>
    public static ClaimsPrincipal Create(
        string scheme, string agentId, string name, IEnumerable<Role> roles, string? language)
    {
        var claims = new List<Claim>
        {
            new(AgentIdClaim, agentId),
            new(ClaimTypes.Name, name),
        };
        if (language is not null)
        {
            claims.Add(new(LanguageClaim, language));
        }

        claims.AddRange(roles.Select(role => new Claim(ClaimTypes.Role, role.ToString())));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    /// <summary>The same user, whom the office's directory makes an administrator.</summary>
    public static ClaimsPrincipal Appointed(this ClaimsPrincipal user)
    {
        ((ClaimsIdentity)user.Identity!).AddClaim(new Claim(AppointedClaim, "true"));
        return user;
    }

    /// <summary>True where the directory makes the user an administrator, whatever the agent's row says.</summary>
    public static bool IsAppointed(this ClaimsPrincipal user) => user.HasClaim(AppointedClaim, "true");

    /// <summary>Makes the principal of somebody who is signed in, but is no agent.</summary>
    public static ClaimsPrincipal WithoutAgent(string scheme, string name) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], scheme));

    /// <summary>
    /// Makes the principal of an API key. It sees what an administrator sees, in the functions that its scopes open.
    /// </summary>
    public static ClaimsPrincipal OfKey(string keyId, string name, IEnumerable<KeyScope> scopes)
    {
        var user = Create("api-key", KeyPrefix + keyId, name, [Role.Admin], language: null);
        ((ClaimsIdentity)user.Identity!).AddClaims(scopes.Select(scope => new Claim(KeyScopeClaim, scope.ToString())));
        ((ClaimsIdentity)user.Identity!).AddClaim(new Claim(KeyScopeClaim, ""));
        return user;
    }

    /// <summary>Makes the principal of an agent in another application's page.</summary>
    /// <param name="tokenId">The token's id.</param>
    /// <param name="agentId">The agent's id.</param>
    /// <param name="name">The agent's name.</param>
    /// <param name="language">The agent's language; null for the browser's.</param>
    /// <param name="endsAt">When the token ends.</param>
    public static ClaimsPrincipal OfEmbedToken(
        string tokenId, string agentId, string name, string? language, DateTimeOffset endsAt)
    {
        var user = Create("embed-token", agentId, name, [Role.Agent], language);
        ((ClaimsIdentity)user.Identity!).AddClaims(
        [
            new Claim(EmbedTokenClaim, tokenId),
            new Claim(EmbedTokenEndClaim, endsAt.ToString("O", CultureInfo.InvariantCulture)),
        ]);
        return user;
    }

    /// <summary>The scopes of an API key; null for a person.</summary>
    public static IReadOnlyList<KeyScope>? KeyScopes(this ClaimsPrincipal user)
    {
        var claims = user.FindAll(KeyScopeClaim).ToList();
        return claims.Count == 0
            ? null
            : [.. claims.Select(claim => Enum.TryParse<KeyScope>(claim.Value, out var scope) ? scope : default).Where(scope => scope != default)];
    }

    /// <summary>The id of the embed token by which the agent came in; null where it was another way.</summary>
    public static string? EmbedTokenId(this ClaimsPrincipal user) => user.FindFirstValue(EmbedTokenClaim);

    /// <summary>When that token ends; null where there is none.</summary>
    public static DateTimeOffset? EmbedTokenEnd(this ClaimsPrincipal user) =>
        user.FindFirstValue(EmbedTokenEndClaim) is { } end
            ? DateTimeOffset.ParseExact(end, "O", CultureInfo.InvariantCulture)
            : null;

    /// <summary>The agent's id; null if nobody is signed in.</summary>
    public static string? AgentId(this ClaimsPrincipal user) => user.FindFirstValue(AgentIdClaim);

    /// <summary>The agent's id, in a function that requires sign-in.</summary>
    public static string RequiredAgentId(this ClaimsPrincipal user) =>
        user.AgentId() ?? throw new InvalidOperationException(
            "Nobody is signed in; the function's access rule should have refused.");

    /// <summary>True if one of the user's roles is this role or a higher one.</summary>
    public static bool Has(this ClaimsPrincipal user, Role needed) => user.Roles().Any(role => role >= needed);

    public static IEnumerable<Role> Roles(this ClaimsPrincipal user) => user
        .FindAll(ClaimTypes.Role)
        .Select(claim => Enum.TryParse<Role>(
            claim.Value, ignoreCase: true, out var role) && Enum.IsDefined(role) ? role : default)
        .Where(role => role != default);
}
