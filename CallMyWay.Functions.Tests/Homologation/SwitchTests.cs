using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Homologation;

/// <summary>
/// Runs against the simulator with its switches: each open question is answered as the switch is set, from real
/// notifications, records and clicks. Which test turns which switch of the simulator, and what it answers:
/// <code>
/// StartAt            ringing (default), both (another), answer (third): start-at
/// RingGroup          perEndpoint (default), once (another): start-per; hunt (third): hunt-id
/// TransferId         same (default), new (another): transfer-id
/// TransferStart      outside (default), internalFirst (third): transfer-id all the same
/// ReusesCallIds      FurtherSwitchTests, busy: ids-again
/// PhoneForm          number (default), sip and id (FurtherSwitchTests, odd; clicks): nothing
/// EndId, NoText, SingleQuotes, ContentType, ClockMinutes   FurtherSwitchTests, odd: nothing, and time-zone
/// ClickLegs          one (default), two (another): click-ids; contact first (FurtherSwitchTests)
/// AgentLegType       in (another), internal (FurtherSwitchTests, contact first): agent-leg-type
/// Values, RecordValues, NoTime   numbers, numbers, empty (third), zero (another): nothing
/// PrivateCallerId    anonymous (default), private (another), empty (FurtherSwitchTests, odd): private-caller
/// NumberFormat       national (default), international (another), e164 (third), zeroZero (odd): number-format
/// DurationUnit       seconds (default), milliseconds (another), clock (third): duration-unit
/// CostIncludesAccessFee   true (third), false (FurtherSwitchTests, busy): cost-fee
/// Resends            FurtherSwitchTests, busy: resends, by hand
/// RecordShape        array (default), wrapped (HomologationTests): records-shape
/// RecordEncoding     latin1 (FurtherSwitchTests, under way): records-encoding
/// RecordsHaveLive    false (third), true (FurtherSwitchTests, under way): records-live
/// RecordCallId       same (default), prefixed (another): call-id
/// MaxRecords         HomologationTests: largest-page
/// IgnoresSkip        FurtherSwitchTests, skip: records-page fails
/// RecordOrder        oldestFirst (default), newestFirst (HomologationTests): records-order
/// RecordTime         end (third), detect (HomologationTests): range-by
/// RecordEndIncluded  true (third), false (HomologationTests): range-end
/// RecordDelaySeconds, DecimalComma   FurtherSwitchTests, odd: records-delay, and nothing
/// Refusals           status (third), ok (FurtherSwitchTests, busy and refusal): refused-click, refused-address
/// PaceBy             account, address (PaceScopeTests): pace-scope
/// </code>
/// Asked of the tester alone: outgoing-address, refused-password, dial-format, codec (HomologationTests).
/// </summary>
public sealed class SwitchTests : IAsyncLifetime
{
    private static readonly string[] OneCall =
        ["webhook-reachable", "start-at", "duration-unit", "unknown-caller", "records-delay", "identifiers", "record-equals-events"];

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
    public async Task A_Run_Answers_Each_Question_As_The_Operator_Is_By_Default()
    {
        var run = await House.BeginAsync();
        await WatchCallsAsync(run);
        var dialled = await DialAsync(run, "click-agent-first");
        await RequestAsync(run, "records-shape", "records-order");

        await AnswersAsync(run, new()
        {
            ["records-shape"] = "array",
            ["records-order"] = "oldestFirst",
            ["time-zone"] = "America/Costa_Rica",
            ["start-at"] = "ringing",
            ["duration-unit"] = "seconds",
            ["account-id"] = "8000001",
            ["call-id"] = "same",
            ["number-format"] = "national",
            ["start-per"] = "endpoint",
            ["transfer-id"] = "same",
            ["private-caller"] = "anonymous",
            ["click-ids"] = "one",
            // The click is one call, and its type is that.
            ["agent-leg-type"] = "out",
        });
        dialled.ShouldBe(1);
    }

