using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.PopUps;

/// <summary>Missed calls that were returned by a call of which the record tells something else.</summary>
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
