using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Api;

/// <summary>
/// Describes the HTTP functions in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1). It reads their attributes: the
/// trigger, the access, and the shapes in <see cref="TakesAttribute"/>, <see cref="AnswersAttribute"/>, <see
/// cref="AsksAttribute"/> and their like. The words are those of the source's documentation.
/// </summary>
/// <param name="ofTheHost">Assemblies with functions of the host itself, besides the features'.</param>
public sealed partial class OpenApiDocument(params IEnumerable<Assembly> ofTheHost)
{
    private const string Json = "application/json";

    // Made at the first request. The functions don't change while the process runs.
    private readonly Lazy<string> _text = new(() => Of([typeof(OpenApiDocument).Assembly, .. ofTheHost]).ToJsonString());

    public string Text => _text.Value;

    public static JsonObject Of(params IEnumerable<Assembly> assemblies)
    {
        var all = assemblies.ToList();
        var docs = new XmlDocs(all);
        var schemas = new OpenApiSchemas(docs);
        var examples = new OpenApiExamples();
        var functions = all.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Select(method => (Method: method, Trigger: TriggerOf(method)))
            .Where(function => function.Trigger is not null)
            .OrderBy(function => function.Trigger!.Route, StringComparer.Ordinal)
            .ToList();
        // What is sent first: see the schemas.
        foreach (var takes in functions.Select(function => function.Method.GetCustomAttribute<TakesAttribute>()).OfType<TakesAttribute>())
        {
            schemas.Reference(takes.Body, isSent: true);
        }

        var paths = new JsonObject();
        foreach (var (method, trigger) in functions)
        {
            var path = PathOf(trigger!.Route!);
            var item = paths[path] as JsonObject ?? [];
            paths[path] = item;
            foreach (var verb in trigger.Methods!)
            {
                item[verb] = Operation(method, trigger.Route!, schemas, examples, docs);
            }
        }

        schemas.All[OpenApiErrors.Schema] = OpenApiErrors.Problem();
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = OpenApiInfo.Of(),
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/", ["description"] = "The host that answers this." }),
            ["tags"] = OpenApiInfo.Tags(functions.Select(function => TagOf(function.Method.DeclaringType!)).Distinct(StringComparer.Ordinal)),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = Sorted(schemas.All),
                ["responses"] = OpenApiErrors.Components(),
                ["headers"] = OpenApiInfo.Headers(),
                ["securitySchemes"] = OpenApiInfo.SecuritySchemes(),
            },
        };
    }

    private static HttpTriggerAttribute? TriggerOf(MethodInfo method) => method.GetParameters()
        .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(trigger => trigger is not null);

    // A constraint such as {year:int} is no part of a name.
    private static string PathOf(string route) => $"/api/{RouteParameters().Replace(route, "{${name}}")}";

    private static JsonObject Operation(
        MethodInfo method, string route, OpenApiSchemas schemas, OpenApiExamples examples, XmlDocs docs)
    {
        var name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
        var operation = new JsonObject
        {
            ["operationId"] = name,
            ["tags"] = new JsonArray(TagOf(method.DeclaringType!)),
            ["summary"] = SummaryOf(name),
            ["description"] = string.Join(' ', new[] { docs.OfMethod(method), OpenApiInfo.WhoMay(method) }.OfType<string>()),
            ["parameters"] = new JsonArray([.. Parameters(method, route)]),
            ["responses"] = Responses(method, route, schemas, examples),
            ["security"] = OpenApiInfo.SecurityOf(method),
        };
        if (method.GetCustomAttribute<TakesAttribute>() is { } takes)
        {
            var content = Content(Json, schemas.Reference(takes.Body, isSent: true));
            if (examples.OfBody(name) is { } example)
            {
                content[Json]!["example"] = example;
            }

            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = content };
        }
        else if (method.GetCustomAttribute<TakesFileAttribute>() is { } file)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = new JsonObject(file.MediaTypes.Select(
                    type => KeyValuePair.Create<string, JsonNode?>(type, new JsonObject { ["schema"] = new JsonObject { ["type"] = type == Json ? "object" : "string" } }))),
            };
        }

        return operation;
    }

    /// <summary>The tag of a function: its folder, unless its class names another.</summary>
    private static string TagOf(Type type) =>
        type.GetCustomAttribute<TagsAttribute>()?.Tags[0] ?? type.Namespace!.Split('.')[^1];

    private static string SummaryOf(string name)
    {
        var words = Words().Replace(name, " ${word}").Trim().ToLowerInvariant();
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static IEnumerable<JsonNode> Parameters(MethodInfo method, string route)
    {
        var name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
        var choices = method.GetCustomAttributes<AsksOneOfAttribute>()
            .ToDictionary(asks => asks.Parameter, asks => asks.Values, StringComparer.Ordinal);
        foreach (Match parameter in RouteParameters().Matches(route))
        {
            yield return OpenApiParameters.Of(name, parameter.Groups["name"].Value, "path", isRequired: true);
        }

        foreach (var parameter in method.GetCustomAttribute<AsksAttribute>()?.Parameters ?? [])
        {
            yield return OpenApiParameters.Of(
                name, parameter, "query", isRequired: false, choices.GetValueOrDefault(parameter));
        }

        var needed = method.GetCustomAttribute<NeedsHeaderAttribute>()?.Name;
        if (needed is not null)
        {
            yield return OpenApiParameters.Of(name, needed, "header", isRequired: true);
        }

        if (method.IsDefined(typeof(TakesIfMatchAttribute)) && needed != "If-Match")
        {
            yield return OpenApiParameters.Of(name, "If-Match", "header", isRequired: false);
        }

        if (method.GetCustomAttribute<TakesIfMatchAttribute>() is { OrNone: true })
        {
            yield return OpenApiParameters.Of(name, "If-None-Match", "header", isRequired: false);
        }
    }

    private static JsonObject Responses(
        MethodInfo method, string route, OpenApiSchemas schemas, OpenApiExamples examples)
    {
        var name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
        var responses = new JsonObject();
        foreach (var answer in method.GetCustomAttributes<AnswersAttribute>().OrderBy(answer => answer.Status))
        {
            var response = new JsonObject { ["description"] = OpenApiInfo.Meaning(answer.Status) };
            if (answer.Body is not null)
            {
                var content = Content(Json, schemas.Reference(answer.Body, isSent: false));
                if (examples.OfAnswer(name, answer.Status) is { } example)
                {
                    content[Json]!["example"] = example;
                }

                response["content"] = content;
            }
            else if (method.GetCustomAttribute<AnswersFileAttribute>() is { } file)
            {
                response["content"] = Content(file.MediaType, new JsonObject { ["type"] = "string" });
            }

            if (method.IsDefined(typeof(AllowKeyAttribute)))
            {
                response["headers"] = OpenApiInfo.RateHeaders();
            }

            responses[answer.Status.ToString(CultureInfo.InvariantCulture)] = response;
        }

        OpenApiErrors.AddTo(responses, method, route);
        return responses;
    }

    private static JsonObject Content(string mediaType, JsonObject schema) =>
        new() { [mediaType] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Sorted(JsonObject schemas) => new(schemas.OrderBy(schema => schema.Key, StringComparer.Ordinal)
        .Select(schema => KeyValuePair.Create(schema.Key, schema.Value?.DeepClone())));

    [GeneratedRegex(
        "(?<word>[A-Z])", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex Words();

    [GeneratedRegex(
        @"\{(?<name>\w+)[^}]*\}", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex RouteParameters();
}
