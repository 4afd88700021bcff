using System.Globalization;
using System.Text.Json.Nodes;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.CallRecords;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Homologation;

/// <summary>
/// Runs against the simulator with the switches that concern few cases: each open question is answered as the switch is
/// set, and what a switch must not change is answered as without it.
/// </summary>
public sealed class FurtherSwitchTests : IAsyncLifetime
{
    private HomologationDesk? _house;

    private HomologationDesk House => _house!;

    public async Task InitializeAsync() => _house = await HomologationDesk.StartAsync(TestStorage.Sqlite);

    public async Task DisposeAsync()
    {
        if (_house is not null)
        {
            await _house.DisposeAsync();
        }
    }

    [Fact]
    public async Task Odd_Ids_Clocks_Phones_And_Types_Are_Told_Or_Change_Nothing()
    {
        await House.Desk.Desk.SetAsync("shape", new
        {
            endId = "other",
            phoneForm = "sip",
            noText = "none",
            singleQuotes = true,
            contentType = "text/plain; charset=utf-8",
            numberFormat = "zeroZero",
            clockMinutes = 60,
            recordDelaySeconds = 8,
            decimalComma = true,
        });
        var run = await House.BeginAsync();
        await WatchAsync(
            run,
            ["start-at", "duration-unit", "records-delay", "identifiers", "record-equals-events"],
            new { from = "1001", to = "88887777", type = "out", ringSeconds = 1, talkSeconds = 3, answered = true },
            "webhook-reachable");
        // A clock that is an hour wrong is no zone's.
        var reachable = await House.SettledAsync(run, "webhook-reachable");
        ((string?)reachable["state"], reachable["answers"]![0]!["setting"]).ShouldBe(("failed", null));
        // As it came, in the operator's own form.
        (await House.CaseAsync(run, "start-at"))["seen"]![0]!["raw"]!.ToString()
            .ShouldStartWith("{'action':'callStart','data':{");
        // By its address a phone is known, and a caller who hides is told by no text at all.
        await House.Desk.Desk.SetAsync("shape", new { phoneForm = "id", noText = "none", privateCallerId = "" });
        await WatchAsync(
            run,
            ["private-caller", "not-connected"],
            new { from = "22334455", to = "1001", type = "in", @private = true, ringSeconds = 0, talkSeconds = 0, answered = false });

        (await AnswersAsync(run)).ShouldBe(new Answers
        {
            ["time-zone"] = "+1 h (America/Costa_Rica)",
            ["start-at"] = "ringing",
            ["duration-unit"] = "seconds",
            ["account-id"] = "8000001",
            ["call-id"] = "same",
            ["number-format"] = "zeroZero",
            ["private-caller"] = "(empty)",
            ["records-delay"] = "some seconds",
        });
    }

