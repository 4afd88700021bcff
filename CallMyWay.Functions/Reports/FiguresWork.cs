using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Reports;

/// <summary>What a job of figures does, and how far it is.</summary>
/// <param name="MarksAll">
/// True while it marks the hours of all calls; then it works out the hours that are marked.
/// </param>
public sealed record FiguresWork(bool MarksAll)
{
    private static readonly StoredJson<FiguresWork> Stored = new(ReportsJson.Default);

    /// <summary>The key of the last index row that was read; null before the first.</summary>
    public string? After { get; init; }

    public static FiguresWork Read(string json) => Stored.Deserialize(json);

    public string ToJson() => Stored.Serialize(this);
}
