using System.Globalization;
using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.CallRecords;

/// <summary>Several records with one id, and one that comes again after a setting was changed.</summary>
public sealed class RecordsOfOneIdTests : IAsyncLifetime
{
    private static readonly DateTime Monday = new(2026, 3, 2, 9, 0, 0);

    private Features _features = null!;

    private Account Account => _features.Get<Accounts>().Home;

    public async Task InitializeAsync()
    {
        _features = await Features.StartAsync();
        _features.Clock.Now = new DateTimeOffset(2026, 3, 4, 15, 0, 0, TimeSpan.Zero);
    }

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task An_Id_That_Is_Used_Again_In_One_Answer_Is_Of_Two_Calls(bool isNotified, bool newestFirst)
    {
        var (first, second) = (Record(Monday, cost: 5m), Record(Monday.AddDays(1), cost: 7m));
        if (isNotified)
        {
            await NotifyAsync(Monday);
            await NotifyAsync(Monday.AddDays(1));
        }

        for (var read = 0; read < 2; read++)
        {
            await TakeAsync(Account, newestFirst ? [second, first] : [first, second]);

            (await CallAsync("17")).ShouldBe((Monday, 5m, isNotified));
            (await CallAsync("17~2")).ShouldBe((Monday.AddDays(1), 7m, isNotified));
            (await _features.CallAsync("17~3")).ShouldBeNull();
            (await RowsAsync()).ShouldBe([("17", 5m), ("17~2", 7m)], ignoreOrder: true);
        }
    }

    [Fact]
    public async Task Of_An_Id_That_Is_Used_Again_Each_Record_Can_Be_Like_A_Call_With_Another_Id()
    {
        await NotifyAsync(Monday, "a");
        await NotifyAsync(Monday.AddDays(1), "b");

        await TakeAsync(Account, [Record(Monday, cost: 5m), Record(Monday.AddDays(1), cost: 7m)]);

        (await CallAsync("a")).ShouldBe((Monday, 5m, true));
        (await CallAsync("b")).ShouldBe((Monday.AddDays(1), 7m, true));
        (await RowsAsync()).ShouldBe([("a", 5m), ("b", 7m)], ignoreOrder: true);
    }

    [Fact]
    public async Task The_Record_Of_A_Call_Under_Way_Keeps_None_Of_An_Earlier_Call_With_Its_Id_Waiting()
    {
        var now = Account.LocalTime(_features.Clock.Now);
        var goesOn = Record(now.AddMinutes(-1), cost: 0m) with { Duration = 0 };

        await TakeAsync(Account with { RecordsHaveLive = true }, [Record(Monday, cost: 5m), goesOn]);

        (await CallAsync("17")).ShouldBe((Monday, 5m, false));
        (await _features.CallAsync("17~2")).ShouldBeNull();
    }

    [Fact]
    public async Task A_Record_That_Is_Known_Is_Of_Its_Call_Also_In_Another_Time_Zone()
    {
        var record = Record(Monday, cost: 5m);
        await NotifyAsync(Monday.AddDays(-3));
        await TakeAsync(Account, [record]);
        await NotifyAsync(Monday.AddDays(1));

        await TakeAsync(Account with { TimeZone = TimeZoneInfo.Utc }, [record]);

        (await CallAsync("17~2")).ShouldBe((Monday, 5m, false));
        (await _features.CallAsync("17~4")).ShouldBeNull();
        (await RowsAsync()).ShouldHaveSingleItem().ShouldBe(("17~2", 5m));
    }

    [Fact]
    public async Task A_Record_That_Was_Alone_Is_Of_Its_Call_Also_Where_Its_Id_Has_A_Prefix_Now()
    {
        var record = Record(Monday, cost: 5m) with { RecordId = "cdr-17" };
        await TakeAsync(Account, [record]);

        _features.Clock.Now += TimeSpan.FromMinutes(1);
        await TakeAsync(Account with { RecordIdPrefix = "cdr-" }, [record with { Cost = 6m }]);

        (await CallAsync("cdr-17")).ShouldBe((Monday, 6m, false));
        (await _features.CallAsync("17")).ShouldBeNull();
        (await RowsAsync()).ShouldHaveSingleItem().ShouldBe(("cdr-17", 6m));
    }

    // The hash of a record must not decide: it is another with each cost.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Of_Two_Versions_In_One_Answer_The_Last_Stands(int cost)
    {
        await TakeAsync(Account, [Record(Monday, cost: 5m), Record(Monday, cost: 10m * cost)]);

        (await CallAsync("17")).ShouldBe((Monday, 10m * cost, false));
        (await RowsAsync()).ShouldHaveSingleItem().ShouldBe(("17", 10m * cost));
    }

