using System.Net;
using System.Text.Json;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.ClickToDial;

/// <summary>Clicks that are interrupted before the request is sent.</summary>
public abstract class BrokenOffClickTests(TestStorage storage) : IAsyncLifetime
{
    private const string Begin = "batch dials";

    private const string Total = "insert dials latest";

    /// <summary>Written when the operator is reached, before the request.</summary>
    private const string Sending = "replace dials dial~";

    private readonly StorageGate _gate = new();

    private readonly SetClock _clock = new(DateTimeOffset.UtcNow);

    private ClickDesk _desk = null!;

    private HttpClient _ana = null!;

    public async Task InitializeAsync()
    {
        _desk = await ClickDesk.StartAsync(storage, _gate, _clock);
        _ana = await _desk.SignInAsync("ana");
    }

    public async Task DisposeAsync()
    {
        // The host can end only when its running requests have ended.
        _gate.Open();
        await _desk.DisposeAsync();
    }

    [SkippableTheory]
    [InlineData(Begin)]
    [InlineData(Total)]
    [InlineData(Sending)]
    public async Task A_Click_Is_Placed_Even_If_The_Tab_Is_Closed(string operation)
    {
        using var tab = new CancellationTokenSource();
        var endpoint = (await _desk.Host.Get<MappingStore>().GetAsync("1001", CancellationToken.None))
            .ShouldNotBeNull();
        var click = new CheckedClick(
            "ana",
            "key",
            "mark",
            _desk.Host.Get<PhoneNumberParser>().Parse("88881234"),
            null,
            endpoint,
            DialOrder.AgentFirst,
            Force: false);
        var held = _gate.Hold(operation);

        var placing = _desk.Host.Get<Dialler>().PlaceAsync(click, tab.Token);
        await held.Reached;
        await tab.CancelAsync();
        held.Release();

        var dial = (await placing).Dial.ShouldNotBeNull();
        dial.State.ShouldBeOneOf(DialState.Placed, DialState.Ringing, DialState.Answered, DialState.Ended);
        await ClickDesk.DialAsync(_ana, dial.DialId, "ended");
        (await _desk.TruthAsync()).ShouldHaveSingleItem();
    }

    [SkippableTheory]
    [InlineData(Begin)]
    [InlineData(Total)]
    public async Task If_The_Storage_Fails_Nothing_Is_Sent_And_The_Agent_Is_Free(string operation)
    {
        _gate.Fail(operation);

        (await ClickAsync("88881234", "first")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);

        (await _desk.TruthAsync()).ShouldBeEmpty();
        var (_, other) = await ClickAsync("88881235", "another");
        ClickDesk.Taken.ShouldContain(other.Text("state"), other.ToString());
        await ClickDesk.DialAsync(_ana, other.Text("dialId")!, "ended");
        var (_, again) = await ClickAsync("88881234", "first");
        ClickDesk.Taken.ShouldContain(again.Text("state"), again.ToString());
        (await ClickAsync("88881234", "first")).Body.Text("dialId").ShouldBe(again.Text("dialId"));
        (await _desk.TruthAsync()).Count.ShouldBe(2);
    }

    [SkippableFact]
    public async Task A_Click_That_Can_Not_Be_Marked_As_Being_Sent_Is_Not_Sent()
    {
        _gate.Fail(Sending);

        var (status, dial) = await ClickAsync("88881234", "first");

        (status, dial.Text("state"), dial.Text("problem")).ShouldBe((HttpStatusCode.Accepted, "refused", "notSent"));
        (await _desk.TruthAsync()).ShouldBeEmpty();
        ClickDesk.Taken.ShouldContain((await ClickAsync("88881235", "another")).Body.Text("state"));
    }