    [Fact]
    public async Task A_Busy_Phone_Without_A_Status_Ids_Used_Again_And_Resends_Are_Told()
    {
        await House.Desk.Desk.SetAsync("shape", new { refusals = "ok", reusesCallIds = true });
        var run = await House.BeginAsync();
        foreach (var hours in new[] { 3, 2 })
        {
            await House.Desk.CallAsync(new
            {
                callId = "again-1",
                from = "22334455",
                to = "1001",
                type = "in",
                ringSeconds = 0,
                talkSeconds = 60,
                answered = true,
                notify = false,
                at = DateTime.UtcNow.AddHours(-hours).ToString("o"),
            });
        }

        await House.Desk.CallAsync(new { from = "1001", to = "9001234567", type = "out", ringSeconds = 5, talkSeconds = 60, answered = true, notify = false, at = DateTime.UtcNow.AddHours(-4).ToString("o") });
        foreach (var code in new[] { "ids-again", "cost-fee" })
        {
            await House.StartAsync(run, code);
            await House.PassedAsync(run, code);
        }

        // The phone is in a call, and the refusal has no status of its own.
        await House.Desk.Desk.PostAsync("calls", CallTo("1001", talkSeconds: 30));
        var (status, body) = await House.DoAsync(
            run, "busy-agent", new { @do = "start", confirmed = true, number = "88881234", endpointId = "1001" });
        status.ShouldBe(200, body?.ToJsonString());
        await House.PassedAsync(run, "busy-agent");

        // While nobody answers, the operator tells it again. That is seen by hand.
        await House.Desk.Desk.SetAsync("shape", new { resends = 6, resendSeconds = 0.2, paceBy = "address" });
        await House.Desk.Desk.SetAsync("webhook", new { webhook = "http://127.0.0.1:9/" });
        await House.Desk.Desk.PostAsync("calls", CallTo("1002", talkSeconds: 0, callId: "told-again"));
        await House.Desk.Desk.SetAsync("webhook", new { webhook = House.Desk.Host.Webhook.ToString() });
        (await House.Desk.HeardAsync("told-again")).GetProperty("sources")[0].GetString().ShouldBe("webhook");
        await DecideAsync(run, "resends", "yes");
        await DecideAsync(run, "pace-scope", "address");

        var answers = await AnswersAsync(run);
        answers["refused-click"].ShouldStartWith("200: ");
        answers.Remove("refused-click");
        answers.ShouldBe(new Answers
        {
            ["ids-again"] = "yes",
            ["cost-fee"] = "no",
            ["resends"] = "yes",
            ["pace-scope"] = "address",
        });
    }

    [Fact]
    public async Task A_Click_With_The_Contact_First_Is_Told_By_Its_Leg_And_Calls_Once()
    {
        await House.Desk.Desk.SetAsync("shape", new { clickLegs = "two", startAt = "both" });
        var run = await House.BeginAsync();
        var (status, body) = await House.DoAsync(
            run, "click-contact-first", new { @do = "start", confirmed = true, number = "88881234", endpointId = "1001" });
        status.ShouldBe(202, body?.ToJsonString());
        await House.PassedAsync(run, "click-contact-first");

        (await AnswersAsync(run)).ShouldBe(new Answers { ["click-ids"] = "one" });
        (await House.Desk.Desk.TruthAsync()).ShouldHaveSingleItem();

        // With the agent first there are two, and the agent's looks as one within the office.
        run = await House.BeginAsync();
        (status, body) = await House.DoAsync(
            run, "click-agent-first", new { @do = "start", confirmed = true, number = "88881235", endpointId = "1002" });
        status.ShouldBe(202, body?.ToJsonString());
        await House.PassedAsync(run, "click-agent-first");
        (await AnswersAsync(run)).ShouldBe(new Answers { ["click-ids"] = "two", ["agent-leg-type"] = "internal" });
    }

    [Fact]
    public async Task An_Operator_That_Ignores_Where_A_Page_Begins_Fails_The_Case_Of_The_Largest_Page()
    {
        await House.Desk.Desk.SetAsync("shape", new { ignoresSkip = true, maxRecords = 2 });
        var run = await House.BeginAsync();
        for (var hours = 3; hours > 0; hours--)
        {
            await House.Desk.CallAsync(new
            {
                from = "22334455",
                to = "1001",
                type = "in",
                ringSeconds = 0,
                talkSeconds = 60,
                answered = true,
                notify = false,
                at = DateTime.UtcNow.AddHours(-hours).ToString("o"),
            });
        }

        await House.StartAsync(run, "records-page");

        var settled = await House.SettledAsync(run, "records-page");
        ((string?)settled["state"]).ShouldBe("failed");
        settled["advice"]!.ToString().ShouldContain("ini");
        HomologationDesk.AnswerOf(settled, "largest-page").ShouldBeNull();
    }

    [Theory]
    [InlineData("id")]
    [InlineData("sip")]
    public async Task A_Click_Whose_Phone_Is_Written_In_Another_Form_Is_Told_All_The_Same(string phoneForm)
    {
        await House.Desk.Desk.SetAsync("shape", new { clickLegs = "two", phoneForm });
        var run = await House.BeginAsync();
        var (status, body) = await House.DoAsync(
            run, "click-agent-first", new { @do = "start", confirmed = true, number = "88881234", endpointId = "1001" });
        status.ShouldBe(202, body?.ToJsonString());
        await House.PassedAsync(run, "click-agent-first");
        (await AnswersAsync(run)).ShouldBe(new Answers { ["click-ids"] = "two", ["agent-leg-type"] = "internal" });
    }

