using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Desk;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Xunit.Abstractions;

namespace CallMyWay.Functions.Tests.CallFlow;

public sealed class ProcessCallEventTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly string Start = Payload.Text("call-start-in.json");

    private static readonly string End = Payload.Text("call-end-in.json");

    private Features _features = null!;

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task A_Call_Comes_To_Its_Agent_With_The_Contact()
    {
        var jose = await _features.AddContactAsync("José Rodríguez", "8888-7777");

        await _features.ProcessAsync(Start);

        var (agentId, message, popUp) = _features.Screens.Sent.ShouldHaveSingleItem();
        agentId.ShouldBe("ana");
        message.ShouldBe(ScreenMessage.PopUp);
        popUp.Match.ShouldBe(MatchKind.One);
        popUp.ContactId.ShouldBe(jose.ContactId);
        popUp.Candidates.ShouldHaveSingleItem()
            .ShouldBe(new Candidate(jose.ContactId, "José Rodríguez", MatchReason.MainNumber));
        popUp.Number.Display.ShouldBe("8888-7777");
        (await _features.OpenAsync("ana")).ShouldHaveSingleItem().CallId.ShouldBe("c-1001");
        (await _features.OpenAsync("luis")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Duplicate_Writes_Nothing_And_Sends_Nothing()
    {
        await _features.ProcessAsync(Start);
        _features.Meter.Reset();

        await _features.ProcessAsync(Start);

        _features.Meter.Operations.ShouldBe(["get calls"]);
        _features.Screens.Sent.Select(sent => sent.Message).ShouldBe([ScreenMessage.PopUp]);
    }

    [Theory]
    [InlineData("c-1001", "88887777")]
    [InlineData("c-1001~2", "88886666")]
    public async Task A_Repetition_Without_Times_Is_No_Other_Call_However_Late_It_Comes(string callId, string ani)
    {
        string[] anis = ["88887777", "88886666"];
        foreach (var each in anis)
        {
            await _features.ProcessAsync(Timeless("callStart", each));
            await _features.ProcessAsync(Timeless("callEnd", each));
            _features.Clock.Now += TimeSpan.FromMinutes(61);
        }

        (await _features.CallAsync(callId)).ShouldNotBeNull().Number.E164.ShouldBe($"+506{ani}");
        await _features.ProcessAsync(Timeless("callStart", ani));

        (await ListAsync()).Select(call => (call.CallId, call.State)).ShouldBe(
            [("c-1001", CallState.Ended), ("c-1001~2", CallState.Ended)], ignoreOrder: true);

        static string Timeless(string action, string ani) =>
            $$$"""{"action":"{{{action}}}","data":{"callid":"c-1001","account_id":"8000001","endpoint_id":"ep-1","ani":"{{{ani}}}","dnis":"40001000","type":"in"}}""";
    }

    [Fact]
    public async Task A_Message_That_Ended_Before_The_Screens_Were_Told_Tells_Them_When_It_Comes_Again()
    {
        _features.Screens.FailureOf = _ => new CrashException();
        var message = _features.Message(Start);
        await Should.ThrowAsync<CrashException>(() => _features.DeliverAsync(message));
        _features.Screens.FailureOf = _ => null;

        // The operator's repetition is another message: the first one comes again by itself.
        await _features.ProcessAsync(Start);
        _features.Screens.Sent.ShouldBeEmpty();
        await _features.DeliverAsync(message);

        var (agentId, _, popUp) = _features.Screens.Sent.ShouldHaveSingleItem();
        (agentId, popUp.CallId).ShouldBe(("ana", "c-1001"));
    }

    [Fact]
    public async Task A_Message_That_Was_Processed_And_Is_Delivered_Again_Tells_The_Screens_Nothing()
    {
        var message = _features.Message(Start);
        await _features.DeliverAsync(message);

        await _features.DeliverAsync(message);

        _features.Screens.Sent.ShouldHaveSingleItem().Message.ShouldBe(ScreenMessage.PopUp);
    }

    [Fact]
    public async Task A_Message_That_Comes_Again_While_Its_First_Try_Hangs_Tells_The_Screens()
    {
        var (holding, reached) = (new TaskCompletionSource(), new TaskCompletionSource());
        _features.Screens.HoldOf = _ =>
        {
            reached.TrySetResult();
            return holding.Task;
        };
        var message = _features.Message(Start);
        var first = _features.DeliverAsync(message);
        await reached.Task;
        _features.Screens.HoldOf = _ => Task.CompletedTask;

        await _features.DeliverAsync(message);

        _features.Screens.Sent.ShouldHaveSingleItem().AgentId.ShouldBe("ana");
        holding.SetException(new CrashException());
        await Should.ThrowAsync<CrashException>(() => first);
    }

    [Fact]
    public async Task Each_Message_About_A_Call_Has_A_Larger_Number_Than_Those_Before_It()
    {
        await _features.ProcessAsync(Ring("group", "ep-1"));
        await _features.ProcessAsync(Ring("group", "ep-1", "callEnd"));
        // The agent's other phone rings once the first has stopped.
        await _features.MapAsync("ep-11", "ana");
        await _features.ProcessAsync(Ring("group", "ep-11"));
        await _features.ProcessAsync(Ring("group", "ep-11"));

        _features.Screens.Sent.Select(sent => (sent.PopUp.State, sent.PopUp.Revision)).ShouldBe(
            [(CallState.Ringing, 1), (CallState.Ended, 2), (CallState.Ringing, 3)]);
        (await _features.CallAsync("group")).ShouldNotBeNull().Revision.ShouldBe(3);
    }

    [Fact]
    public async Task A_Message_That_Ended_Before_A_Group_Was_Told_Closes_Its_Pop_Ups_When_It_Comes_Again()
    {
        await _features.ProcessAsync(Ring("group", "ep-1"));
        await _features.ProcessAsync(Ring("group", "ep-2"));
        _features.Screens.FailureOf = _ => new CrashException();
        var message = _features.Message(Ring("group", "ep-1", connectTime: "2026-03-02 09:15:10"));
        await Should.ThrowAsync<CrashException>(() => _features.DeliverAsync(message));
        _features.Screens.FailureOf = _ => null;
        var before = _features.Screens.Sent.Count;

        await _features.DeliverAsync(message);

        _features.Screens.Sent.Skip(before).Select(sent => (sent.AgentId, sent.Message))
            .ShouldBe([("ana", ScreenMessage.PopUpChanged), ("luis", ScreenMessage.PopUpClosed)], ignoreOrder: true);
    }

    [Fact]
    public async Task A_Change_That_No_Screen_Shows_Is_Not_Sent()
    {
        await _features.ProcessAsync(Ring("group", "ep-1"));

        // Another phone rings: that is Luis's to see. And the same news with another duration is the same news.
        await _features.ProcessAsync(Ring("group", "ep-2"));
        var again = Ring("group", "ep-1").Replace("\"type\"", "\"duration\":\"3\",\"type\"", StringComparison.Ordinal);
        await _features.ProcessAsync(again);

        (await _features.CallAsync("group")).ShouldNotBeNull().Timeline.Count.ShouldBe(3);
        _features.Screens.Sent.Select(sent => (sent.AgentId, sent.Message))
            .ShouldBe([("ana", ScreenMessage.PopUp), ("luis", ScreenMessage.PopUp)]);
    }

    [Fact]
    public async Task A_Notification_That_Comes_Late_Does_Not_Open_What_The_Agent_Is_Done_With()
    {
        await _features.ProcessAsync(End);
        var call = (await _features.CallAsync()).ShouldNotBeNull();
        await _features.DecideAsync(call, new AgentDecision(DecisionKind.Acknowledged, _features.Clock.Now, "ana"));

        await _features.ProcessAsync(Start);

        _features.Screens.Sent.Count.ShouldBe(1);
        (await _features.OpenAsync("ana")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Call_That_Two_Rows_Name_Is_Listed_Once()
    {
        await _features.ProcessAsync(Start);
        var call = (await _features.CallAsync()).ShouldNotBeNull();

        // What another notification, worked on at the same time and under another time, wrote before it lost.
        var lost = call with { IndexedAt = call.IndexedAt.AddSeconds(1) };
        var lead = _features.Get<PopUpStore>().RowsOf(lost, null);
        (await _features.Get<CallWriter>().Begin().SaveAsync(lost with { ETag = null }, null, lead, CancellationToken.None))
            .ShouldBeNull("the call is there");

        (await _features.OpenAsync("ana")).ShouldHaveSingleItem().CallId.ShouldBe("c-1001");
        (await ListAsync()).ShouldHaveSingleItem().CallId.ShouldBe("c-1001");
    }

    [Fact]
    public async Task A_Transfer_That_Nobody_Takes_Closes_Its_Pop_Up_For_Good()
    {
        await _features.ProcessAsync(Ring("refused", "ep-1", connectTime: "2026-03-02 09:15:05"));
        await _features.ProcessAsync(At("2026-03-02 09:15:30", Ring("refused", "ep-2")));
        await _features.ProcessAsync(At("2026-03-02 09:15:30", Ring("refused", "ep-2", "callEnd")));
        await _features.ProcessAsync(Ring("refused", "ep-1", "callEnd", "2026-03-02 09:15:05"));

        (await _features.CallAsync("refused")).ShouldNotBeNull().State.ShouldBe(CallState.Ended);
        _features.Screens.Sent.Where(sent => sent.AgentId == "luis").Select(sent => sent.Message)
            .ShouldBe([ScreenMessage.PopUp, ScreenMessage.PopUpClosed]);
        (await _features.OpenAsync("luis")).ShouldBeEmpty();
        (await _features.OpenAsync("ana")).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_Call_Whose_Phone_Talks_In_A_Later_One_Is_Over_Whichever_Is_Heard_Of_First(bool isLaterFirst)
    {
        string[] later =
        [
            At("2026-03-02 09:15:00", Ring("later", "ep-1")),
            At("2026-03-02 09:15:00", Ring("later", "ep-1", connectTime: "2026-03-02 09:15:10")),
        ];
        var earlier = At("2026-03-02 09:14:30", Ring("left", "ep-1"));
        foreach (var body in isLaterFirst ? [.. later, earlier] : (string[])[earlier, .. later])
        {
            await _features.ProcessAsync(body);
        }

        (await _features.CallAsync("left")).ShouldNotBeNull()
            .ShouldSatisfyAllConditions(
                call => call.State.ShouldBe(CallState.Ended),
                call => call.IsMissed.ShouldBeFalse());
        // What rings beside a conversation goes on.
        await _features.ProcessAsync(At("2026-03-02 09:15:20", Ring("waits", "ep-1")));
        (await _features.CallAsync("waits")).ShouldNotBeNull().State.ShouldBe(CallState.Ringing);
        (await _features.CallAsync("later")).ShouldNotBeNull().State.ShouldBe(CallState.Connected);
        await _features.ProcessAsync(
            At("2026-03-02 09:15:00", Ring("later", "ep-1", "callEnd", "2026-03-02 09:15:10")));
        (await _features.CallAsync("waits")).ShouldNotBeNull().State.ShouldBe(CallState.Ringing);
    }

    [Fact]
    public async Task A_Call_Whose_Phone_Talks_In_A_Later_One_Is_Over_Though_The_First_Try_To_Say_So_Failed()
    {
        await _features.ProcessAsync(Ring("left", "ep-1", connectTime: "2026-03-02 09:15:05"));
        _features.Clock.Now += TimeSpan.FromMinutes(1);
        var later = _features.Message(
            At("2026-03-02 09:15:50", Ring("later", "ep-1", connectTime: "2026-03-02 09:16:00")));
        _features.Gate.Fail("replace calls");
        await Should.ThrowAsync<StorageException>(() => _features.DeliverAsync(later));
        _features.Gate.Open();
        (await _features.CallAsync("left")).ShouldNotBeNull().State.ShouldBe(CallState.Connected);

        await _features.DeliverAsync(later);

        (await _features.CallAsync("left")).ShouldNotBeNull().State.ShouldBe(CallState.Ended);
        (await _features.CallAsync("later")).ShouldNotBeNull().State.ShouldBe(CallState.Connected);
    }

    [Fact]
    public async Task A_Number_That_Was_Hidden_At_First_Is_Shown_When_It_Is_Told()
    {
        var jose = await _features.AddContactAsync("José", "8888-7777");
        await _features.ProcessAsync(Start.Replace("88887777", "anonymous", StringComparison.Ordinal));

        await _features.ProcessAsync(End);

        var call = (await _features.CallAsync()).ShouldNotBeNull();
        call.Number.E164.ShouldBe("+50688887777");
        call.Ani.ShouldBe("88887777");
        call.ContactId.ShouldBe(jose.ContactId);
    }

    [Theory]
    [InlineData("ep-1")]
    [InlineData("ep-2")]
    [InlineData("")]
    public async Task A_Forwarded_Leg_Does_Not_Tell_Who_A_Hidden_Caller_Is(string endpoint)
    {
        var jose = await _features.AddContactAsync("José", "8888-7777");
        await _features.AddContactAsync("La oficina", "4000-1000");
        await _features.AddContactAsync("La sucursal", "4000-1002");
        await _features.ProcessAsync(Start.Replace("88887777", "anonymous", StringComparison.Ordinal));

        await _features.ProcessAsync($$$"""{"action":"callStart","data":{"callid":"c-1001","account_id":"8000001","endpoint_id":"{{{endpoint}}}","ani":"40001000","dnis":"40001002","type":"out","detect_time":"2026-03-02 09:15:03"}}""");

        var call = (await _features.CallAsync()).ShouldNotBeNull();
        call.Timeline.Count.ShouldBe(2);
        (call.Direction, call.Number.Kind, call.Match, call.ContactId)
            .ShouldBe((CallDirection.In, PhoneNumberKind.Private, MatchKind.Private, null));
        call.Candidates.ShouldBeEmpty();

        // The call's own direction still tells the number.
        await _features.ProcessAsync(End);
        (await _features.CallAsync()).ShouldNotBeNull().ContactId.ShouldBe(jose.ContactId);
    }

    [Fact]
    public async Task An_Internal_Call_Does_Not_Come_To_Another_Account_s_Phone_Of_That_Name()
    {
        await using var several = await Features.StartAsync("9999999");
        await several.MapAsync("ep-9", "luis", "101");

        await several.ProcessAsync(
            """{"action":"callStart","data":{"callid":"c-7","account_id":"9999999","ani":"102","dnis":"101","type":"internal"}}""");

        (await several.CallAsync("c-7", "9999999")).ShouldNotBeNull().Agents.ShouldBeEmpty();
        (await several.OpenAsync("luis")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Usernames_That_End_In_The_Same_Digits_Are_Different_Phones()
    {
        await _features.MapAsync("ep-8", "ana", "ana-88881111");
        await _features.MapAsync("ep-9", "luis", "luis-88881111");

        (await _features.Get<MappingStore>().ListForPhoneAsync("luis-88881111", CancellationToken.None))
            .ShouldHaveSingleItem().AgentId.ShouldBe("luis");
        (await _features.Get<MappingStore>().ListForPhoneAsync("88881111", CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task All_Notifications_Of_A_Call_At_Once_Lose_Nothing()
    {
        var rings = Enumerable.Range(0, 8)
            .Select(i => Start.Replace("ep-1", $"ep-{(i % 2) + 1}", StringComparison.Ordinal));

        await Task.WhenAll(rings.Append(End).Select(body => Task.Run(() => _features.ProcessAsync(body))));

        var call = (await _features.CallAsync()).ShouldNotBeNull();
        call.State.ShouldBe(CallState.Ended);
        call.Agents.Select(agent => agent.AgentId).Order().ShouldBe(["ana", "luis"]);
        call.Timeline.Count.ShouldBe(3);
        _features.Screens.Sent.Count(sent => sent is { AgentId: "ana", Message: ScreenMessage.PopUp }).ShouldBe(1);
        // Ana took it: where that was known first, it never came up at Luis's.
        _features.Screens.Sent.Count(sent => sent is { AgentId: "luis", Message: ScreenMessage.PopUp })
            .ShouldBeLessThanOrEqualTo(1);
        (await _features.OpenAsync("luis")).ShouldBeEmpty();
        (await _features.OpenAsync("ana")).ShouldHaveSingleItem();
    }

    // They have different times, and so lead to the call by different keys.
    [Fact]
    public async Task Two_First_Notifications_At_Once_Leave_No_Row_Of_The_One_That_Lost()
    {
        var other = Start.Replace("09:15:00", "09:15:02", StringComparison.Ordinal);
        other.ShouldNotBe(Start);
        var held = _features.Gate.Hold("insert calls");
        var slower = Task.Run(() => _features.ProcessAsync(other));
        await held.Reached;
        await _features.ProcessAsync(Start);
        _features.Gate.Open();
        await slower;

        var call = (await _features.CallAsync()).ShouldNotBeNull();
        call.Timeline.Count.ShouldBe(2);
        var row = (await _features.RowsAsync(StorageNames.PopUps, "ana")).ShouldHaveSingleItem();
        row.Key.ShouldStartWith(Keys.NewestFirst(call.OpenSince));
        (await _features.OpenAsync("ana")).ShouldHaveSingleItem();
        (await _features.RowsAsync(StorageNames.CallIndex, "all")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_Crash_Between_Any_Two_Writes_Is_Made_Up_For_By_The_Next_Delivery()
    {
        await _features.AddContactAsync("José Rodríguez", "8888-7777");
        for (var writes = 0; writes < 10; writes++)
        {
            var callId = $"crash-{writes}";
            var start = Start.Replace("c-1001", callId, StringComparison.Ordinal);
            _features.Meter.CrashAfter(writes);
            var crashed = await CrashesAsync(start);
            _features.Meter.Recover();

            // Whatever the crash left, readers see a whole call or none.
            (await _features.OpenAsync("ana")).ShouldAllBe(call => call.Match == MatchKind.One);

            await _features.ProcessAsync(start);
            (await _features.OpenAsync("ana")).ShouldContain(call => call.CallId == callId);
            (await ListAsync()).ShouldContain(call => call.CallId == callId);
            if (!crashed)
            {
                writes.ShouldBeGreaterThan(2, "the call should have taken some writes");
                return;
            }
        }

        throw new InvalidOperationException("A call takes more than ten writes.");
    }

    [Theory]
    [InlineData("upsert callindex")]
    [InlineData("upsert popups")]
    public async Task A_Call_Is_Not_Saved_Where_A_Row_That_Leads_To_It_Could_Not_Be_Written(string operation)
    {
        _features.Gate.Fail(operation);

        await Should.ThrowAsync<StorageException>(() => _features.ProcessAsync(Start));

        (await _features.CallAsync()).ShouldBeNull("the notification comes again, and writes the row then");
        _features.Screens.Sent.ShouldBeEmpty();
        await _features.ProcessAsync(Start);
        (await _features.OpenAsync("ana")).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("upsert callindex")]
    [InlineData("upsert popups")]
    public async Task A_Call_Is_Not_Saved_While_A_Row_That_Leads_To_It_Is_Being_Written(string operation)
    {
        var held = _features.Gate.Hold(operation);

        var processing = _features.ProcessAsync(Start);
        await held.Reached;

        // Another call comes and is saved meanwhile.
        await _features.ProcessAsync(Ring("another", "ep-2"));
        (await _features.CallAsync("another")).ShouldNotBeNull();
        (await _features.CallAsync()).ShouldBeNull();

        held.Release();
        await processing;
        (await _features.CallAsync()).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_Mistake_On_The_Way_To_The_Screens_Brings_The_Notification_Back()
    {
        _features.Screens.FailureOf = _ => new InvalidOperationException("A mistake of ours, no channel that is down.");

        var message = _features.Message(Start);
        await Should.ThrowAsync<InvalidOperationException>(() => _features.DeliverAsync(message));

        _features.Screens.FailureOf = _ => null;
        await _features.DeliverAsync(message);
        _features.Screens.Sent.ShouldHaveSingleItem().AgentId.ShouldBe("ana");
    }

    [Fact]
    public async Task A_Channel_That_Does_Not_Take_One_Agent_s_Message_Takes_The_Other_s()
    {
        _features.Screens.FailureOf = agentId => agentId == "ana" ? new ScreensException("Refused.") : null;

        await _features.ProcessAsync(Ring("group", "ep-1"));
        await _features.ProcessAsync(Ring("group", "ep-2"));

        _features.Screens.Sent.ShouldHaveSingleItem().AgentId.ShouldBe("luis");
    }

    [Fact]
    public async Task A_Call_That_An_Agent_Ignored_Is_Not_Tied_When_Its_Number_Is_Told()
    {
        await _features.AddContactAsync("José", "8888-7777");
        await _features.ProcessAsync(Start.Replace("88887777", "anonymous", StringComparison.Ordinal));
        var hidden = (await _features.CallAsync()).ShouldNotBeNull();
        await _features.DecideAsync(hidden, new AgentDecision(DecisionKind.Ignored, _features.Clock.Now, "ana"));

        await _features.ProcessAsync(End);

        var call = (await _features.CallAsync()).ShouldNotBeNull();
        call.Number.E164.ShouldBe("+50688887777");
        (call.Ignored, call.ContactId).ShouldBe((true, null));
    }

    [Fact]
    public async Task A_Call_That_An_Agent_Tied_Keeps_Its_Contact_When_Its_Number_Is_Told()
    {
        await _features.AddContactAsync("José", "8888-7777");
        var maria = await _features.AddContactAsync("María", "2222-3333");
        await _features.ProcessAsync(Start.Replace("88887777", "anonymous", StringComparison.Ordinal));
        var hidden = (await _features.CallAsync()).ShouldNotBeNull();
        await _features.DecideAsync(hidden, new AgentDecision(
            DecisionKind.ContactChosen,
            _features.Clock.Now,
            "ana",
            new Candidate(maria.ContactId, maria.Name, MatchReason.Chosen)));

        await _features.ProcessAsync(End);

        (await _features.CallAsync()).ShouldNotBeNull().ContactId.ShouldBe(maria.ContactId);
    }

    [Fact]
    public async Task A_Notification_Whose_Account_Nothing_Tells_Is_Kept_Once_However_Often_It_Is_Delivered()
    {
        await using var several = await Features.StartAsync("9999999");
        var message = several.Message(Ring("whose", "ep-9").Replace("8000001", "", StringComparison.Ordinal));

        await several.DeliverAsync(message);
        await several.DeliverAsync(message);

        var now = several.Clock.Now;
        var page = await several.Get<RefusedEventStore>()
            .ListAsync(now.AddDays(-1), now.AddDays(1), new PageRequest(10, null), CancellationToken.None);
        page.Items.ShouldHaveSingleItem().Body.ShouldNotBeNull().ShouldContain("whose");
    }

    [Fact]
    public async Task An_Unlisted_Account_Costs_Two_Operations_More()
    {
        await using var several = await Features.StartAsync("9999999");
        several.Meter.Reset();
        await several.ProcessAsync(Start.Replace("8000001", "unlisted", StringComparison.Ordinal));
        several.Meter.Operations.Take(2).ShouldBe(["query calls", "get mappings"]);
        (await several.CallAsync()).ShouldNotBeNull().Agents.ShouldHaveSingleItem().AgentId.ShouldBe("ana");

        // With one account there is nothing to ask.
        _features.Meter.Reset();
        await _features.ProcessAsync(Start.Replace("8000001", "unlisted", StringComparison.Ordinal));
        _features.Meter.Operations[0].ShouldBe("get calls");
    }

    [Fact]
    public async Task A_Phone_That_Nobody_Has_Is_Noted_Until_Somebody_Gets_It()
    {
        await _features.ProcessAsync(Start.Replace("ep-1", "ep-9", StringComparison.Ordinal));

        var mappings = _features.Get<MappingStore>();
        (await mappings.ListUnmappedAsync(CancellationToken.None)).ShouldHaveSingleItem()
            .ShouldBe(new UnmappedEndpoint("ep-9", "8000001", "40001000", _features.Clock.Now));
        (await ListAsync()).ShouldHaveSingleItem().Agents.ShouldBeEmpty();

        await _features.MapAsync("ep-9", "luis");
        await _features.ProcessAsync(End.Replace("ep-1", "ep-9", StringComparison.Ordinal));

        (await mappings.ListUnmappedAsync(CancellationToken.None)).ShouldBeEmpty();
        (await _features.OpenAsync("luis")).ShouldHaveSingleItem().State.ShouldBe(CallState.Ended);
    }

    [Theory]
    [InlineData("in", "88887777", "8000002")]
    [InlineData("in", "88887777", "4000-1002")]
    [InlineData("out", "+506 4000 1002", "88887777")]
    [InlineData("", "50640001002", "88887777")]
    public async Task Where_The_Endpoint_Is_Not_Known_The_Phone_Finds_The_Agent(string type, string ani, string dnis)
    {
        await _features.MapAsync("ep-8", "luis", dnis == "8000002" ? "8000002" : "40001002");

        await _features.ProcessAsync($$$"""{"action":"callStart","data":{"callid":"p","account_id":"8000001","endpoint_id":"","ani":"{{{ani}}}","dnis":"{{{dnis}}}","type":"{{{type}}}","detect_time":"2026-03-02 09:15:00"}}""");

        var popUp = _features.Screens.Sent.ShouldHaveSingleItem().PopUp;
        popUp.AgentId.ShouldBe("luis");
        popUp.Number.E164.ShouldBe("+50688887777");
    }

    [Fact]
    public async Task An_Internal_Call_Shows_Each_Agent_The_Other_Side()
    {
        await _features.ProcessAsync("""{"action":"callStart","data":{"callid":"i","account_id":"8000001","endpoint_id":"ep-1","ani":"ep-1","dnis":"ep-2","type":"internal","detect_time":"2026-03-02 09:15:00"}}""");

        _features.Screens.Sent.Select(sent => (sent.AgentId, sent.PopUp.Number.Display)).Order()
            .ShouldBe([("ana", "ep-2"), ("luis", "ep-1")]);
    }

    [Theory]
    [InlineData("anonymous")]
    [InlineData("Privado")]
    [InlineData("")]
    public async Task A_Hidden_Number_Is_Private(string ani)
    {
        await _features.ProcessAsync(Start.Replace("88887777", ani, StringComparison.Ordinal));

        _features.Screens.Sent.ShouldHaveSingleItem().PopUp.Match.ShouldBe(MatchKind.Private);
    }

    [Fact]
    public async Task Several_Contacts_With_The_Number_Are_All_Offered()
    {
        await _features.AddContactAsync("María Mora", "2222-3333", "8888-7777");
        await _features.AddContactAsync("Carlos Mora", "+506 8888 7777");

        await _features.ProcessAsync(Start);

        var popUp = _features.Screens.Sent.ShouldHaveSingleItem().PopUp;
        popUp.Match.ShouldBe(MatchKind.Many);
        popUp.ContactId.ShouldBeNull();
        popUp.Candidates.Select(candidate => (candidate.Name, candidate.Reason))
            .ShouldBe([("Carlos Mora", MatchReason.MainNumber), ("María Mora", MatchReason.OtherNumber)]);
    }

    [Fact]
    public async Task A_Call_Of_Long_Ago_Is_Listed_And_Opens_Nothing()
    {
        _features.Clock.Now = _features.Clock.Now.AddDays(1);

        await _features.ProcessAsync(End);

        _features.Screens.Sent.ShouldBeEmpty();
        (await _features.OpenAsync("ana")).ShouldBeEmpty();
        (await ListAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_Cost_Of_A_Call_In_Storage_Operations_Is_Known()
    {
        await _features.AddContactAsync("José Rodríguez", "8888-7777");
        var ana = (await _features.Get<AgentStore>().GetAsync("ana", CancellationToken.None)).ShouldNotBeNull();
        await _features.Get<AgentStore>().PutAsync(ana with { Team = "north" }, CancellationToken.None);
        await _features.Get<AgentDirectory>().ReadAsync(CancellationToken.None);
        // A process that is at work has marked the hour in these five minutes.
        await _features.ProcessAsync(Ring("before", "ep-2"));

        var start = await CostAsync(Start);
        var end = await CostAsync(End);

        // A message costs a send, a receipt and a deletion beside.
        const int queue = 3;
        output.WriteLine($"start: {start.Count} table + {queue} queue operations: {string.Join(", ", start)}");
        output.WriteLine($"end: {end.Count} table + {queue} queue operations: {string.Join(", ", end)}");
        start.ShouldBe(
            [
                "get calls", "get mappings", "get dials", "query contactnumbers", "get contacts",
                // Of all calls, of the agent's, of the team's, of the contact's, of the number's, and of those that go on.
                .. Enumerable.Repeat("upsert callindex", 6), "upsert popups", "insert calls",
            ],
            ignoreOrder: true);
        end.ShouldBe(
            [
                "get calls", "get callindex",
                // The outcome is missing now: the agent's row says so, for the work list.
                "upsert callindex",
                // The last call that the agent talked in, for the wallboard.
                "upsert presence",
                "replace calls", "delete callindex",
                // The missed calls of this caller, who is reached now.
                "query callindex",
            ]);
        (start.Count + end.Count + (2 * queue)).ShouldBe(26);
    }

    [Fact]
    public async Task An_Agent_With_Two_Phones_In_The_Group_Has_The_Call_On_The_One_That_Is_Answered()
    {
        await _features.MapAsync("ep-4", "ana");
        foreach (var endpoint in new[] { "ep-2", "ep-1", "ep-4" })
        {
            await _features.ProcessAsync(Ring("both", endpoint));
        }

        await _features.ProcessAsync(Ring("both", "ep-4", connectTime: "2026-03-02 09:15:10"));
        await _features.ProcessAsync(Ring("both", "ep-1", "callEnd"));

        var call = (await _features.CallAsync("both")).ShouldNotBeNull();
        call.Agents.Select(agent => agent.AgentId).ShouldBe(["luis", "ana"]);
        call.AnsweredBy().ShouldBe("ana");
        (call.IsOnPhoneOf("ana"), call.IsOnPhoneOf("luis")).ShouldBe((true, false));
        CallView.Of(call, "sofia", _features.Clock.Now)
            .ShouldSatisfyAllConditions(view => view.AgentId.ShouldBe("ana"), view => view.EndpointId.ShouldBe("ep-4"));
        (await _features.OpenAsync("luis")).ShouldBeEmpty();
        (await _features.OpenAsync("ana")).ShouldHaveSingleItem();
        _features.Screens.Sent.Where(sent => sent.AgentId == "luis").Select(sent => sent.Message)
            .ShouldContain(ScreenMessage.PopUpClosed);

        await _features.ProcessAsync(Ring("both", "ep-4", "callEnd", "2026-03-02 09:15:10"));
        (await _features.CallAsync("both")).ShouldNotBeNull().IsOnPhoneOf("ana").ShouldBeFalse();
    }

    [Fact]
    public async Task Where_Neither_Of_An_Agent_s_Two_Phones_Answered_The_Agent_Is_Free_And_Has_Missed_It()
    {
        await _features.MapAsync("ep-4", "ana");
        foreach (var action in new[] { "callStart", "callEnd" })
        {
            foreach (var endpoint in new[] { "ep-1", "ep-4" })
            {
                await _features.ProcessAsync(Ring("missed", endpoint, action));
                (await _features.CallAsync("missed"))!.IsOnPhoneOf("ana")
                    .ShouldBe(action == "callStart" || endpoint == "ep-1");
            }
        }

        (await _features.OpenAsync("ana")).ShouldHaveSingleItem().State.ShouldBe(CallState.Ended);
    }

    [Fact]
    public async Task What_Colleagues_Took_Does_Not_Hide_What_Is_Open()
    {
        await _features.ProcessAsync(Ring("own", "ep-1"));
        await _features.ProcessAsync(Ring("own", "ep-1", "callEnd"));
        for (var i = 0; i < 120; i++)
        {
            // Half of them are told by the phone that connects, half by the one that stops.
            await _features.ProcessAsync(Ring($"theirs-{i}", "ep-1"));
            await _features.ProcessAsync(
                Ring($"theirs-{i}", "ep-2", connectTime: i % 2 == 0 ? "2026-03-02 09:15:10" : ""));
            await _features.ProcessAsync(Ring($"theirs-{i}", "ep-1", "callEnd"));
        }

        (await _features.OpenAsync("ana")).ShouldHaveSingleItem().CallId.ShouldBe("own");
        // Those that surely stay with a colleague leave no row behind for whoever reconnects to read.
        var rows = await _features.Get<ITables>()[StorageNames.PopUps]
            .ReadAsync(new RowRange("ana") { Take = 500 }, CancellationToken.None);
        rows.Count.ShouldBe(1 + 60);
    }

    [Fact]
    public async Task A_Call_That_A_Colleague_Took_And_That_Comes_Back_Opens_Again()
    {
        await _features.ProcessAsync(Ring("group", "ep-1"));
        await _features.ProcessAsync(Ring("group", "ep-2"));
        await _features.ProcessAsync(Ring("group", "ep-2", connectTime: "2026-03-02 09:15:10"));
        (await _features.OpenAsync("ana")).ShouldBeEmpty();
        (await _features.RowsAsync(StorageNames.PopUps, "ana")).ShouldBeEmpty();

        await _features.ProcessAsync(Ring("group", "ep-1").Replace("09:15:00", "09:15:40", StringComparison.Ordinal));

        (await _features.OpenAsync("ana")).ShouldHaveSingleItem().CallId.ShouldBe("group");
        _features.Screens.Sent.Last(sent => sent.AgentId == "ana").Message.ShouldBe(ScreenMessage.PopUp);
    }

    [Fact]
    public async Task A_Page_That_Is_Filled_Up_Behind_A_Row_That_Leads_Nowhere_Has_A_Next_One()
    {
        foreach (var callId in new[] { "a", "b", "c" })
        {
            await _features.ProcessAsync(Ring(callId, "ep-1"));
        }

        var call = (await _features.CallAsync("a")).ShouldNotBeNull();
        var lost = call with { CallId = "lost", IndexedAt = call.IndexedAt.AddSeconds(1) };
        var row = _features.Get<PopUpStore>().RowsOf(lost, null).ShouldHaveSingleItem();
        await _features.Get<ITables>()[row.Table].UpsertAsync(row.Row, CancellationToken.None);

        var first = await ListAsync(null);
        PageToken.TryParse(first.Next.ShouldNotBeNull(), out var after).ShouldBeTrue();
        var second = await ListAsync(after);

        first.Items.Concat(second.Items).Select(each => each.CallId).ShouldBe(["a", "b", "c"]);
        (first.Items.Count, second.Next).ShouldBe((2, null));

        Task<Page<Call>> ListAsync(PageToken? from) =>
            _features.Get<PopUpStore>().ListAsync("ana", new PageRequest(2, from), CancellationToken.None);
    }

    [Fact]
    public async Task Rows_That_Lead_To_No_Open_Call_Do_Not_Hide_An_Open_One()
    {
        await _features.ProcessAsync(Ring("own", "ep-1"));
        var call = (await _features.CallAsync("own")).ShouldNotBeNull();
        // Newer rows, more than a page of them, whose calls a crash kept from being saved.
        for (var i = 1; i <= 230; i++)
        {
            var lost = call with { CallId = $"lost-{i}", IndexedAt = call.IndexedAt.AddSeconds(i) };
            var row = _features.Get<PopUpStore>().RowsOf(lost, null).ShouldHaveSingleItem();
            await _features.Get<ITables>()[row.Table].UpsertAsync(row.Row, CancellationToken.None);
        }

        (await _features.OpenAsync("ana")).ShouldHaveSingleItem().CallId.ShouldBe("own");
    }

    [Fact]
    public async Task Each_Phone_Of_A_Group_That_Nobody_Has_Is_Noted()
    {
        foreach (var endpoint in new[] { "ep-1", "ep-8", "ep-9", "ep-9" })
        {
            await _features.ProcessAsync(Ring("group", endpoint));
        }

        (await _features.Get<MappingStore>().ListUnmappedAsync(CancellationToken.None))
            .Select(unmapped => unmapped.EndpointId).Order().ShouldBe(["ep-8", "ep-9"]);
    }

    [Theory]
    [InlineData("own")]
    [InlineData("contact")]
    public async Task A_Leg_Whose_First_Try_Got_No_Further_Than_Its_Claim_Is_Known_By_The_Next(string broken)
    {
        var number = "88887777";
        await _features.Get<DialStore>().SaveAsync(
            "ana",
            new AgentDials { Recent = [new DialIntent { DialId = "d", EndpointId = "ep-1", Account = "8000001", Number = "+50688887777", Order = DialOrder.AgentFirst, RequestedAt = _features.Clock.Now }] },
            null,
            CancellationToken.None);
        var legs = new Dictionary<string, string>
        {
            ["own"] = $$$"""{"action":"callStart","data":{"callid":"own","account_id":"8000001","endpoint_id":"ep-1","ani":"{{{number}}}","dnis":"ep-1","type":"in","detect_time":"2026-03-02 09:15:01","connect_time":"2026-03-02 09:15:05"}}""",
            ["contact"] = $$$"""{"action":"callStart","data":{"callid":"contact","account_id":"8000001","endpoint_id":"ep-1","ani":"ep-1","dnis":"{{{number}}}","type":"out","detect_time":"2026-03-02 09:15:05"}}""",
        };
        var parsed = CallEventReader.Read(System.Text.Encoding.UTF8.GetBytes(legs[broken])).Event.ShouldNotBeNull();
        (await _features.Get<DialIntents>().ClaimAsync(
            parsed,
            [new CallAgent("ana", "ep-1")],
            _features.Get<Accounts>().Find("8000001"),
            _features.Clock.Now,
            beganAt: null,
            CancellationToken.None)).ShouldNotBeNull();

        await _features.ProcessAsync(legs[broken == "own" ? "contact" : "own"]);
        await _features.ProcessAsync(legs[broken]);

        var call = (await _features.CallAsync(broken)).ShouldNotBeNull();
        call.Legs.ShouldNotBeNull().Select(leg => (leg.CallId, leg.IsContact))
            .ShouldBe([("contact", true), ("own", false)], ignoreOrder: true);
        // That the agent has answered is not yet the call.
        call.State.ShouldBe(CallState.Ringing);
    }

    private static string At(string detectTime, string body) =>
        body.Replace(
            "\"detect_time\":\"2026-03-02 09:15:00\"",
            $"\"detect_time\":\"{detectTime}\"",
            StringComparison.Ordinal);

    private static string Ring(string callId, string endpoint, string action = "callStart", string connectTime = "") =>
        $$$"""{"action":"{{{action}}}","data":{"callid":"{{{callId}}}","account_id":"8000001","endpoint_id":"{{{endpoint}}}","ani":"88887777","dnis":"40001000","type":"in","detect_time":"2026-03-02 09:15:00","connect_time":"{{{connectTime}}}"}}""";

    private async Task<IReadOnlyList<string>> CostAsync(string body)
    {
        _features.Meter.Reset();
        await _features.ProcessAsync(body);
        return _features.Meter.Operations;
    }

    private async Task<bool> CrashesAsync(string body)
    {
        try
        {
            await _features.ProcessAsync(body);
            return false;
        }
        catch (CrashException)
        {
            return true;
        }
    }

    private async Task<IReadOnlyList<Call>> ListAsync() =>
        (await _features.ListAsync(VisibleCalls.All("admin"))).Items;
}
