using System.Text;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Notifications;

/// <summary>How refused notifications are stored. For what is refused, see <see cref="WebhookDoorTests"/>.</summary>
public sealed class RefusedEventTests : IAsyncLifetime
{
    private Features _features = null!;

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task A_Page_Reads_One_Row_More_Than_It_Shows()
    {
        var refused = _features.Get<RefusedEventStore>();
        for (var i = 0; i < 30; i++)
        {
            await refused.KeepAsync(Encoding.UTF8.GetBytes($"{i}"), "A test.", null, CancellationToken.None);
        }

        var before = _features.Meter.RowsRead;
        var now = _features.Clock.Now;
        var page = await refused.ListAsync(
            now.AddMonths(-1), now.AddDays(1), new PageRequest(5, null), CancellationToken.None);

        page.Items.Count.ShouldBe(5);
        page.Next.ShouldNotBeNull();
        (_features.Meter.RowsRead - before).ShouldBe(6);
    }

    [Fact]
    public async Task A_List_Queries_Only_The_Months_Of_Its_Span()
    {
        var now = _features.Clock.Now;
        _features.Meter.Reset();

        (await _features.Get<RefusedEventStore>().ListAsync(
            now.AddMonths(-3), now, new PageRequest(5, null), CancellationToken.None)).Items.ShouldBeEmpty();

        _features.Meter.Operations.ShouldBe(
            ["query refusedevents", "query refusedevents", "query refusedevents", "query refusedevents"]);
    }
}
