using System.Globalization;
using CallMyWay.Functions.Tests.Infrastructure;
using Xunit.Abstractions;

namespace CallMyWay.Functions.Tests.Proof;

/// <summary>
/// Campaigns under seeded faults, compared with what the operator was asked: hours at their boundaries, caps, pace over
/// three processes, attempts. See docs/proof.md. A seed that fails is run again by <c>CALLMYWAY_PROOF_SEED=… dotnet test
/// --filter CampaignProofTests</c>.
/// </summary>
public sealed class CampaignProofTests(ITestOutputHelper output)
{
    private const string Variable = "CALLMYWAY_PROOF_SEED";

    private static readonly int? Asked = int.TryParse(
        Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var seed) ? seed : null;

    /// <summary>Those that have found something, and the first without any fault: a seed takes seconds.</summary>
    private static readonly int[] Plain = [2, 3, 8, 63];

    private static IEnumerable<int> Seeds => Asked is { } asked ? [asked]
        : TestLength.IsWhole ? Enumerable.Range(1, 400)
        : Plain;

    [Fact]
    public async Task Whatever_Fails_Hours_Caps_Pace_And_Attempts_Are_Kept()
    {
        var failed = new List<string>();
        foreach (var seed in Seeds)
        {
            var findings = await ProofRun.PlayAsync(new CampaignRun(seed));
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

    [SkippableFact]
    public async Task The_Same_Seed_Gives_The_Same_Run()
    {
        Skip.IfNot(TestLength.IsWhole, "SeededProofTests test it of the plain run.");
        var (first, second) = (
            await ProofRun.PlayAsync(new CampaignRun(3)), await ProofRun.PlayAsync(new CampaignRun(3)));

        second.Digest.ShouldBe(first.Digest);
    }
}
