using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Api;

/// <summary>What the API's description says of all functions: what it is, its groups, and who may call.</summary>
internal static class OpenApiInfo
{
    private const string SessionScheme = "session";

    private const string EntraScheme = "entraId";

    private const string KeyScheme = "apiKey";

    private const string TokenScheme = "embedToken";

    private static readonly Dictionary<string, string> TagWords = new(StringComparer.Ordinal)
    {
        ["Administration"] = "What an administrator sets up.",
        ["Agents"] = "People, their roles and teams, and the caller.",
        ["Api"] = "The host and this description.",
        ["Audit"] = "Who changed what, and when.",
        ["Backups"] = "Backups of a LocalHost.",
        ["Calls"] = "Calls, their contacts, and the operator's notifications.",
        ["Campaigns"] = "Lists of people to call, one after the other.",
        ["ClickToDial"] = "Click-to-dial and its rules.",
        ["ContactGuard"] = "When, and how often, a person may be called.",
        ["Contact imports"] = "Contacts from files, and to files.",
        ["Contacts"] = "Contacts, their fields and merges.",
        ["Demo"] = "The demo's calls.",
        ["DoNotCall"] = "Numbers that must not be called.",
        ["Embedding"] = "API keys, and agents in other applications' pages.",
        ["Events"] = "What other applications are told.",
        ["ExternalContacts"] = "Contacts that live in another application.",
        ["FollowUps"] = "What agents have agreed to do.",
        ["Mappings"] = "Which agent has which phone.",
        ["Outcomes"] = "Outcomes, and what they require.",
        ["Poison"] = "Messages that could not be processed.",
        ["PopUps"] = "The calls on an agent's screens.",
        ["Promises"] = "What contacts have promised to pay.",
        ["Records"] = "Call records, reconciliation and statements.",
        ["Reports"] = "Figures by day, hour, agent, team, outcome and contact.",
        ["SignIn"] = "Sessions, passwords and invitations of a LocalHost.",
        ["Supervision"] = "Agents and calls under way.",
        ["Sweeping"] = "The repair of what finds rows.",
        ["WrapUps"] = "What agents note of their calls.",
    };

    public static JsonObject Of() => new()
    {
        ["title"] = "CallMyWay.Functions",
        ["version"] = ProductVersion.Text,
        ["summary"] = "Click-to-dial, pop-ups, call records and contacts of the telephone operator CallMyWay.",
        ["description"] =
            "JSON in camelCase, times in UTC (ISO 8601), errors as ProblemDetails (RFC 9457). What is null is left out, "
            + "except where a field is always there. Lists answer `items` and `next`, which asks for the page behind. "
            + "A change of a shared row takes `If-Match` with the `etag` that the row showed. With the session's cookie, "
            + "requests that change something need a header `X-Requested-With`.",
        ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
    };

    /// <summary>The tags; with its name alone one of which nothing says what it means, which a test finds.</summary>
    public static JsonArray Tags(IEnumerable<string> tags) =>
    [
        .. tags.Order(StringComparer.Ordinal).Select(tag => (JsonNode)new JsonObject
        {
            ["name"] = tag,
            ["description"] = TagWords.GetValueOrDefault(tag, tag),
        }),
    ];

    public static JsonObject SecuritySchemes() => new()
    {
        [SessionScheme] = new JsonObject
        {
            ["type"] = "apiKey",
            ["in"] = "cookie",
            ["name"] = "cmw-session",
            ["description"] = "A LocalHost's session: POST /api/session answers with the cookie. Under https its name is "
                + "__Host-cmw-session.",
        },
        [EntraScheme] = new JsonObject
        {
            ["type"] = "http",
            ["scheme"] = "bearer",
            ["description"] = "On Azure: an access token of Entra ID for the app.",
        },
        [KeyScheme] = new JsonObject
        {
            ["type"] = "apiKey",
            ["in"] = "header",
            ["name"] = "X-CallMyWay-Key",
            ["description"] = "An API key with the scope of the function, for another application's server.",
        },
        [TokenScheme] = new JsonObject
        {
            ["type"] = "apiKey",
            ["in"] = "header",
            ["name"] = "X-CallMyWay-Token",
            ["description"] = "An embed token: an agent in another application's page, from an origin that is listed.",
        },
    };

    /// <summary>The headers that say how often a key may still be used, as components.</summary>
    public static JsonObject Headers() => new()
    {
        ["RateLimit"] = Header("With a key: how many requests are left, and in how many seconds all are there again.", "\"default\";r=599;t=1"),
        ["RateLimit-Policy"] = Header("With a key: how many requests it may make, and in how many seconds.", "\"default\";q=600;w=60"),
    };

    /// <summary>References to <see cref="Headers"/>.</summary>
    public static JsonObject RateHeaders() => new(Headers().Select(header => KeyValuePair.Create<string, JsonNode?>(
        header.Key, new JsonObject { ["$ref"] = $"#/components/headers/{header.Key}" })));

    /// <summary>Each of the ways is enough.</summary>
    public static JsonArray SecurityOf(MethodInfo function)
    {
        if (function.IsDefined(typeof(AllowAnyoneAttribute)))
        {
            return [];
        }

        var allow = function.GetCustomAttribute<AllowAttribute>();
        var ways = new List<string>();
        if (allow is not null)
        {
            ways.AddRange([SessionScheme, EntraScheme]);
        }

        if (allow?.Role == Role.Agent && !function.IsDefined(typeof(NotEmbeddedAttribute)))
        {
            ways.Add(TokenScheme);
        }

        if (function.IsDefined(typeof(AllowKeyAttribute)))
        {
            ways.Add(KeyScheme);
        }

        return [.. ways.Select(way => (JsonNode)new JsonObject { [way] = new JsonArray() })];
    }

    public static string? WhoMay(MethodInfo function)
    {
        var key = function.GetCustomAttribute<AllowKeyAttribute>()?.Scope.ToString().ToLowerInvariant();
        return function.GetCustomAttribute<AllowAttribute>() is { } allow
            ? $"For the role {allow.Role.ToString().ToLowerInvariant()} and those above it"
                + (key is null ? "." : $", and API keys with the scope {key}.")
            : key is not null ? $"For API keys with the scope {key}."
            : function.GetCustomAttribute<AllowAnyoneAttribute>()?.Because;
    }

    private static JsonObject Header(string description, string example) => new()
    {
        ["description"] = description,
        ["schema"] = new JsonObject { ["type"] = "string" },
        ["example"] = example,
    };

    public static string Meaning(int status) => status switch
    {
        StatusCodes.Status201Created => "It was created.",
        StatusCodes.Status202Accepted => "It was taken, and goes on by itself.",
        StatusCodes.Status204NoContent => "It was done.",
        StatusCodes.Status503ServiceUnavailable => "It does not work.",
        _ => "As asked.",
    };
}