    [Fact]
    public async Task A_Run_Answers_Each_Question_As_Another_Operator_Is()
    {
        var run = await BeginAsync(new
        {
            startAt = "both",
            durationUnit = "milliseconds",
            recordCallId = "prefixed",
            numberFormat = "international",
            ringGroup = "once",
            transferId = "new",
            privateCallerId = "private",
            clickLegs = "two",
            agentLegType = "in",
            singleQuotes = true,
            noTime = "zero",
        });
        await WatchCallsAsync(run);
        var dialled = await DialAsync(run, "click-agent-first");

        await AnswersAsync(run, new()
        {
            ["time-zone"] = "America/Costa_Rica",
            ["start-at"] = "both",
            ["duration-unit"] = "milliseconds",
            ["account-id"] = "8000001",
            ["number-format"] = "international",
            ["start-per"] = "call",
            ["transfer-id"] = "new",
            ["private-caller"] = "private",
            ["click-ids"] = "two",
            ["agent-leg-type"] = "in",
        });
        ((string?)(await QuestionAsync(run, "call-id"))["answer"])!.ShouldStartWith("prefix ");
        dialled.ShouldBe(1);
    }

    [Fact]
    public async Task A_Third_Operator_Notifies_At_The_Answer_And_Hunts()
    {
        var run = await BeginAsync(new
        {
            startAt = "answer",
            durationUnit = "clock",
            numberFormat = "e164",
            values = "numbers",
            recordValues = "numbers",
            noTime = "empty",
            transferStart = "internalFirst",
        });
        await WatchAsync(run, OneCall, new { from = "22334455", to = "1001", type = "in", ringSeconds = 1, talkSeconds = 3, answered = true });
        await WatchAsync(run, ["transfer"], new { from = "22334455", to = "1001", type = "in", transferTo = "1002", ringSeconds = 0, talkSeconds = 2, answered = true });
        await House.Desk.Desk.SetAsync("shape", new { startAt = "ringing", ringGroup = "hunt" });
        await WatchAsync(run, ["hunt-group"], new { from = "22334455", to = "1001", type = "in", endpoints = new[] { "1001", "1002" }, answeredBy = "1002", ringSeconds = 1, talkSeconds = 0, answered = true });
        await WatchAsync(run, ["records-live"], new { from = "22334455", to = "1001", type = "in", ringSeconds = 1, talkSeconds = 7, answered = true });
        // Records by the end, and a cost with the fee in it: what is over tells.
        await House.Desk.Desk.SetAsync("shape", new { recordTime = "end", costIncludesAccessFee = true });
        await House.Desk.CallAsync(new { from = "1001", to = "9001234567", type = "out", ringSeconds = 5, talkSeconds = 60, answered = true, notify = false, at = DateTime.UtcNow.AddHours(-2).ToString("o") });
        await RequestAsync(run, "records-bounds", "cost-fee");
        await House.Desk.Desk.PostAsync("calls", new { from = "22334455", to = "1001", type = "in", ringSeconds = 0, talkSeconds = 60, answered = true });
        var (status, body) = await House.DoAsync(
            run, "busy-agent", new { @do = "start", confirmed = true, number = "88881234", endpointId = "1001" });
        status.ShouldBe(200, body?.ToJsonString());
        await House.PassedAsync(run, "busy-agent");

        await AnswersAsync(run, new()
        {
            ["start-at"] = "answer",
            ["duration-unit"] = "seconds",
            ["number-format"] = "e164",
            ["hunt-id"] = "same",
            ["transfer-id"] = "same",
            // The call before was from the same mobile to the same phone: its record says nothing of this one.
            ["records-live"] = "no",
            ["range-by"] = "end",
            ["range-end"] = "included",
            ["cost-fee"] = "yes",
        });
        ((string?)(await QuestionAsync(run, "refused-click"))["answer"])!.ShouldStartWith("409: ");
        (await ClicksAsync()).ShouldBe(0);
    }

