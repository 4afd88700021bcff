using System.Text.Json.Nodes;

namespace CallMyWay.Functions.Api;

/// <summary>Bodies that can be sent as they are, by the function that takes them. The tests send each to the demo.</summary>
internal static class OpenApiExamples
{
    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["Dial"] = """{"number":"8888-1234"}""",
        ["CreateContact"] = """{"name":"María Solano Vega","numbers":["8888-1234","2222-0000"],"document":"1-0456-0789"}""",
        ["PutWrapUp"] = """{"outcome":"attended","notes":"Pagará el viernes."}""",
        ["PutPresence"] = """{"paused":true,"reason":"almuerzo"}""",
        ["TryDialRules"] = """{"number":"8888-1234"}""",
        ["PutMapping"] = """{"agentId":"ana","account":"8000001","label":"Escritorio","primary":true}""",
    };

    public static IEnumerable<string> Functions => Bodies.Keys;

    public static JsonNode? Of(string function) => Bodies.GetValueOrDefault(function) is { } json ? JsonNode.Parse(json) : null;
}
