using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Api;
using CallMyWay.LocalHost;
using Json.Schema;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// Compares what a host answers with what /api/openapi.json says of it: each status, and each field of each body. All
/// tests of the API go through it, so that the description is tried with whatever they make the host answer. With the
/// environment variable <c>CALLMYWAY_EXAMPLES</c>, a folder, it also keeps there what is sent and answered, of which
/// <c>eng/openapi/examples.mjs</c> makes examples.
/// </summary>
internal sealed class DescribedAnswers(HttpMessageHandler inner, int mostOfAKind = DescribedAnswers.MostOfAKind)
    : DelegatingHandler(inner)
{
    /// <summary>So many answers of one kind are compared in a run: more of them rarely say more, and take time.</summary>
    private const int MostOfAKind = 25;

    private static readonly string? Kept = Environment.GetEnvironmentVariable("CALLMYWAY_EXAMPLES");

    private static readonly Lock Keeping = new();

    private const string Schemas = "https://callmyway.example/schemas";

    private static readonly Lazy<IReadOnlyList<Described>> All = new(Read);

    private static readonly ConcurrentDictionary<string, int> Compared = new(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, JsonSchema> ByReference = new(StringComparer.Ordinal);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = Kept is not null && request.Content?.Headers.ContentType?.MediaType == "application/json"
            ? await request.Content.ReadAsStringAsync(cancellationToken)
            : null;
        var response = await base.SendAsync(request, cancellationToken);
        if (Find(request.Method.Method, request.RequestUri!.AbsolutePath) is not { } described)
        {
            return response;
        }

        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        var kind = $"{described.Verb} {described.Path}: {status}";
        if (Compared.AddOrUpdate(kind, 1, (_, before) => before + 1) > mostOfAKind)
        {
            return response;
        }

        var responses = (JsonObject)described.Operation["responses"]!;
        if (response.IsSuccessStatusCode && !responses.ContainsKey(status))
        {
            throw new InvalidOperationException($"{kind} is not described in /api/openapi.json.");
        }

        if (response.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json")
        {
            // It stays readable: the content is buffered.
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            Compare(kind, responses[status] ?? responses["default"]!, body);
            Keep(described, response, sent, body);
        }
        else
        {
            Keep(described, response, sent, null);
        }

        return response;
    }

    /// <summary>True for a value that is as the named shape of the description says, with no field beside.</summary>
    public static bool IsAs(string schema, JsonNode value) =>
        SchemaOf(schema).Evaluate(JsonSerializer.SerializeToElement(value)).IsValid;

    private static void Keep(Described described, HttpResponseMessage response, string? sent, string? answered)
    {
        if (Kept is null || !response.IsSuccessStatusCode)
        {
            return;
        }

        var line = new JsonObject
        {
            ["status"] = (int)response.StatusCode,
            ["body"] = sent is null ? null : JsonNode.Parse(sent),
            ["answer"] = answered is null ? null : JsonNode.Parse(answered),
        };
        lock (Keeping)
        {
            File.AppendAllText(
                Path.Combine(Kept, $"{described.Operation["operationId"]}.jsonl"), line.ToJsonString() + "\n");
        }
    }

    private static void Compare(string kind, JsonNode response, string body)
    {
        var content = response["$ref"] is { } reference ? Component(reference.GetValue<string>())["content"] : response["content"];
        if (content is not JsonObject types || types.Single().Value!["schema"]!["$ref"]?.GetValue<string>() is not { } schema)
        {
            throw new InvalidOperationException($"{kind} has a body, and /api/openapi.json describes none: {body}");
        }

        var result = SchemaOf(schema.Split('/')[^1])
            .Evaluate(JsonSerializer.Deserialize<JsonElement>(body), new EvaluationOptions { OutputFormat = OutputFormat.List });
        if (!result.IsValid)
        {
            var errors = (result.Details ?? []).Where(detail => detail.Errors is not null).SelectMany(
                detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Key} {error.Value}")).Distinct();
            throw new InvalidOperationException(
                $"{kind} is not as /api/openapi.json says ({schema}).\n{string.Join('\n', errors.Take(12))}\n{body}");
        }
    }

    private static Described? Find(string verb, string path) =>
        All.Value.FirstOrDefault(each => each.Verb == verb && each.Pattern.IsMatch(path));

    private static JsonNode Component(string reference) =>
        reference.Split('/').Skip(1).Aggregate((JsonNode)Document.Value, (node, name) => node[name]!);

    private static JsonSchema SchemaOf(string name)
    {
        _ = All.Value;
        return ByReference.GetOrAdd(name, static name => JsonSchema.FromText($$"""{"$ref":"{{Schemas}}#/$defs/{{name}}"}"""));
    }

    private static readonly Lazy<JsonObject> Document = new(
        () => OpenApiDocument.Of(typeof(OpenApiDocument).Assembly, typeof(LocalHostApp).Assembly));

    private static List<Described> Read()
    {
        var schemas = (JsonObject)Document.Value["components"]!["schemas"]!.DeepClone();
        foreach (var (_, schema) in schemas)
        {
            // A field that the description does not know is a mistake here; for clients it is an addition.
            Close(schema!);
        }

        var all = new JsonObject { ["$id"] = Schemas, ["$defs"] = schemas }.ToJsonString()
            .Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
        SchemaRegistry.Global.Register(JsonSchema.FromText(all));
        return
        [
            .. from path in (JsonObject)Document.Value["paths"]!
               from operation in (JsonObject)path.Value!
               select new Described(
                   operation.Key.ToUpperInvariant(),
                   path.Key,
                   new Regex($"^{Regex.Replace(path.Key, @"\{\w+\}", "[^/]+")}$", RegexOptions.None, TimeSpan.FromSeconds(1)),
                   (JsonObject)operation.Value!),
        ];
    }

    private static void Close(JsonNode node)
    {
        if (node is JsonObject schema)
        {
            if (schema["properties"] is JsonObject properties)
            {
                schema.TryAdd("additionalProperties", false);
                foreach (var (_, property) in properties)
                {
                    Close(property!);
                }
            }

            if (schema["items"] is { } items)
            {
                Close(items);
            }
        }
    }

    private sealed record Described(string Verb, string Path, Regex Pattern, JsonObject Operation);
}
