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
}
