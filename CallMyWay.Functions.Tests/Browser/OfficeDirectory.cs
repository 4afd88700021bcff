using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>
/// Stands in for Entra ID at its own address, within one browser: the authorization code flow with PKCE, refresh
/// tokens, and sign-out. It refuses unknown requests, so that the library's errors show them.
/// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow.
/// </summary>
internal sealed class OfficeDirectory
{
    public const string ClientId = "11111111-2222-3333-4444-555555555555";

    public const string TenantId = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

    private const string Scope = $"api://{ClientId}/access_as_user";

    private const string Authority = $"https://login.microsoftonline.com/{TenantId}";

    private readonly string[] _people;

    private readonly ConcurrentDictionary<string, (string Person, IReadOnlyDictionary<string, string> Request)> _codes =
        new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, string> _accessTokens = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, string> _refreshTokens = new(StringComparer.Ordinal);

    public OfficeDirectory(params string[] people) => _people = people;

    /// <summary>The requests so far: the end of the path, or the name of the grant.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>The parameters of the last sign-in request.</summary>
    public IReadOnlyDictionary<string, string> LastSignIn { get; private set; } = new Dictionary<string, string>();

    public Task ServeAsync(IBrowserContext browser) =>
        browser.RouteAsync("https://login.microsoftonline.com/**", AnswerAsync);

    /// <summary>The owner of a token; null if the token is not valid.</summary>
    public string? PersonOf(string accessToken) => _accessTokens.GetValueOrDefault(accessToken);

    public void RevokeAccess() => _accessTokens.Clear();

    public void RevokeAll()
    {
        RevokeAccess();
        _refreshTokens.Clear();
    }

    private async Task AnswerAsync(IRoute route)
    {
        var url = new Uri(route.Request.Url);
        var query = Read(url.Query);
        switch (url.GetLeftPart(UriPartial.Path))
        {
            case $"{Authority}/oauth2/v2.0/authorize":
                Asked.Enqueue("authorize");
                await PageAsync(route, ChooseAccount(query));
                break;
            case $"{Authority}/oauth2/v2.0/token":
                await TokenAsync(route, Read(route.Request.PostData ?? ""));
                break;
            case $"{Authority}/oauth2/v2.0/logout":
                Asked.Enqueue("logout");
                await PageAsync(route, Link(query["post_logout_redirect_uri"], "Go on"));
                break;
            default:
                Asked.Enqueue(url.AbsolutePath);
                await route.FulfillAsync(new() { Status = 404 });
                break;
        }
    }

    private string ChooseAccount(Dictionary<string, string> request)
    {
        LastSignIn = request;
        if (request["client_id"] != ClientId
            || request["response_type"] != "code"
            || request["code_challenge_method"] != "S256"
            || !request["scope"].Split(' ').Contains(Scope))
        {
            return "<h1>This is no request of the console.</h1>";
        }

        var links = _people.Select(person =>
        {
            var code = Guid.NewGuid().ToString("N");
            _codes[code] = (person, request);
            return Link(
                $"{request["redirect_uri"]}#code={code}&state={Uri.EscapeDataString(request["state"])}", person);
        });
        var refusal = Uri.EscapeDataString("AADSTS65004: The user declined to consent.");
        return string.Concat(links) + Link($"{request["redirect_uri"]}#error=access_denied&error_description={refusal}&state={Uri.EscapeDataString(request["state"])}", "Cancel");
    }

    private async Task TokenAsync(IRoute route, Dictionary<string, string> form)
    {
        Asked.Enqueue(form["grant_type"]);
        string? person = null;
        string? nonce = null;
        if (form["grant_type"] == "authorization_code"
            && _codes.TryRemove(form["code"], out var code)
            && IsProven(code.Request, form))
        {
            (person, nonce) = (code.Person, code.Request.GetValueOrDefault("nonce"));
        }
        else if (form["grant_type"] == "refresh_token"
            && _refreshTokens.TryRemove(form["refresh_token"], out var known))
        {
            person = known;
        }

        await JsonAsync(route, person is null ? 400 : 200, person is null
            ? new
            {
                error = "invalid_grant",
                error_description = "AADSTS700084: The refresh token has expired.",
                error_codes = new[] { 700084 }
            }
            : Tokens(person, nonce));
    }

    /// <summary>PKCE: the code must be redeemed by the one who asked for it.</summary>
    private static bool IsProven(IReadOnlyDictionary<string, string> request, Dictionary<string, string> form) =>
        WebEncoders.Base64UrlEncode(
            SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]))) == request["code_challenge"]
        && form["redirect_uri"] == request["redirect_uri"] && form["client_id"] == request["client_id"];

    private object Tokens(string person, string? nonce)
    {
        var (access, refresh) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString("N"));
        _accessTokens[access] = person;
        _refreshTokens[refresh] = person;
        var objectId = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(person)).AsSpan(0, 16)).ToString();
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var id = new Dictionary<string, object?>
        {
            ["aud"] = ClientId,
            ["iss"] = $"{Authority}/v2.0",
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + 3600,
            ["name"] = person,
            ["nonce"] = nonce,
            ["oid"] = objectId,
            ["preferred_username"] = person,
            ["sub"] = objectId,
            ["tid"] = TenantId,
            ["ver"] = "2.0",
        };
        return new
        {
            token_type = "Bearer",
            scope = Scope,
            expires_in = 3600,
            ext_expires_in = 3600,
            access_token = access,
            refresh_token = refresh,
            id_token = $"{Part(new { alg = "none", typ = "JWT" })}.{Part(id)}.",
            client_info = Part(new { uid = objectId, utid = TenantId }),
        };
    }

    private static string Part(object value) => WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(value));

    private static string Link(string address, string text) =>
        $"<p><a href=\"{HtmlEncoder.Default.Encode(address)}\">{HtmlEncoder.Default.Encode(text)}</a></p>";

    private static Dictionary<string, string> Read(string query) => QueryHelpers.ParseQuery(query).ToDictionary(
        part => part.Key, part => part.Value.ToString(), StringComparer.Ordinal);

    private static Task PageAsync(IRoute route, string body) => route.FulfillAsync(
        new() { ContentType = "text/html", Body = $"<!doctype html><title>The office</title>{body}" });

    private static Task JsonAsync(IRoute route, int status, object body) => route.FulfillAsync(new()
    {
        Status = status,
        ContentType = "application/json",
        Headers = new Dictionary<string, string>
        {
            ["Access-Control-Allow-Origin"] = "*",
            ["Access-Control-Allow-Headers"] = "*"
        },
        Body = JsonSerializer.Serialize(body),
    });
}
