using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Calls;

/// <summary>Whose call a record is of, and which way it went.</summary>
public sealed class RecordRouterTests : IAsyncLifetime
{
    private Features _features = null!;

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Theory]
    [InlineData("Costa Rica", CallDirection.Out, "+50622223333")]
    [InlineData(null, CallDirection.In, "+50688887777")]
    public async Task Where_No_Side_Is_Known_A_Record_With_A_Destination_Is_Of_An_Outgoing_Call(
        string? route, CallDirection direction, string number)
    {
        var record = new CallRecord
        {
            RecordId = "c",
            DetectTime = new DateTime(2026, 3, 2, 9, 0, 0),
            Ani = "88887777",
            Dnis = "22223333",
            RouteName = route,
        };

        var parties = _features.Get<RecordRouter>().Route(
            record,
            _features.Get<Accounts>().Home,
            await _features.Get<MappingStore>().ReadPhonesAsync(default),
            await _features.Get<AgentDirectory>().ReadAsync(default),
            _features.Clock.Now);

        (parties.Direction, parties.Number.E164).ShouldBe((direction, number));
    }

    [Fact]
    public async Task Of_Two_Phones_With_One_Number_The_User_Tells_Which()
    {
        await _features.MapAsync("ep-7", "ana", "40009999");
        await _features.MapAsync("ep-8", "luis", "40009999");
        var phones = await _features.Get<MappingStore>().ReadPhonesAsync(default);

        Find("ep-8").ShouldBe(["ep-8"]);
        Find(null).ShouldBe(["ep-7", "ep-8"], ignoreOrder: true);

        IEnumerable<string> Find(string? user) => _features.Get<RecordRouter>()
            .Find(phones, _features.Get<Accounts>().Home, "40009999", user).Select(phone => phone.EndpointId);
    }
}