    [Fact]
    public async Task A_Click_That_Nobody_Answers_Is_Settled_And_Says_What_To_Look_At()
    {
        await House.Desk.Desk.SetAsync("shape", new { clickLegs = "two" });
        await House.Desk.Desk.SetAsync("click", new { firstAnswers = false, firstRingSeconds = 0 });
        var run = await House.BeginAsync();
        var (status, body) = await House.DoAsync(
            run, "click-agent-first", new { @do = "start", confirmed = true, number = "88881234", endpointId = "1001" });
        status.ShouldBe(202, body?.ToJsonString());

        var settled = await House.SettledAsync(run, "click-agent-first");
        ((string?)settled["state"], settled["answers"]).ShouldBe(("open", null));
        settled["advice"]!.ToString().ShouldContain("PCMA");
    }

    [Fact]
    public async Task Calls_Under_Way_And_Another_Encoding_Of_The_Records_Are_Told()
    {
        await House.Desk.Desk.SetAsync("shape", new { recordsHaveLive = true, recordEncoding = "latin1" });
        var run = await House.BeginAsync();
        await WatchAsync(
            run,
            ["records-live"],
            new { from = "1001", to = "88887777", type = "out", ringSeconds = 0, talkSeconds = 8, answered = true });
        await House.StartAsync(run, "records-shape");
        await House.PassedAsync(run, "records-shape");
        (await AnswersAsync(run)).ShouldBe(new Answers
        {
            ["records-live"] = "yes",
            ["records-shape"] = "array",
            ["records-encoding"] = "ISO-8859-1",
        });
        var (status, body) = await House.Admin.SendJsonAsync(
            HttpMethod.Post,
            $"/api/homologation/{run}/settings",
            new { settings = new[] { new { question = "records-live", value = "true", now = "false" } } });
        status.ShouldBe(200, body?.ToJsonString());
        House.Desk.Host.Get<Accounts>().Home.RecordsHaveLive.ShouldBeTrue();
    }

    [Fact]
    public async Task A_Record_Behind_The_First_Page_Is_Found()
    {
        await using var house = new HomologationDesk(
            await RecordDesk.StartAsync(TestStorage.Sqlite, "--CallMyWay:Accounts:0:RecordsPage", "2"));
        for (var minutes = 50; minutes > 0; minutes -= 10)
        {
            await house.Desk.CallAsync(new { from = "22334455", to = "1001", type = "in", ringSeconds = 0, talkSeconds = 9, answered = true, notify = false, at = DateTime.UtcNow.AddMinutes(-minutes).ToString("o") });
        }

        var run = await house.BeginAsync();
        await house.StartAsync(run, "records-delay");
        await house.StartAsync(run, "record-equals-events");
        await house.Desk.CallAsync(CallTo("1001", talkSeconds: 1));

        await house.PassedAsync(run, "records-delay");
        await house.PassedAsync(run, "record-equals-events");
    }

    [Fact]
    public async Task A_Refusal_Of_Status_200_Is_Told_As_It_Came()
    {
        var desk = await ClickDesk.StartWithAsync(
            TestStorage.Sqlite,
            new() { Services = services => services.AddSingleton(RecordDesk.NoPace) },
            ["--QuerySeconds", "0", "--Shape:Refusals", "Ok", "--EnabledAddresses:0", "203.0.113.9"]);
        await using var house = new HomologationDesk(new RecordDesk(desk, await desk.SignInAsync("admin")));
        var run = await house.BeginAsync();
        await house.StartAsync(run, "credentials");
        var settled = await house.SettledAsync(run, "credentials");
        ((string?)settled["state"]).ShouldBe("failed");
        HomologationDesk.AnswerOf(settled, "refused-address").ShouldBe("200: ERROR: IP no habilitada");
    }

