using System.Globalization;
using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.WrapUps;

namespace CallMyWay.Functions.Tests.CallRecords;

/// <summary>
/// A call of which notifications alone told is joined with one that a record alone told of: under one id
/// <c>told</c>, under the other <c>17</c>.
/// </summary>
public sealed class JoinedRecordTests : IAsyncLifetime
{
    private static readonly DateTime Monday = new(2026, 3, 2, 9, 0, 0);

    private Features _features = null!;

    private Account Account => _features.Get<Accounts>().Home;

    public async Task InitializeAsync()
    {
        _features = await Features.StartAsync();
        _features.Clock.Now = new DateTimeOffset(2026, 3, 2, 20, 0, 0, TimeSpan.Zero);
    }

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task They_Are_One_Call_And_One_Row_Of_Each_List()
    {
        await NotifyAsync("ep-1");
        await TakeAsync(Record("17", Monday.AddHours(1), "ep-1"));
        (await ListAsync()).Count.ShouldBe(2);

        (await JoinAsync()).ShouldBeTrue();

        (await ListAsync()).ShouldBe(["told"]);
        (await _features.RowsAsync(StorageNames.CallIndex, "all")).Count.ShouldBe(1);
        (await _features.RowsAsync(StorageNames.CallIndex, "agent~ana")).Count.ShouldBe(1);
        var call = await CallAsync("told");
        (call.Cost, call.Sources.Count).ShouldBe((5m, 2));
        call.Facts.Records.ShouldHaveSingleItem().RecordId.ShouldBe("17");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_An_Agent_Has_Dealt_With_Stays_A_Call_By_Itself(bool isDecided)
    {
        await NotifyAsync("ep-1");
        await TakeAsync(Record("17", Monday.AddHours(1), "ep-1"));
        if (isDecided)
        {
            await _features.DecideAsync(
                await CallAsync("17"),
                new AgentDecision(DecisionKind.OutcomeRecorded, _features.Clock.Now, "ana", Outcome: "paid"));
        }
        else
        {
            await _features.Get<WrapUpStore>().SaveAsync(
                (await CallAsync("17")).Key,
                null,
                new WrapUp { Draft = true, Notes = "Dice que", AgentId = "ana", UpdatedAt = _features.Clock.Now },
                null,
                default);
        }

        (await JoinAsync()).ShouldBeFalse();

        (await ListAsync()).ShouldBe(["17", "told"], ignoreOrder: true);
        (await CallAsync("told")).Facts.Records.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    // Its phone was mapped after the record was taken.
    [InlineData(true)]
    public async Task A_Call_That_Nobody_Had_Is_Then_Of_Whom_The_Record_Told(bool isTiedLater)
    {
        await NotifyAsync("ep-9");
        await TakeAsync(Record("17", Monday.AddHours(1), isTiedLater ? "ep-8" : "ep-1"));
        if (isTiedLater)
        {
            var found = await CallAsync("17");
            var tied = found.Facts.With(new HeardAgent(_features.Clock.Now, new CallAgent("ana", "ep-8")));
            (await _features.Get<CallStore>().SaveAsync(found.With(tied), default)).ShouldNotBeNull();
        }

        (await JoinAsync()).ShouldBeTrue();

        (await CallAsync("told")).Agents.ShouldHaveSingleItem().AgentId.ShouldBe("ana");
    }

    [Fact]
    public async Task A_Record_Of_Today_Brings_Back_None_That_The_Office_Does_Not_Keep()
    {
        await _features.Get<RetentionStore>().PutAsync(
            new RetentionRules { CallDays = 31, CallAction = RetentionAction.Remove }, default);

        await TakeAsync(
            Record("today", Monday, "ep-1"),
            Record("kept", Monday.AddDays(-30), "ep-1"),
            Record("forgotten", Monday.AddDays(-32), "ep-1"));

        foreach (var (callId, isKnown) in new[] { ("today", true), ("kept", true), ("forgotten", false) })
        {
            (await _features.CallAsync(callId) is not null).ShouldBe(isKnown, callId);
        }
    }

    private async Task<bool> JoinAsync() => await _features.Get<RecordIntake>().JoinAsync(
        Account, await CallAsync("told"), await CallAsync("17"), default);

    private async Task<Call> CallAsync(string callId) => (await _features.CallAsync(callId)).ShouldNotBeNull();

    private async Task<IReadOnlyList<string>> ListAsync() =>
        [.. (await _features.ListAsync(VisibleCalls.All("ana"))).Items.Select(call => call.CallId)];

    private async Task TakeAsync(params CallRecord[] records) => await _features.Get<RecordIntake>().TakeAsync(
        Account, records, _features.Clock.Now, record => Assert.Fail($"{record}"), _ => { }, default);

    private static CallRecord Record(string id, DateTime began, string endpoint) => new()
    {
        RecordId = id,
        Ani = "88881234",
        Dnis = endpoint,
        DetectTime = began,
        ConnectTime = began.AddSeconds(5),
        Duration = 60,
        Cost = 5m,
    };

    private Task NotifyAsync(string endpoint) => _features.ProcessAsync(
        $$$"""
        {"action":"callEnd","data":{"callid":"told","account_id":"8000001","endpoint_id":"{{{endpoint}}}",
        "ani":"88881234","dnis":"{{{endpoint}}}","type":"in","detect_time":"{{{Text(Monday)}}}",
        "connect_time":"{{{Text(Monday.AddSeconds(5))}}}","disconnect_time":"{{{Text(Monday.AddSeconds(65))}}}",
        "duration":"60"}}
        """);

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