    [Fact]
    public async Task Of_Two_Versions_In_One_Answer_The_Last_Stands_Also_Where_It_Says_That_Nobody_Answered()
    {
        var corrected = Record(Monday, cost: 0m) with { ConnectTime = null, Duration = 0 };

        await TakeAsync(Account, [Record(Monday, cost: 5m), corrected]);

        (await CallAsync("17")).ShouldBe((Monday, 0m, false));
        (await _features.CallAsync("17")).ShouldNotBeNull().IsMissed.ShouldBeTrue();
        (await RowsAsync()).ShouldHaveSingleItem().ShouldBe(("17", 0m));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public async Task A_Phone_That_Rang_In_Vain_And_Then_Answered_Has_Answered(int cost, bool newestFirst)
    {
        var missed = Record(Monday, cost: 0m) with { ConnectTime = null, Duration = 0 };
        var answered = Record(Monday.AddSeconds(20), cost: cost);

        await TakeAsync(Account, newestFirst ? [answered, missed] : [missed, answered]);

        (await CallAsync("17")).ShouldBe((Monday.AddSeconds(20), cost, false));
        (await RowsAsync()).ShouldHaveSingleItem().ShouldBe(("17", cost));
    }

    [Theory]
    [InlineData(5, false, false, new[] { "17" })]
    [InlineData(60, false, false, new string[0])]
    // The record of the second phone says that the first one has called it.
    [InlineData(5, true, false, new[] { "17" })]
    [InlineData(5, true, true, new[] { "17" })]
    public async Task Each_Agents_Phone_That_A_Call_Has_A_Record_Of_Makes_It_Theirs(
        int minutesAgo, bool isInternal, bool newestFirst, string[] popUps)
    {
        var began = Account.LocalTime(_features.Clock.Now).AddMinutes(-minutesAgo);
        var handedOver = Record(began.AddSeconds(65), cost: 7m) with { Dnis = "ep-2", Duration = 20 };
        handedOver = isInternal ? handedOver with { Ani = "ep-1" } : handedOver;

        for (var read = 0; read < 2; read++)
        {
            var first = Record(began, cost: 5m);
            await TakeAsync(Account, newestFirst ? [handedOver, first] : [first, handedOver]);

            var call = (await _features.CallAsync("17")).ShouldNotBeNull();
            call.Agents.Select(agent => (agent.AgentId, agent.Part?.DurationSeconds))
                .ShouldBe([("ana", 60), ("luis", 20)], ignoreOrder: true);
            (call.DurationSeconds, call.Cost, call.Direction).ShouldBe((80, 12m, CallDirection.In));
            foreach (var agentId in new[] { "ana", "luis" })
            {
                (await _features.OpenAsync(agentId)).Select(open => open.CallId).ShouldBe(popUps, agentId);
            }
        }
    }

    [Fact]
    public async Task Who_A_Call_Is_Handed_Back_To_Has_Both_Parts()
    {
        var began = Account.LocalTime(_features.Clock.Now).AddMinutes(-5);
        var over = Record(began.AddSeconds(65), cost: 1m) with { Ani = "ep-1", Dnis = "ep-2", Duration = 20 };
        var back = Record(began.AddSeconds(90), cost: 1m) with { Ani = "ep-2", Dnis = "ep-1", Duration = 30 };

        await TakeAsync(Account, [Record(began, cost: 5m), over, back]);

        var call = (await _features.CallAsync("17")).ShouldNotBeNull();
        call.Agents.Select(agent => (agent.AgentId, agent.Part?.DurationSeconds))
            .ShouldBe([("ana", 90), ("luis", 20)], ignoreOrder: true);
    }

    [Theory]
    [InlineData(1, new[] { "ep-9" })]
    // Whoever reads the records of a month again is not asked for the phones of that time.
    [InlineData(26, new string[0])]
    public async Task A_Phone_That_Nobody_Has_Is_Listed_Where_Its_Call_Is_Of_Today(int hoursAgo, string[] listed)
    {
        var began = Account.LocalTime(_features.Clock.Now).AddHours(-hoursAgo);

        await TakeAsync(Account, [Record(began, cost: 5m) with { Dnis = "ep-9" }]);

        (await _features.Get<MappingStore>().ListUnmappedAsync(default)).Select(phone => phone.EndpointId)
            .ShouldBe(listed);
    }

    private async Task TakeAsync(Account account, IReadOnlyList<CallRecord> records) =>
        await _features.Get<RecordIntake>().TakeAsync(
            account, records, _features.Clock.Now, record => Assert.Fail($"{record}"), _ => { }, default);

    private async Task<(DateTime Began, decimal? Cost, bool IsNotified)> CallAsync(string callId)
    {
        var call = (await _features.CallAsync(callId)).ShouldNotBeNull();
        return (Account.LocalTime(call.StartedAt), call.Cost, call.Sources.Contains(CallSource.Webhook));
    }

    private async Task<IReadOnlyList<(string CallId, decimal? Cost)>> RowsAsync()
    {
        var rows = new List<(string, decimal?)>();
        await foreach (var row in _features.Get<RecordStore>().ReadAsync(
            Account.Username, _features.Clock.Now.AddDays(-30), _features.Clock.Now.AddDays(1), default))
        {
            rows.Add((row.Call.CallId, row.Cost));
        }

        return rows;
    }

    private static CallRecord Record(DateTime began, decimal cost) => new()
    {
        RecordId = "17",
        Ani = "88881234",
        Dnis = "ep-1",
        DetectTime = began,
        ConnectTime = began.AddSeconds(5),
        Duration = 60,
        Cost = cost,
    };

    private Task NotifyAsync(DateTime began, string callId = "17") => _features.ProcessAsync(
        $$$"""
        {"action":"callEnd","data":{"callid":"{{{callId}}}","account_id":"8000001","endpoint_id":"ep-1",
        "ani":"88881234","dnis":"ep-1","type":"in","detect_time":"{{{Text(began)}}}",
        "connect_time":"{{{Text(began.AddSeconds(5))}}}","disconnect_time":"{{{Text(began.AddSeconds(65))}}}",
        "duration":"60"}}
        """);

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