    private static object CallTo(string phone, int talkSeconds, string? callId = null) =>
        new { callId, from = "22334455", to = phone, type = "in", ringSeconds = 0, talkSeconds, answered = true };

    private async Task WatchAsync(string run, string[] codes, object call, params string[] alsoStarted)
    {
        foreach (var code in codes.Concat(alsoStarted))
        {
            await House.StartAsync(run, code);
        }

        await House.Desk.CallAsync(call);
        foreach (var code in codes)
        {
            await House.PassedAsync(run, code);
        }
    }

    private async Task DecideAsync(string run, string code, string answer)
    {
        var (status, body) = await House.DoAsync(
            run,
            code,
            new { @do = "decide", state = "passed", told = new Dictionary<string, string> { [code] = answer } });
        status.ShouldBe(200, body?.ToJsonString());
    }

    /// <summary>The questions that are answered. A delay is told as a span, in which the 4 seconds of the test are.</summary>
    private async Task<Answers> AnswersAsync(string run) => new(
        (await House.Admin.GetObjectAsync($"/api/homologation/{run}"))["questions"]!.AsArray()
            .Select(question => question!.AsObject())
            .Where(question => question["answer"] is not null)
            .ToDictionary(question => (string)question["question"]!, AnswerOf, StringComparer.Ordinal));

    // The delay counts from when the end reached us: where a busy machine hears of it seconds late, it is as much less.
    private static string AnswerOf(JsonObject question)
    {
        var answer = (string)question["answer"]!;
        return (string)question["question"]! == "records-delay"
            && answer.Replace(" s", "", StringComparison.Ordinal).Split('-') is [var least, var most]
            && int.Parse(least, CultureInfo.InvariantCulture) is >= 0 and <= 8
            && int.Parse(most, CultureInfo.InvariantCulture) >= 4
                ? "some seconds"
                : answer;
    }
}

/// <summary>Answers by the codes of their questions.</summary>
internal sealed class Answers(IDictionary<string, string> found)
    : SortedDictionary<string, string>(found, StringComparer.Ordinal)
{
    public Answers()
        : this(new Dictionary<string, string>(StringComparer.Ordinal))
    {
    }
}

/// <summary>A host that ends while a case goes on, and another one on the same data.</summary>
public sealed class RestartedHomologationTests
{
    [Fact]
    public async Task A_Case_Goes_On_After_The_Host_Was_Restarted()
    {
        var folder = TestFolder.Create("callmyway-homologation-");
        try
        {
            string run;
            await using (var first = new HomologationDesk(await StartAsync(folder)))
            {
                run = await first.BeginAsync();
                await first.StartAsync(run, "start-at");
                await first.StartAsync(run, "records-delay");
                await first.Desk.Desk.PostAsync(
                    "calls", new { from = "22334455", to = "1001", type = "in", ringSeconds = 0, talkSeconds = 60, answered = true });
            }

            await using var second = new HomologationDesk(await StartAsync(folder));
            ((string?)(await second.CaseAsync(run, "start-at"))["working"]?["what"]).ShouldBe("waiting");
            await second.Desk.CallAsync(
                new { from = "22334466", to = "1002", type = "in", ringSeconds = 1, talkSeconds = 2, answered = true });
            HomologationDesk.AnswerOf(await second.PassedAsync(run, "start-at"), "start-at").ShouldBe("ringing");
            await second.PassedAsync(run, "records-delay");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<RecordDesk> StartAsync(string folder)
    {
        var desk = await ClickDesk.StartWithAsync(
            TestStorage.Sqlite,
            new() { DataPath = folder, Services = services => services.AddSingleton(RecordDesk.NoPace) },
            ["--QuerySeconds", "0", "--LiveCallsPath", RecordDesk.LiveCallsPath]);
        return new RecordDesk(desk, await desk.SignInAsync("admin"));
    }
}
