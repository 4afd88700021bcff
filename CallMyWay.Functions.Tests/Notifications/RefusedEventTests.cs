using System.Text;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

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

    [Fact]
    public async Task One_Whose_Cause_Still_Stands_Comes_Back_Each_Time_It_Is_Retried()
    {
        await using var several = await Features.StartAsync("9999999");
        var refused = several.Get<RefusedEventStore>();
        var functions = new RefusedEventFunctions(
            refused, new ProcessedAtOnce(several), several.Get<Accounts>(), several.Get<AuditLog>(), several.Clock);
        await several.ProcessAsync(
            """{"action":"callStart","data":{"callid":"whose","endpoint_id":"ep-9","ani":"88881234","dnis":"ep-9","type":"in"}}""");
        var first = await KeptAsync();

        for (var retry = 0; retry < 2; retry++)
        {
            several.Clock.Now += TimeSpan.FromMinutes(1);
            var before = await KeptAsync();
            var answer = await functions.Replay(new DefaultHttpContext().Request, before.Reference!, default);

            ((IStatusCodeHttpResult)answer).StatusCode.ShouldBe(StatusCodes.Status204NoContent);
            var after = await KeptAsync();
            after.Reference.ShouldNotBe(before.Reference);
            (after.Body, after.ReceivedAt).ShouldBe((first.Body, first.ReceivedAt));
        }

        async Task<RefusedEvent> KeptAsync() => (await refused.ListAsync(
            several.Clock.Now.AddDays(-1), several.Clock.Now.AddDays(1), new PageRequest(10, null), default))
            .Items.ShouldHaveSingleItem();
    }

    /// <summary>A queue whose messages are processed before their sender goes on.</summary>
    private sealed class ProcessedAtOnce(Features features) : IQueue
    {
        public async ValueTask SendAsync(
            string queue, string message, TimeSpan? delay, CancellationToken cancellationToken) =>
            await features.DeliverAsync(message);
    }
}
