using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.PopUps;

/// <summary>
/// Missed calls that were returned by a call of which the record tells something else, or before one that is heard of
/// later.
/// </summary>
public sealed class CorrectedReturnTests : IAsyncLifetime
{
    private Features _features = null!;

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task A_Call_Back_In_Which_Nobody_Talked_Has_Not_Returned_It()
    {
        await EndAsync("missed", "09:00:00");
        await EndAsync("back", "09:05:00", "09:05:10");
        (await ReturnedAsync()).ShouldBe(("back", 20));

        await TakeAsync("back", "09:05:00", null, 0);

        (await ReturnedAsync()).ShouldBe((null, null));
        (await OpenAsync()).ShouldBe(["missed"]);
        // A later call back returns it all the same.
        await EndAsync("again", "09:08:00", "09:08:10");
        (await ReturnedAsync()).ShouldBe(("again", 20));
        (await OpenAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_Next_Talk_Has_Returned_It()
    {
        await EndAsync("missed", "09:00:00");
        await EndAsync("back", "09:05:00", "09:05:10");
        await EndAsync("again", "09:08:00", "09:08:10");

        await TakeAsync("back", "09:05:00", null, 0);

        (await ReturnedAsync()).ShouldBe(("again", 20));
    }

    [Fact]
    public async Task A_Talk_Before_It_Has_Not_Returned_It()
    {
        await EndAsync("earlier", "08:50:00", "08:50:10");
        await EndAsync("missed", "09:00:00");
        await EndAsync("back", "09:05:00", "09:05:10");
        (await ReturnedAsync()).ShouldBe(("back", 20));

        await TakeAsync("back", "09:05:00", null, 0);

        (await ReturnedAsync()).ShouldBe((null, null));
        (await OpenAsync()).ShouldBe(["missed"]);
    }

    [Fact]
    public async Task The_Length_Is_That_Of_The_Record()
    {
        await EndAsync("missed", "09:00:00");
        await EndAsync("back", "09:05:00", "09:05:10");

        await TakeAsync("back", "09:05:00", "09:05:10", 7);

        (await ReturnedAsync()).ShouldBe(("back", 7));
        // Another call back is not asked for.
        await TakeAsync("other", "09:06:00", null, 0);
        (await ReturnedAsync()).ShouldBe(("back", 7));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(3)]
    public async Task The_First_Talk_Has_Returned_It_Though_A_Later_One_Is_Heard_Of_First(int? recordAfterDays)
    {
        await EndAsync("missed", "09:00:00");
        await EndAsync("second", "09:08:00", "09:08:10");
        (await ReturnedAsync()).ShouldBe(("second", 20));

        if (recordAfterDays is { } days)
        {
            _features.Clock.Now += TimeSpan.FromDays(days);
            await TakeAsync("first", "09:05:00", "09:05:10", 30);
        }
        else
        {
            await EndAsync("first", "09:05:00", "09:05:10");
        }

        (await ReturnedAsync()).ShouldBe(("first", recordAfterDays is null ? 20 : 30));
        // What is heard of the other once more changes nothing.
        await TakeAsync("second", "09:08:00", "09:08:10", 25);
        (await ReturnedAsync()).CallId.ShouldBe("first");
        (await OpenAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Record_That_Comes_When_No_Missed_Call_Waits_Any_More_Asks_For_None()
    {
        await EndAsync("missed", "09:00:00");
        _features.Clock.Now += TimeSpan.FromDays(8);
        await TakeAsync("unanswered", "09:04:00", null, 0);
        _features.Meter.Reset();

        await TakeAsync("first", "09:05:00", "09:05:10", 30);

        (await ReturnedAsync()).CallId.ShouldBeNull();
        _features.Meter.Operations.Count(each => each == "query callindex")
            .ShouldBe(1, "whether it is like another call");
    }

    [Theory]
    [InlineData("09:06:10", "other")]
    [InlineData("09:04:10", "back")]
    public async Task Where_The_Talk_Began_At_Another_Time_The_First_Has_Returned_It(string corrected, string first)
    {
        await EndAsync("missed", "09:00:00");
        await EndAsync("back", "09:03:00", "09:04:30");
        await EndAsync("other", "09:05:00", "09:05:10");

        await TakeAsync("back", "09:03:00", corrected, 20);

        (await ReturnedAsync()).ShouldBe((first, 20));
    }

    [Fact]
    public async Task A_Later_Talk_That_Began_Before_The_Others_Has_Returned_It()
    {
        await EndAsync("missed", "09:00:00");
        await EndAsync("back", "09:04:00", "09:04:30");
        await EndAsync("other", "09:03:00", "09:05:10");
        (await ReturnedAsync()).CallId.ShouldBe("back");

        await TakeAsync("other", "09:03:00", "09:03:10", 20);

        (await ReturnedAsync()).CallId.ShouldBe("other");
    }

    [Fact]
    public async Task The_First_Talk_Is_Found_However_Many_Calls_Came_After_It()
    {
        for (var i = 1; i < 26; i++)
        {
            await EndAsync($"talk-{i}", $"09:05:{i:00}", $"09:05:{i + 1:00}");
        }

        await EndAsync("missed", "09:00:00");

        (await ReturnedAsync()).ShouldBe(("talk-1", 20));
    }

    [Fact]
    public async Task A_Missed_Call_That_Was_Returned_Costs_A_Later_Talk_Nothing()
    {
        await EndAsync("missed", "09:00:00");
        await EndAsync("back", "09:05:00", "09:05:10");
        _features.Meter.Reset();

        await EndAsync("again", "09:08:00", "09:08:10");

        _features.Meter.Operations.Count(each => each == "get calls").ShouldBe(1, "the call itself");
    }

    private async Task<(string? CallId, int? Seconds)> ReturnedAsync()
    {
        var call = (await _features.CallAsync("missed")).ShouldNotBeNull();
        return (call.Returned?.CallId, call.Returned?.DurationSeconds);
    }

    private async Task<IReadOnlyList<string>> OpenAsync() =>
        [.. (await _features.ListAsync(VisibleCalls.All("ana"), filter => filter with { IsMissed = true })).Items
            .Select(call => call.CallId)];

    // Who answers talks for 20 seconds.
    private Task EndAsync(string callId, string detected, string connected = "")
    {
        var isOut = connected.Length > 0;
        var end = TimeOnly.Parse(isOut ? connected : detected, null).Add(TimeSpan.FromSeconds(20)).ToString("HH:mm:ss", null);
        return _features.ProcessAsync(
            $$$"""{"action":"callEnd","data":{"callid":"{{{callId}}}","account_id":"8000001","endpoint_id":"ep-1","ani":"{{{(isOut ? "ep-1" : "88887777")}}}","dnis":"{{{(isOut ? "88887777" : "ep-1")}}}","type":"{{{(isOut ? "out" : "in")}}}","detect_time":"2026-03-02 {{{detected}}}","connect_time":"{{{(isOut ? $"2026-03-02 {connected}" : "")}}}","disconnect_time":"2026-03-02 {{{end}}}"}}""");
    }

    private async Task TakeAsync(string callId, string detected, string? connected, int duration) =>
        await _features.Get<RecordIntake>().TakeAsync(
            _features.Get<Accounts>().Home,
            [
                new CallRecord
                {
                    RecordId = callId,
                    Ani = "ep-1",
                    Dnis = "88887777",
                    DetectTime = At(detected),
                    ConnectTime = connected is null ? null : At(connected),
                    Duration = duration,
                },
            ],
            _features.Clock.Now,
            record => Assert.Fail($"{record}"),
            _ => { },
            default);

    private static DateTime At(string time) => new DateOnly(2026, 3, 2).ToDateTime(TimeOnly.Parse(time, null));
}
