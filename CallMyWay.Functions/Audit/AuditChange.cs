using System.Text.Json;
using System.Text.Json.Nodes;
using CallMyWay.Functions.Api;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Audit;

/// <summary>What somebody changes, or takes out of the app.</summary>
/// <param name="What">The thing and the verb, such as <c>mapping.changed</c> or <c>export.calls</c>.</param>
/// <param name="Id">Which one: its id in the API. For a thing of which there is one alone, the thing's name.</param>
/// <param name="Before">It before the change; null where there was none.</param>
/// <param name="After">
/// It after the change; null where there is none any more. Of an export, what was asked for. Neither holds a secret.
/// </param>
public sealed record AuditChange(string What, string Id, JsonNode? Before, JsonNode? After)
{
    private const string Version = "etag";

    /// <summary>Who does it, where the request says nobody: the agent's id.</summary>
    public string? Who { get; init; }

    /// <summary>True where it says what is so already: there is nothing to change, and nothing to write down.</summary>
    public bool SaysNothingNew => Before is not null && JsonNode.DeepEquals(Before, After);

    /// <summary>The same of records, as the API shows them, without their version.</summary>
    public static AuditChange Of(string what, string id, object? before, object? after) =>
        new(what, id, ToJson(before), ToJson(after));

    /// <summary>An export: what the request asks for.</summary>
    public static AuditChange OfExport(string what, string file, HttpRequest request)
    {
        var asked = new JsonObject();
        foreach (var (name, value) in request.Query)
        {
            asked[name] = value.ToString();
        }

        return new AuditChange(what, file, null, asked);
    }

    private static JsonNode? ToJson(object? record)
    {
        var json = record is null ? null : JsonSerializer.SerializeToNode(record, record.GetType(), ApiJson.Options);
        (json as JsonObject)?.Remove(Version);
        return json;
    }
}
