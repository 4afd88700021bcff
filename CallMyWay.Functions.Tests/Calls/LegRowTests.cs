using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Calls;

/// <summary>A row that leads to a call by the id of another leg is never written over a call.</summary>
public sealed class LegRowTests : IAsyncLifetime
{
    private static readonly CallKey Key = new("c-1001", "8000001");

    private Features _features = null!;

    public async Task InitializeAsync()
    {
        _features = await Features.StartAsync();
        await _features.ProcessAsync(
            """{"action":"callStart","data":{"callid":"c-1001","account_id":"8000001","endpoint_id":"ep-1","ani":"88887777","dnis":"40001000","type":"in"}}""");
    }

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task A_Call_That_Came_Meanwhile_Stays()
    {
        (await WriteAsync(Key, "c-9")).ShouldBeFalse();

        (await _features.CallAsync())!.Facts.Notifications.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_Call_Is_No_Leg_Of_Itself()
    {
        (await WriteAsync(Key, Key.CallId)).ShouldBeTrue();

        (await _features.CallAsync())!.Facts.Notifications.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_Leg_Can_Be_Told_Again_And_Come_To_Be_Of_Another_Call()
    {
        var leg = Key with { CallId = "leg" };
        foreach (var callId in new[] { "c-9", "c-1001", "c-1001" })
        {
            (await WriteAsync(leg, callId)).ShouldBeTrue();
        }

        (await _features.CallAsync("leg"))!.CallId.ShouldBe("c-1001");
    }

    private Task<bool> WriteAsync(CallKey leg, string callId) =>
        _features.Get<CallStore>().WriteLegAsync(leg, callId, CancellationToken.None);
}
