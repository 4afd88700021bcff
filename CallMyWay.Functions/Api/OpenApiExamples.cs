using System.Globalization;
using System.Text.Json.Nodes;

namespace CallMyWay.Functions.Api;

/// <summary>
/// Bodies and answers to show in the API's description, by the function: those of <c>OpenApiExamples.json</c>, which
/// are a demo host's own. The tests compare each with its shape, and send some of the bodies as they are.
/// </summary>
internal sealed class OpenApiExamples
{
    private readonly JsonObject _all = Read();

    /// <summary>A body that the function takes; null where none is shown.</summary>
    public JsonNode? OfBody(string function) => _all[function]?["body"]?.DeepClone();

    /// <summary>What the function answers with this status; null where nothing is shown.</summary>
    public JsonNode? OfAnswer(string function, int status) =>
        _all[function]?["answers"]?[status.ToString(CultureInfo.InvariantCulture)]?.DeepClone();

    private static JsonObject Read()
    {
        using var stream = typeof(OpenApiExamples).Assembly.GetManifestResourceStream("OpenApiExamples.json")
            ?? throw new InvalidOperationException("The examples of the API's description are not in this build.");
        return (JsonObject)JsonNode.Parse(stream)!;
    }
}
