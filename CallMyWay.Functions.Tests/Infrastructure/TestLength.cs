namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// Scales tests that would take minutes. The normal run does a part, drawn with the same seed; <c>.ci/run --long</c>
/// does everything. It sets the variable below.
/// </summary>
internal static class TestLength
{
    private const string Variable = "CALLMYWAY_TEST_LONG";

    public static bool IsWhole { get; } = Environment.GetEnvironmentVariable(Variable) == "1";

    public static int Of(int plain, int whole) => IsWhole ? whole : plain;

    /// <summary>
    /// Skips a look of a page, its language and scheme, that is not the one of the normal run. Looks differ in words and
    /// colours alone: the normal run tests each page in one of them, and some pages in each.
    /// </summary>
    public static void SkipUnless(bool isPlain) =>
        Skip.IfNot(isPlain || IsWhole, "The plain run tests another language or scheme; .ci/run --long tests all.");
}
