using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Events;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Events;

/// <summary>Which deliveries a list has, what was told about a call, and for how long all of it is kept.</summary>
public sealed class DeliveryStoreTests : IAsyncLifetime
{
    private EventDesk _desk = null!;

    private Features Features => _desk.Features;

    private DateTimeOffset Now => Features.Clock.Now;

    public async Task InitializeAsync() => _desk = await EventDesk.StartAsync();

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task A_Span_Has_Its_Beginning_And_Not_Its_End_And_Its_Pages_Have_Each_Delivery_Once()
    {
        for (var minute = 0; minute < 6; minute++)
        {
            await DeliveredAsync("to", Now.AddMinutes(minute));
        }

        (await MinutesAsync(1, 4, take: 10)).ShouldBe([3, 2, 1]);
        (await MinutesAsync(null, null, take: 2)).ShouldBe([5, 4, 3, 2, 1, 0]);
        (await MinutesAsync(1, 5, take: 2)).ShouldBe([4, 3, 2, 1]);

        async Task<IReadOnlyList<int>> MinutesAsync(int? from, int? to, int take)
        {
            var filter = new DeliveryFilter(At(from), At(to), null, null);
            var found = new List<int>();
            PageToken? after = null;
            do
            {
                var page = await Features.Get<DeliveryStore>().ListAsync(
                    "to", filter, new PageRequest(take, after), CancellationToken.None);
                found.AddRange(page.Items.Select(delivery => (int)(delivery.At - Now).TotalMinutes));
                after = page.Next is not null && PageToken.TryParse(page.Next, out var next) ? next : null;
            }
            while (after is not null);
            return found;
        }

        DateTimeOffset? At(int? minute) => minute is { } minutes ? Now.AddMinutes(minutes) : null;
    }

    [Fact]
    public async Task What_Was_Told_About_A_Call_Is_Found_In_Each_Week_Of_The_Span_And_In_Its_Last()
    {
        var (call, bodies) = (new CallKey("c", "8000001"), Features.Get<EventBodyStore>());
        // A Monday, and the Sunday before it.
        var monday = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        foreach (var (name, at) in new[] { ("ended", monday.AddHours(-1)), ("record", monday.AddHours(1)) })
        {
            await bodies.InsertAsync(
                EventIds.PrefixOf(call) + name, new EventBody(name, at, call, "{}", []), CancellationToken.None);
        }

        (await bodies.ListOfCallAsync(call, monday.AddDays(-1), monday.AddHours(2), CancellationToken.None))
            .Select(each => each.Body.Type).ShouldBe(["ended", "record"]);
        (await bodies.ListOfCallAsync(call, monday.AddDays(-1), monday.AddHours(-1), CancellationToken.None))
            .Select(each => each.Body.Type).ShouldBe(["ended"]);
    }

    [Fact]
    public async Task What_Is_Older_Than_A_Month_Goes_And_So_Does_What_Waited_At_An_Endpoint_That_Was_Deleted()
    {
        var endpoint = await _desk.ListenAsync();
        await Features.Get<EventEndpointStore>().SaveAsync(
            endpoint with { DeletedAt = Now, Secret = "" }, CancellationToken.None);
        await WaitingAsync(endpoint.EndpointId, Now.AddDays(-31));
        await WaitingAsync(endpoint.EndpointId, Now.AddDays(-29));

        await Features.SweepAsync<DeliverySweep>();

        foreach (var partition in new[]
        {
            DeliveryStore.PartitionOf(endpoint.EndpointId), DeliveryStore.WaitingOf(endpoint.EndpointId),
        })
        {
            (await Features.RowsAsync(StorageNames.EventDeliveries, partition)).Select(row => row.Key)
                .ShouldBe([DeliveryStore.IdOf(Now.AddDays(-29), "evt")]);
        }
    }

    [Theory]
    [InlineData(89, true)]
    [InlineData(91, false)]
    public async Task A_Deleted_Endpoint_Is_Known_Until_The_Nights_Have_Taken_Its_Deliveries(int daysAgo, bool stays)
    {
        var endpoint = await _desk.ListenAsync();
        await Features.Get<EventEndpointStore>().SaveAsync(
            endpoint with { DeletedAt = Now.AddDays(-daysAgo), Secret = "" }, CancellationToken.None);

        await Features.SweepAsync<EventEndpointSweep>();

        (await Features.Get<EventEndpointStore>().ListAllAsync(CancellationToken.None)).Count.ShouldBe(stays ? 1 : 0);
    }

    private Task DeliveredAsync(string endpointId, DateTimeOffset at) =>
        SaveAsync(endpointId, at, DeliveryState.Delivered);

    private Task WaitingAsync(string endpointId, DateTimeOffset at) => SaveAsync(endpointId, at, DeliveryState.Waiting);

    private async Task SaveAsync(string endpointId, DateTimeOffset at, DeliveryState state) =>
        (await Features.Get<DeliveryStore>().SaveAsync(
            endpointId,
            new Delivery
            {
                DeliveryId = DeliveryStore.IdOf(at, "evt"),
                EventId = "evt",
                Type = "call.ended",
                At = at,
                State = state,
            },
            CancellationToken.None)).ShouldNotBeNull();
}
