using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Api;

/// <summary>
/// Describes the HTTP functions in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1). It reads their attributes: the
/// trigger, the access, and the shapes in <see cref="TakesAttribute"/>, <see cref="AnswersAttribute"/>, <see
/// cref="AsksAttribute"/> and <see cref="NeedsHeaderAttribute"/>.
/// </summary>
/// <param name="ofTheHost">Assemblies with functions of the host itself, besides the features'.</param>
public sealed partial class OpenApiDocument(params IEnumerable<Assembly> ofTheHost)
{
    // Made at the first request. The functions don't change while the process runs.
    private readonly Lazy<string> _json = new(() => Of([typeof(OpenApiDocument).Assembly, .. ofTheHost]).ToJsonString());

    public string Json => _json.Value;

    public static JsonObject Of(params IEnumerable<Assembly> assemblies)
    {
        var schemas = new JsonObject();
        var paths = new JsonObject();
        var functions = assemblies.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Select(method => (Method: method, Trigger: method.GetParameters().Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(t => t is not null)))
            .Where(function => function.Trigger is not null)
            .OrderBy(function => function.Trigger!.Route, StringComparer.Ordinal);
        foreach (var (method, trigger) in functions)
        {
            var path = $"/api/{trigger!.Route}";
            var item = paths[path] as JsonObject ?? [];
            paths[path] = item;
            foreach (var verb in trigger.Methods!)
            {
                item[verb] = Operation(method, trigger.Route!, schemas);
            }
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "CallMyWay.Functions",
                ["version"] = ProductVersion.Text,
                ["description"] = "JSON in camelCase, times in UTC (ISO 8601), errors as ProblemDetails (RFC 9457). With the session's cookie, requests that change something need a header X-Requested-With.",
            },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas },
        };
    }

    private static JsonObject Operation(MethodInfo method, string route, JsonObject schemas)
    {
        var name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
        var operation = new JsonObject
        {
            ["operationId"] = name,
            ["tags"] = new JsonArray(TagOf(method.DeclaringType!)),
            ["summary"] = Words().Replace(name, " ${word}").Trim(),
            ["description"] = method.GetCustomAttribute<AllowAttribute>() is { } allow
                ? $"For the role {allow.Role.ToString().ToLowerInvariant()} and those above it."
                : method.GetCustomAttribute<AllowAnyoneAttribute>()?.Because,
            ["parameters"] = new JsonArray([.. Parameters(method, route)]),
            ["responses"] = Responses(method, schemas),
        };
        if (method.GetCustomAttribute<TakesAttribute>() is { } takes)
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content("application/json", takes.Body, schemas) };
        }

        return operation;
    }

    /// <summary>The tag of a function: its folder, unless its class names another.</summary>
    private static string TagOf(Type type) =>
        type.GetCustomAttribute<TagsAttribute>()?.Tags[0] ?? type.Namespace!.Split('.')[^1];

    private static IEnumerable<JsonNode> Parameters(MethodInfo method, string route)
    {
        foreach (Match parameter in RouteParameters().Matches(route))
        {
            yield return Parameter(parameter.Groups["name"].Value, "path", required: true);
        }

        foreach (var parameter in method.GetCustomAttribute<AsksAttribute>()?.Parameters ?? [])
        {
            yield return Parameter(parameter, "query", required: false);
        }

        if (method.GetCustomAttribute<NeedsHeaderAttribute>() is { } header)
        {
            yield return Parameter(header.Name, "header", required: true);
        }
    }

    private static JsonObject Parameter(string name, string place, bool required) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = required,
        ["schema"] = new JsonObject { ["type"] = name == "take" ? "integer" : "string" },
    };

    private static JsonObject Responses(MethodInfo method, JsonObject schemas)
    {
        var responses = new JsonObject();
        foreach (var answer in method.GetCustomAttributes<AnswersAttribute>())
        {
            var response = new JsonObject { ["description"] = "As asked." };
            if (answer.Body is not null)
            {
                response["content"] = Content("application/json", answer.Body, schemas);
            }

            responses[answer.Status.ToString(CultureInfo.InvariantCulture)] = response;
        }

        responses["default"] = new JsonObject { ["description"] = "What is wrong, in plain words.", ["content"] = Content("application/problem+json", typeof(ProblemDetails), schemas) };
        return responses;
    }

    private static JsonObject Content(string mediaType, Type type, JsonObject schemas)
    {
        var name = NameOf(type);
        if (!schemas.ContainsKey(name))
        {
            ApiJson.Options.MakeReadOnly(populateMissingResolver: true);
            schemas[name] = ApiJson.Options.GetJsonSchemaAsNode(type);
        }

        return new JsonObject { [mediaType] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{name}" } } };
    }

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}Of{string.Concat(type.GetGenericArguments().Select(NameOf))}"
        : type.Name;

    [GeneratedRegex("(?<word>[A-Z])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Words();

    [GeneratedRegex(@"\{(?<name>\w+)[^}]*\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex RouteParameters();
}
