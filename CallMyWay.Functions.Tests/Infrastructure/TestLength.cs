namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// How much a test does that would take minutes. The plain run does a part, drawn by the same seed. The whole is done
/// by <c>.ci/run --long</c>, which sets the variable below.
/// </summary>
internal static class TestLength
{
    private const string Variable = "CALLMYWAY_TEST_LONG";

    public static bool IsWhole { get; } = Environment.GetEnvironmentVariable(Variable) == "1";

    public static int Of(int plain, int whole) => IsWhole ? whole : plain;
}
