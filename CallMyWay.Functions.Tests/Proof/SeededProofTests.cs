using System.Globalization;
using CallMyWay.Functions.Tests.Infrastructure;
using Xunit.Abstractions;

namespace CallMyWay.Functions.Tests.Proof;

/// <summary>
/// The whole app under seeded faults, compared with the truth. See docs/proof.md. A seed that fails is run again by
/// <c>CALLMYWAY_PROOF_SEED=… dotnet test --filter SeededProofTests</c>.
/// </summary>
public sealed class SeededProofTests(ITestOutputHelper output)
{
    private const string Variable = "CALLMYWAY_PROOF_SEED";

    private static readonly int? Asked = NumberIn(Variable);

    private static readonly int Last = NumberIn("CALLMYWAY_PROOF_SEEDS") ?? TestLength.Of(plain: 200, whole: 10_000);

    /// <summary>How many seeds are one test: it takes minutes at most, so that one that hangs is noticed.</summary>
    private const int Portion = 500;

    /// <summary>The seeds beyond the plain run that have found something once.</summary>
    private static readonly int[] Found = [654, 1640, 1926, 6707, 8279, 9308];

    /// <summary>The first and the last seed of each test.</summary>
    public static TheoryData<int, int> Seeds
    {
        get
        {
            var portions = new TheoryData<int, int>();
            foreach (var seed in Asked is null ? Found : [])
            {
                portions.Add(seed, seed);
            }

            for (var first = Asked ?? 1; first <= (Asked ?? Last); first += Portion)
            {
                portions.Add(first, Math.Min(first + Portion - 1, Asked ?? Last));
            }

            return portions;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_Fails_The_Truth_Is_Kept(int first, int last)
    {
        var failed = new List<string>();
        for (var seed = first; seed <= last; seed++)
        {
            var findings = await ProofRun.PlayAsync(seed);
            if (Asked is not null)
            {
                output.WriteLine(findings.Trace(int.MaxValue));
            }

            if (findings.Wrong.Count > 0)
            {
                failed.Add($"{Variable}={seed}:\n  {string.Join("\n  ", findings.Wrong.Take(10))}");
            }
        }

        failed.ShouldBeEmpty($"{failed.Count} seeds failed.\n{string.Join('\n', failed.Take(10))}");
    }

    [Theory]
    [InlineData(7)]
    [InlineData(15)]
    public async Task The_Same_Seed_Gives_The_Same_Run(int seed)
    {
        var (first, second) = (await ProofRun.PlayAsync(seed), await ProofRun.PlayAsync(seed));

        var (one, other) = (first.Trace(int.MaxValue).Split('\n'), second.Trace(int.MaxValue).Split('\n'));
        var differs = one.Zip(other).Index().FirstOrDefault(each => each.Item.First != each.Item.Second);
        differs.Item.First.ShouldBe(
            differs.Item.Second, $"after {string.Join('\n', one.Take(differs.Index).TakeLast(20))}");
        second.Digest.ShouldBe(first.Digest);
    }

    private static int? NumberIn(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