    /// <summary>A run at an operator of this shape.</summary>
    private async Task<string> BeginAsync(object shape)
    {
        await House.Desk.Desk.SetAsync("shape", shape);
        return await House.BeginAsync();
    }

    private async Task RequestAsync(string run, params string[] codes)
    {
        foreach (var code in codes)
        {
            await House.StartAsync(run, code);
        }

        foreach (var code in codes)
        {
            await House.PassedAsync(run, code);
        }
    }

    /// <summary>A call that is answered, one of a ring group, one that is transferred, and one of a private caller.</summary>
    private async Task WatchCallsAsync(string run)
    {
        await WatchAsync(
            run,
            OneCall,
            new { from = "22334455", to = "1001", type = "in", ringSeconds = 1, talkSeconds = 3, answered = true });
        await WatchAsync(run, ["ring-group"], new
        {
            from = "22334455",
            to = "1001",
            type = "in",
            endpoints = new[] { "1001", "1002" },
            answeredBy = "1001",
            ringSeconds = 0,
            talkSeconds = 0,
            answered = true,
        });
        await WatchAsync(run, ["transfer"], new
        {
            from = "22334455",
            to = "1001",
            type = "in",
            transferTo = "1002",
            ringSeconds = 0,
            talkSeconds = 2,
            answered = true,
        });
        await WatchAsync(run, ["not-connected", "private-caller"], new
        {
            from = "22334455",
            to = "1001",
            type = "in",
            @private = true,
            ringSeconds = 0,
            talkSeconds = 0,
            answered = false,
        });
    }

    /// <summary>Starts the cases, makes the call, and waits for their verdicts.</summary>
    private async Task WatchAsync(string run, string[] codes, object call)
    {
        foreach (var code in codes)
        {
            await House.StartAsync(run, code);
        }

        await House.Desk.CallAsync(call);
        foreach (var code in codes)
        {
            await House.PassedAsync(run, code);
        }
    }

    /// <summary>Clicks, and answers how many clicks the operator got.</summary>
    private async Task<int> DialAsync(string run, string code)
    {
        var before = await ClicksAsync();
        var (status, body) = await House.DoAsync(
            run, code, new { @do = "start", confirmed = true, number = "88881234", endpointId = "1001" });
        status.ShouldBe(202, body?.ToJsonString());
        // A second press while it is under way calls nobody.
        (await House.DoAsync(
            run, code, new { @do = "start", confirmed = true, number = "88881234", endpointId = "1001" })).Status.ShouldBe(409);
        await House.PassedAsync(run, code);
        return await ClicksAsync() - before;
    }

    private async Task<int> ClicksAsync() =>
        System.Text.Json.Nodes.JsonNode.Parse(await House.Desk.Desk.Operator.GetStringAsync("/simulator/calls"))!["items"]!
            .AsArray().Count(call => call!.ToJsonString().Contains("88881234", StringComparison.Ordinal));

    private async Task<System.Text.Json.Nodes.JsonNode> QuestionAsync(string run, string code) =>
        (await House.Admin.GetObjectAsync($"/api/homologation/{run}"))["questions"]!.AsArray()
            .Single(question => (string)question!["question"]! == code)!;

    private async Task AnswersAsync(string run, Dictionary<string, string> expected)
    {
        var questions = (await House.Admin.GetObjectAsync($"/api/homologation/{run}"))["questions"]!.AsArray();
        questions.Where(question => expected.ContainsKey((string)question!["question"]!))
            .ToDictionary(question => (string)question!["question"]!, question => (string?)question!["answer"])
            .OrderBy(each => each.Key, StringComparer.Ordinal)
            .ShouldBe(expected.Select(each => KeyValuePair.Create(each.Key, (string?)each.Value))
                .OrderBy(each => each.Key, StringComparer.Ordinal));
    }
}
