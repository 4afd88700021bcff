using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>What a body can't do without is what the description says is required, in the body and in its parts.</summary>
public abstract class NeededFieldTests(DemoHost demo)
{
    private static readonly JsonObject Document =
        OpenApiDocument.Of(typeof(OpenApiDocument).Assembly, typeof(LocalHostApp).Assembly);

    /// <summary>What is there in the demo; of what is not, a request is refused before its body is looked at.</summary>
    private static readonly Dictionary<string, string> There = new(StringComparer.Ordinal)
    {
        ["{agentId}"] = "luis",
        ["{endpointId}"] = "1001",
        ["{month}"] = "2026-09",
        ["{source}"] = "crm",
        ["{id}"] = "1",
    };

    /// <summary>
    /// What an empty body lacks and another may do without: one of several, or what only something new needs of a shape
    /// that also changes it.
    /// </summary>
    private static readonly Dictionary<string, string[]> Further = new(StringComparer.Ordinal)
    {
        ["CreateCampaign"] = ["mode", "contacts"],
        ["Dial"] = ["number"],
        ["NoteCall"] = ["number"],
        ["PutContactLookup"] = ["url"],
        ["PutRetention"] = ["callDays", "eventDays"],
    };

    public static TheoryData<string> Functions { get; } =
    [
        .. from function in FunctionMethods.Everywhere
           where function.Method.IsDefined(typeof(TakesAttribute))
           orderby function.Name
           select function.Name,
    ];

    [SkippableTheory]
    [MemberData(nameof(Functions))]
    public async Task What_Is_Demanded_Is_Required_And_Nothing_Else(string function)
    {
        var (path, verb, operation) = Operations().Single(each => (string?)each.Operation["operationId"] == function);
        var shape = Shape(operation["requestBody"]!["content"]!["application/json"]!["schema"]!)!;

        await CompareAsync(function, verb, path, "{}", "", shape);
        foreach (var (name, property) in (JsonObject)shape["properties"]!)
        {
            if (Shape(property!) is { } part && part["properties"] is not null)
            {
                await CompareAsync(function, verb, path, $"{{\"{name}\":{{}}}}", $"{name}.", part);
            }
            else if (property!["items"] is { } items && Shape(items) is { } item && item["properties"] is not null)
            {
                await CompareAsync(function, verb, path, $"{{\"{name}\":[{{}}]}}", $"{name}[0].", item);
            }
        }
    }

    private async Task CompareAsync(
        string function, string verb, string path, string body, string prefix, JsonNode shape)
    {
        var address = There.Aggregate(path, (text, each) => text.Replace(each.Key, each.Value, StringComparison.Ordinal));
        using var request = new HttpRequestMessage(HttpMethod.Parse(verb), address);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add("Idempotency-Key", "needed");
        using var response = await demo.Admin.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        var required = (shape["required"]?.AsArray() ?? []).Select(name => (string)name!).ToList();
        if (response.IsSuccessStatusCode)
        {
            required.ShouldBeEmpty($"{function} takes {body}");
            return;
        }

        var errors = (int)response.StatusCode == 400 ? JsonNode.Parse(answer)!["errors"] as JsonObject : null;
        var demanded = (errors ?? []).Select(error => error.Key)
            .Where(field => field.StartsWith(prefix, StringComparison.Ordinal))
            .Select(field => field[prefix.Length..].Split('.')[0])
            .Distinct()
            .ToList();
        if (demanded.Count > 0)
        {
            demanded.ShouldBe(
                prefix.Length == 0 ? required.Union(Further.GetValueOrDefault(function) ?? []) : required,
                ignoreOrder: true,
                $"{function} with {body}: {answer}");
        }
    }

    private static JsonNode? Shape(JsonNode schema) => (string?)schema["$ref"] is { } reference
        ? Document["components"]!["schemas"]![reference.Split('/')[^1]]
        : null;

    private static IEnumerable<(string Path, string Verb, JsonNode Operation)> Operations() =>
        from path in (JsonObject)Document["paths"]!
        from operation in (JsonObject)path.Value!
        select (path.Key, operation.Key, operation.Value!);
}

public sealed class NeededFieldTestsOnSqlite(DemoHost demo) : NeededFieldTests(demo), IClassFixture<DemoHost>;

public sealed class NeededFieldTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : NeededFieldTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;
