namespace CallMyWay.Functions.Text;

/// <summary>What holds for all regular expressions of the app.</summary>
internal static class Patterns
{
    /// <summary>
    /// How long a match may take. None of the patterns can take long, whatever the text. A machine that stands still for
    /// a moment can, and a request must not fail for that.
    /// </summary>
    public const int LongestMilliseconds = 10_000;
}
