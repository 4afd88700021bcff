using CallMyWay.Functions.Tests.Browser;
using CallMyWay.Functions.Tests.CallFlow;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.Tests.LocalHost;
using CallMyWay.Functions.Tests.Proof;
using CallMyWay.Functions.Tests.Upgrades;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer(
    "CallMyWay.Functions.Tests.Infrastructure." + nameof(LongCollectionsFirst), "CallMyWay.Functions.Tests")]

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// Starts the tests before all others that take half a minute or more one after another. If they began late, a
/// processor would have nothing to do at the end of the run.
/// </summary>
public sealed class LongCollectionsFirst : ITestCollectionOrderer
{
    /// <summary>The parts of the names of collections, the longest first.</summary>
    private static readonly string[] Long =
    [
        DeskTestGroup.Name, BrowserTestGroup.Name, nameof(SeededProofTests), nameof(StartTests), nameof(UpgradeTests),
        nameof(RestartTests),
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => Rank(collection.DisplayName));

    private static int Rank(string name)
    {
        var rank = Array.FindIndex(Long, part => name.Contains($".{part}", StringComparison.Ordinal) || name == part);
        return rank < 0 ? Long.Length : rank;
    }
}