    [SkippableFact]
    public async Task An_Abandoned_Click_Is_Reported_As_Not_Sent_And_Frees_The_Agent()
    {
        await BreakOffAsync("88881234", "broken off");

        (await ClickAsync("88881235", "another")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await ClickAsync("88881235", "broken off")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var (_, placing) = await ClickAsync("88881234", "broken off");
        placing.Text("state").ShouldBe("placing");

        _clock.Now += TimeSpan.FromSeconds(21);
        // Whoever looks first: another click, or the agent who clicked.
        ClickDesk.Taken.ShouldContain((await ClickAsync("88881235", "another")).Body.Text("state"));
        var (status, dial) = await ClickAsync("88881234", "broken off");
        (status, dial.Text("state"), dial.Text("problem")).ShouldBe((HttpStatusCode.Accepted, "refused", "notSent"));
        dial.Text("message").ShouldNotBeNullOrEmpty();
        DialledNumber(await _desk.TruthAsync()).ShouldBe("88881235");
    }

    [SkippableFact]
    public async Task A_Click_Reported_As_Not_Sent_Is_Never_Sent_Later()
    {
        var held = _gate.Hold(Total);
        var late = ClickAsync("88881234", "the same click");
        await held.Reached;
        _clock.Now += TimeSpan.FromSeconds(21);
        (await ClickAsync("88881234", "the same click")).Body.Text("problem").ShouldBe("notSent");

        held.Release();

        var (_, dial) = await late;
        (dial.Text("state"), dial.Text("problem")).ShouldBe(("refused", "notSent"));
        (await _desk.TruthAsync()).ShouldBeEmpty();
        (await _desk.Host.Get<DialTotals>().GetAsync(CancellationToken.None)).Count.Hours.Sum().ShouldBe(0);
    }

    [SkippableFact]
    public async Task Of_Two_Requests_With_The_Same_Key_And_Different_Numbers_The_First_Calls()
    {
        var held = _gate.Hold(Sending);
        var first = ClickAsync("88881234", "the same key");
        await held.Reached;

        (await ClickAsync("88881235", "the same key")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        held.Release();

        var (_, dial) = await first;
        ClickDesk.Taken.ShouldContain(dial.Text("state"));
        dial.GetProperty("number").Text("e164").ShouldBe("+50688881234");
        DialledNumber(await _desk.TruthAsync()).ShouldBe("88881234");
    }

    [SkippableFact]
    public async Task Of_Two_Requests_For_One_Click_The_First_To_Store_It_Sends_It()
    {
        var held = _gate.Hold(Begin);
        var first = ClickAsync("88881234", "the same click");
        await held.Reached;

        var (status, second) = await ClickAsync("88881234", "the same click");
        status.ShouldBe(HttpStatusCode.Accepted);
        ClickDesk.Taken.ShouldContain(second.Text("state"));
        held.Release();

        (await first).Body.Text("dialId").ShouldBe(second.Text("dialId"));
        DialledNumber(await _desk.TruthAsync()).ShouldBe("88881234");
    }

    [SkippableTheory]
    [InlineData(false, "ended")]
    [InlineData(true, "refused")]
    public async Task A_Request_Overtaken_By_Another_For_The_Same_Click_Returns_Its_Result(
        bool isPhoneBusy, string state)
    {
        if (isPhoneBusy)
        {
            await _desk.PostAsync("calls", new { from = "88887777", to = "1001", type = "in", ringSeconds = 0, talkSeconds = 600, answered = true, notify = false });
        }

        var calls = (await _desk.TruthAsync()).Count;
        var held = _gate.Hold("get dials all");
        var late = ClickAsync("88881234", "the same click");
        await held.Reached;
        var (_, first) = await ClickAsync("88881234", "the same click");
        await ClickDesk.DialAsync(_ana, first.Text("dialId")!, state);
        held.Release();

        var (status, second) = await late;
        (status, second.Text("dialId"), second.Text("state"))
            .ShouldBe((HttpStatusCode.Accepted, first.Text("dialId"), state));
        // It left nothing behind that would keep the agent busy.
        (await ClickAsync("88881235", "another")).Status.ShouldBe(HttpStatusCode.Accepted);
        (await _desk.TruthAsync()).Count.ShouldBe(isPhoneBusy ? calls : calls + 2);
    }

    [SkippableFact]
    public async Task A_Call_That_Has_Begun_And_Is_Not_Stored_Yet_Keeps_The_Agent_Busy()
    {
        await _desk.SetAsync("click", new { firstAnswers = true, secondAnswers = true, firstRingSeconds = 600, secondRingSeconds = 1, talkSeconds = 1 });
        var held = _gate.Hold("insert calls ");
        var (_, dial) = await ClickAsync("88881234", "first");
        await held.Reached;

        var (status, busy) = await ClickAsync("88881235", "another");
        (status, busy.Text("dialId")).ShouldBe((HttpStatusCode.Conflict, dial.Text("dialId")));
        busy.TryGetProperty("callId", out _).ShouldBeFalse("there is none");

        held.Release();
        await ClickDesk.DialAsync(_ana, dial.Text("dialId")!, "ringing");
        DialledNumber(await _desk.TruthAsync()).ShouldBe("88881234");
    }

    // Stores the dial, and then fails all writes, including the one that would undo it.
    private async Task BreakOffAsync(string number, string key)
    {
        _gate.Fail(Total, andAllAfter: true);
        (await ClickAsync(number, key)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        _gate.Open();
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> ClickAsync(string number, string key) =>
        ClickDesk.ClickAsync(_ana, new { number }, key);

    private static string? DialledNumber(IReadOnlyList<JsonElement> calls) =>
        calls.ShouldHaveSingleItem().GetProperty("legs")[0].Text("dnis");
}

public sealed class BrokenOffClickTestsOnSqlite() : BrokenOffClickTests(TestStorage.Sqlite);

public sealed class BrokenOffClickTestsOnAzurite() : BrokenOffClickTests(TestStorage.AzuriteInTheLongRun);
