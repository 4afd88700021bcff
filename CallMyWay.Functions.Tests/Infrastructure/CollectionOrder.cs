using CallMyWay.Functions.Tests.Browser;
using CallMyWay.Functions.Tests.CallFlow;
using CallMyWay.Functions.Tests.CallRecords;
using CallMyWay.Functions.Tests.Campaigns;
using CallMyWay.Functions.Tests.ClickToDial;
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
/// that wait for clocks evenly among the rest.
/// </summary>
public sealed class CollectionOrder : ITestCollectionOrderer
{
    /// <summary>
    /// The parts of the names of collections that take half a minute or more, in the order of their start. Those in
    /// the odd places from the third on wait for a large part of it, and leave a processor to the ones between them.
    /// </summary>
    private static readonly string[] Long =
    [
        DeskTestGroup.Name, BrowserTestGroup.Name, nameof(SwitchTests), nameof(SeededProofTests), nameof(BackfillTests),
        nameof(StartTests), nameof(StorageDownTests), nameof(UpgradeTests), nameof(PaceScopeTests),
        nameof(RestartTests), nameof(CampaignKillTests),
    ];

    /// <summary>The parts of the names of shorter collections that wait for a large part of their time.</summary>
    private static readonly string[] Waiting =
    [
        nameof(AzureQueueTests), nameof(FurtherSwitchTests), nameof(WallboardTests), nameof(ClickTests),
        nameof(MemoryQueueTests), nameof(ProgressiveCampaignTests), nameof(WallboardScreensTests),
        nameof(PreviewCampaignTests), nameof(SqliteQueueTests), nameof(DeliveryTests), nameof(CampaignCostTests),
        nameof(HomologationTests), nameof(ColleagueTests), nameof(TeamScreensTests),
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections)
    {
        var all = testCollections.ToList();
        var first = InOrderOf(Long, all);
        var waiting = InOrderOf(Waiting, all.Except(first));
        var rest = all.Except(first).Except(waiting).ToList();
        var mixed = Placed(waiting).Concat(Placed(rest)).OrderBy(each => each.Place).Select(each => each.Item);
        return [.. first, .. mixed];
    }

    private static List<ITestCollection> InOrderOf(string[] names, IEnumerable<ITestCollection> collections) =>
    [
        .. from collection in collections
           let rank = Array.FindIndex(names, name => IsNamed(collection, name))
           where rank >= 0
           orderby rank
           select collection,
    ];

    private static bool IsNamed(ITestCollection collection, string name) =>
        collection.DisplayName == name || collection.DisplayName.Contains($".{name}", StringComparison.Ordinal);

    /// <summary>Each collection with its place from 0, the start, to 1, the end: evenly spread.</summary>
    private static IEnumerable<(double Place, ITestCollection Item)> Placed(List<ITestCollection> collections) =>
        collections.Select((collection, index) => ((double)index / collections.Count, collection));
}
