namespace CallMyWay.Functions.Text;

/// <summary>What holds for all regular expressions of the app.</summary>
internal static class Patterns
{
    /// <summary>
    /// How long a match may take. None of the patterns takes long, whatever the text. But a machine can stand still for
    /// a moment, and a request must not fail for that.
    /// </summary>
    public const int LongestMilliseconds = 10_000;
}
