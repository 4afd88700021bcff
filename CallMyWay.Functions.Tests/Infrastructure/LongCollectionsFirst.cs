using CallMyWay.Functions.Tests.Browser;
using CallMyWay.Functions.Tests.Infrastructure;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer(
    "CallMyWay.Functions.Tests.Infrastructure." + nameof(LongCollectionsFirst), "CallMyWay.Functions.Tests")]

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// Starts the browser tests before all others. They are one collection, so they run one after the other for minutes.
/// If they began late, the other processor would have nothing to do at the end of the run.
/// </summary>
public sealed class LongCollectionsFirst : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => collection.DisplayName == BrowserTestGroup.Name ? 0 : 1);
}
