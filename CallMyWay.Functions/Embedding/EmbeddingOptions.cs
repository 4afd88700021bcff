namespace CallMyWay.Functions.Embedding;

/// <summary>How agents work in other applications' pages: the section <c>Embedding</c> of the settings.</summary>
public sealed class EmbeddingOptions
{
    public const string Section = "Embedding";

    /// <summary>
    /// The origins of our own pages, where they are others than the API's. On Azure the console and the page for frames
    /// are a static site of their own.
    /// </summary>
    public IList<string> OwnOrigins { get; } = [];

    /// <summary>
    /// Where <see cref="OwnOrigins"/> are set: the other origins that the platform lets browsers call from, separated by
    /// commas. It is the deployment's parameter <c>crmOrigins</c>.
    /// </summary>
    public string? DeployedOrigins { get; set; }

    /// <summary>Those of the origins that the deployment lacks: browsers get no answer there, whatever is listed.</summary>
    public IReadOnlyList<string> MissingOf(IEnumerable<string> listed)
    {
        if (OwnOrigins.Count == 0)
        {
            return [];
        }

        var deployed = (DeployedOrigins ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => text.TrimEnd('/'))
            .Concat(OwnOrigins)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. listed.Where(origin => !deployed.Contains(origin))];
    }
}
