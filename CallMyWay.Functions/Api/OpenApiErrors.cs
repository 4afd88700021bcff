using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Api;

/// <summary>The errors that a function can answer, which follow from what it takes and from who may call it.</summary>
internal static class OpenApiErrors
{
    public const string Schema = "Problem";

    private static readonly (int Status, string Name, string Description)[] All =
    [
        (StatusCodes.Status400BadRequest, "BadRequest", "The request can't be understood. `errors` says it for each field."),
        (StatusCodes.Status401Unauthorized, "SignInFirst", "Nobody is signed in, or the key or token is not valid."),
        (StatusCodes.Status403Forbidden, "Forbidden", "The role, the scope or the origin does not allow this."),
        (StatusCodes.Status404NotFound, "NotFound", "There is none, or it is not the caller's to see."),
        (StatusCodes.Status409Conflict, "NotNow", "It can't be done as things are now. `detail` says why."),
        (StatusCodes.Status412PreconditionFailed, "Changed", "Somebody else has changed the row since it was read: `If-Match` names another version."),
        (StatusCodes.Status413PayloadTooLarge, "TooLarge", "The body is larger than is taken."),
        (StatusCodes.Status415UnsupportedMediaType, "OtherMediaType", "The body is not of a media type that is taken."),
        (StatusCodes.Status422UnprocessableEntity, "KeyUsedBefore", "The `Idempotency-Key` was used for something else."),
        (StatusCodes.Status428PreconditionRequired, "VersionRequired", "`If-Match` is required here: read it, and name the version that you have read."),
        (StatusCodes.Status429TooManyRequests, "TooMany", "Too many requests. `Retry-After` says when the next one is taken."),
        (StatusCodes.Status503ServiceUnavailable, "Unavailable", "The storage does not answer. `Retry-After` says when to try again."),
    ];

    /// <summary>The shape of all errors (RFC 9457).</summary>
    public static JsonObject Problem() => new()
    {
        ["type"] = "object",
        ["description"] = "An error in plain words, in the language of `Accept-Language` (RFC 9457).",
        ["required"] = new JsonArray("title", "status"),
        // Some errors tell more, such as the call that an agent is in.
        ["additionalProperties"] = true,
        ["properties"] = new JsonObject
        {
            ["type"] = Text("What kind of error it is, for programs.", "uri-reference"),
            ["title"] = Text("What is wrong, in a few words."),
            ["status"] = new JsonObject { ["type"] = "integer", ["description"] = "The HTTP status." },
            ["detail"] = Text("What is wrong and what helps."),
            ["instance"] = Text("The request that it was.", "uri-reference"),
            ["callId"] = Text("The call that is in the way, such as the one that the agent is in."),
            ["dialId"] = Text("The click that is in the way: its call is being set up."),
            ["reason"] = Text("Why a person may not be called now, such as `perDay`, for programs."),
            ["promise"] = new JsonObject
            {
                ["$ref"] = "#/components/schemas/PromiseToPay",
                ["description"] =
                    "The promise as it is now, where somebody else has said what became of it, or has changed it.",
            },
            ["allowedFrom"] = Text("From when the person may be called again, where that is known.", "date-time"),
            ["contactId"] = Text("The contact into which one of those asked for was merged."),
            ["owners"] = new JsonObject
            {
                ["type"] = "array",
                ["description"] = "The contacts who have the number that was to be called as another's.",
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject
                    {
                        ["contactId"] = Text("The contact's id."),
                        ["name"] = Text("The contact's name."),
                    },
                },
            },
            ["canLeave"] = new JsonObject
            {
                ["type"] = "boolean",
                ["description"] = "Whether `leave=true` would delete the agent all the same, and leave what is open to the supervisors.",
            },
            ["errors"] = new JsonObject
            {
                ["type"] = "object",
                ["description"] = "For input that can't be understood: what is wrong with each field.",
                ["additionalProperties"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
            },
        },
    };

    /// <summary>The errors, as components that the functions refer to.</summary>
    public static JsonObject Components() => new(All.Select(error => KeyValuePair.Create<string, JsonNode?>(
        error.Name,
        Response(error.Description, error.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable))));

    /// <summary>Adds to a function's responses the errors that are not among them.</summary>
    public static void AddTo(JsonObject responses, MethodInfo function, string route)
    {
        foreach (var status in Of(function, route))
        {
            var key = status.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (!responses.ContainsKey(key))
            {
                responses[key] = new JsonObject
                {
                    ["$ref"] = $"#/components/responses/{All.Single(error => error.Status == status).Name}",
                };
            }
        }

        responses["default"] = Response("Any other error, in plain words.", retries: false);
    }

    private static IEnumerable<int> Of(MethodInfo function, string route)
    {
        var isOpen = function.IsDefined(typeof(AllowAnyoneAttribute));
        var takesBody = function.IsDefined(typeof(TakesAttribute)) || function.IsDefined(typeof(TakesFileAttribute));
        if (takesBody || function.IsDefined(typeof(AsksAttribute)) || function.IsDefined(typeof(NeedsHeaderAttribute)))
        {
            yield return StatusCodes.Status400BadRequest;
        }

        if (!isOpen)
        {
            yield return StatusCodes.Status401Unauthorized;
            yield return StatusCodes.Status403Forbidden;
        }

        if (route.Contains('{', StringComparison.Ordinal))
        {
            yield return StatusCodes.Status404NotFound;
        }

        if (function.IsDefined(typeof(TakesIfMatchAttribute)))
        {
            yield return StatusCodes.Status412PreconditionFailed;
        }

        if (takesBody)
        {
            yield return StatusCodes.Status413PayloadTooLarge;
            yield return StatusCodes.Status415UnsupportedMediaType;
        }

        foreach (var status in function.GetCustomAttribute<RefusesAttribute>()?.Statuses ?? [])
        {
            yield return status;
        }

        // Of an address's guesses, or of a client that asks too often.
        yield return StatusCodes.Status429TooManyRequests;
        yield return StatusCodes.Status503ServiceUnavailable;
    }

    private static JsonObject Response(string description, bool retries)
    {
        var response = new JsonObject
        {
            ["description"] = description,
            ["content"] = new JsonObject
            {
                ["application/problem+json"] = new JsonObject
                {
                    ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{Schema}" },
                },
            },
        };
        if (retries)
        {
            response["headers"] = new JsonObject
            {
                ["Retry-After"] = new JsonObject
                {
                    ["description"] = "In seconds.",
                    ["schema"] = new JsonObject { ["type"] = "integer" },
                },
            };
        }

        return response;
    }

    private static JsonObject Text(string description, string? format = null)
    {
        var text = new JsonObject { ["type"] = "string", ["description"] = description };
        if (format is not null)
        {
            text["format"] = format;
        }

        return text;
    }
}
