using CallMyWay.Functions.Tests.Browser;
using CallMyWay.Functions.Tests.CallFlow;
using CallMyWay.Functions.Tests.CallRecords;
using CallMyWay.Functions.Tests.Campaigns;
using CallMyWay.Functions.Tests.Events;
using CallMyWay.Functions.Tests.Homologation;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.Tests.LocalHost;
using CallMyWay.Functions.Tests.PopUps;
using CallMyWay.Functions.Tests.Proof;
using CallMyWay.Functions.Tests.Storage;
using CallMyWay.Functions.Tests.Supervision;
using CallMyWay.Functions.Tests.Upgrades;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer(
    "CallMyWay.Functions.Tests.Infrastructure." + nameof(CollectionOrder), "CallMyWay.Functions.Tests")]

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// Starts the tests in an order that keeps the processors busy until the end of the run: the longest first, and those
/// that mostly wait evenly among the rest.
/// </summary>
public sealed class CollectionOrder : ITestCollectionOrderer
{
    /// <summary>
    /// The parts of the names of collections that take half a minute or more, in the order of their start. The third
    /// and every second one after it use less than half of a processor.
    /// </summary>
    private static readonly string[] Long =
    [
        DeskTestGroup.Name, BrowserTestGroup.Name, nameof(SwitchTests), nameof(SeededProofTests), nameof(BackfillTests),
        nameof(StartTests), nameof(StorageDownTests), nameof(UpgradeTests), nameof(PaceScopeTests),
        nameof(RestartTests), nameof(CampaignKillTests),
    ];

    /// <summary>The parts of the names of shorter collections that use less than half of a processor.</summary>
    private static readonly string[] Waiting =
    [
        nameof(PreviewCampaignTests), nameof(ProgressiveCampaignTests), nameof(FurtherSwitchTests),
        nameof(WallboardTests), nameof(AzureQueueTests), nameof(WallboardScreensTests), nameof(DeliveryTests),
        nameof(MemoryQueueTests), nameof(SqliteQueueTests), nameof(CampaignCostTests), nameof(HomologationTests),
        nameof(TeamScreensTests),
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections)
    {
        var all = testCollections.ToList();
        var first = all.Where(each => RankIn(Long, each) >= 0).OrderBy(each => RankIn(Long, each)).ToList();
        var waiting = all.Except(first).Where(each => RankIn(Waiting, each) >= 0).OrderBy(each => RankIn(Waiting, each)).ToList();
        var rest = all.Except(first).Except(waiting);
        return [.. first, .. Spread(waiting).Concat(Spread(rest)).OrderBy(each => each.Place).Select(each => each.Collection)];
    }

    /// <summary>Each collection with its place between 0, the start, and 1, the end of the run.</summary>
    private static IEnumerable<(double Place, ITestCollection Collection)> Spread(IEnumerable<ITestCollection> collections)
    {
        var list = collections.ToList();
        return list.Select((collection, index) => ((double)index / list.Count, collection));
    }

    private static int RankIn(string[] names, ITestCollection collection) => Array.FindIndex(
        names,
        name => collection.DisplayName == name
            || collection.DisplayName.Contains($".{name}", StringComparison.Ordinal));
}
