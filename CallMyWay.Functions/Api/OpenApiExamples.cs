using System.Text.Json.Nodes;

namespace CallMyWay.Functions.Api;

/// <summary>
/// Bodies that can be sent as they are, by the function that takes them, and answers. The tests send each body to the demo,
/// and compare each answer with its shape.
/// </summary>
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

    private static readonly Dictionary<string, string> SuccessfulAnswers = new(StringComparer.Ordinal)
    {
        ["CreateEmbedToken"] = """{"tokenId":"ibYTf1kYoI3x","token":"cmwt_ibYTf1kYoI3x.…","expiresAt":"2026-03-02T15:32:20Z"}""",
        ["PushExternalContacts"] = """
            {"items":[{"source":"crm","id":"77","outcome":"created","contactId":"x-2f6c1a"},
            {"source":"crm","id":"78","outcome":"refused","errors":{"numbers":["Escriba un número de teléfono."]}}]}
            """,
        ["Dial"] = """
            {"dialId":"d-20260302-1","state":"placed","number":{"e164":"+50688881234","kind":"number","display":"8888-1234"},
            "endpointId":"1001","order":"agentFirst","requestedAt":"2026-03-02T15:17:20Z"}
            """,
        ["GetDial"] = """
            {"dialId":"d-20260302-1","state":"answered","number":{"e164":"+50688881234","kind":"number","display":"8888-1234"},
            "endpointId":"1001","order":"agentFirst","requestedAt":"2026-03-02T15:17:20Z","callId":"c-1001","account":"8000001"}
            """,
        ["ListCalls"] = """
            {"items":[{"callId":"c-1001","account":"8000001","direction":"in","number":{"e164":"+50688881234","kind":"number",
            "display":"8888-1234"},"endpointId":"1001","agentId":"ana","agentName":"Ana Vargas","agentIds":["ana"],
            "startedAt":"2026-03-02T15:16:05Z","connectedAt":"2026-03-02T15:16:20Z","endedAt":"2026-03-02T15:17:20Z",
            "durationSeconds":60,"cost":24.5,"currency":"CRC","state":"ended","match":"one","candidates":[],
            "contactId":"demo-01","contactName":"José Rodríguez","noted":false,"ignored":false,"dismissed":false,
            "outcome":"promise-to-pay","sources":["webhook","record"]}],"next":null,"previous":null}
            """,
        ["GetContact"] = """
            {"contactId":"demo-01","name":"José Rodríguez","numbers":["8888-1234"],"phones":[{"text":"8888-1234",
            "e164":"+50688881234","display":"8888-1234","kind":"number"}],"document":"1-0456-0789",
            "createdAt":"2026-01-05T14:00:00Z","updatedAt":"2026-02-11T16:20:00Z","etag":"7"}
            """,
    };

    public static IEnumerable<string> Functions => Bodies.Keys;

    /// <summary>The functions whose answer is shown.</summary>
    public static IEnumerable<string> Answers => SuccessfulAnswers.Keys;

    /// <summary>What the function answers where all went well; null where nothing is shown.</summary>
    public static JsonNode? OfAnswer(string function) => Read(SuccessfulAnswers, function);

    public static JsonNode? Of(string function) => Read(Bodies, function);

    private static JsonNode? Read(Dictionary<string, string> examples, string function) =>
        examples.TryGetValue(function, out var text) ? JsonNode.Parse(text) : null;
}
