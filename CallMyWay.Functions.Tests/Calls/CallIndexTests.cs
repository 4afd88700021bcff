using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Desk;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Calls;

/// <summary>What lists find, while the calls change.</summary>
public sealed class CallIndexTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private const string DetectTime = "2026-03-02 09:15:00";

    private static readonly VisibleCalls Admin = VisibleCalls.All("admin");

    private static readonly VisibleCalls North = VisibleCalls.OfTeam("boss", "north");

    private Features _features = null!;

    public async Task InitializeAsync()
    {
        _features = await Features.StartAsync();
        var ana = (await _features.Get<AgentStore>().GetAsync("ana", None)).ShouldNotBeNull();
        await _features.Get<AgentStore>().PutAsync(ana with { Team = "north" }, None);
    }

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task A_Call_Goes_On_Until_Its_End_And_Is_Missed_Where_Nobody_Took_It()
    {
        await NotifyAsync("taken", "ep-1");
        await NotifyAsync("missed", "ep-1");
        await NotifyAsync("taken", "ep-1", connectTime: "2026-03-02 09:15:05");
        await NotifyAsync("of-luis", "ep-2");
        (await IdsAsync(Admin, Live)).ShouldBe(["missed", "of-luis", "taken"]);
        (await IdsAsync(North, Live)).ShouldBe(["missed", "taken"]);
        (await IdsAsync(VisibleCalls.Own("luis"), Live)).ShouldBe(["of-luis"]);
        (await IdsAsync(Admin, filter => filter with { State = CallState.Connected })).ShouldBe(["taken"]);
        (await IdsAsync(North, filter => filter with { State = CallState.Ringing })).ShouldBe(["missed"]);
        (await IdsAsync(Admin, Missed)).ShouldBeEmpty();

        foreach (var callId in new[] { "missed", "taken", "of-luis" })
        {
            await NotifyAsync(callId, callId == "of-luis" ? "ep-2" : "ep-1", "callEnd");
        }

        (await IdsAsync(Admin, Live)).ShouldBeEmpty();
        (await _features.RowsAsync(StorageNames.CallIndex, "live")).ShouldBeEmpty();
        // The caller of the first was reached by the second.
        (await IdsAsync(Admin, Missed)).ShouldBe(["of-luis"]);
        (await IdsAsync(North, Missed)).ShouldBeEmpty();
        (await _features.CallAsync("missed")).ShouldNotBeNull().Returned.ShouldNotBeNull().CallId.ShouldBe("taken");
        (await IdsAsync(VisibleCalls.Own("luis"), Missed)).ShouldBe(["of-luis"]);
        (await IdsAsync(North, filter => filter with { State = CallState.Ended })).ShouldBe(["missed", "taken"]);
    }

    [Fact]
    public async Task A_Missed_Call_Is_Marked_By_The_Message_That_Comes_Again_If_The_First_Try_Broke_Off()
    {
        await NotifyAsync("missed", "ep-1");
        await NotifyAsync("missed", "ep-1", "callEnd");
        await NotifyAsync("talk", "ep-1", connectTime: "2026-03-02 09:20:05", detectTime: "2026-03-02 09:20:00");
        _features.Clock.Now += TimeSpan.FromTicks(1);
        var end = _features.Message(Text(
            "talk", "ep-1", "callEnd", "2026-03-02 09:20:05", "2026-03-02 09:20:00"));
        _features.Meter.CrashAt("query callindex");
        await Should.ThrowAsync<CrashException>(() => _features.DeliverAsync(end));
        _features.Meter.Recover();
        (await IdsAsync(Admin, Missed)).ShouldBe(["missed"]);

        await _features.DeliverAsync(end);

        (await IdsAsync(Admin, Missed)).ShouldBeEmpty();
        (await IdsAsync(Admin, filter => filter with { WasMissed = true })).ShouldBe(["missed"]);
        foreach (var partition in new[] { "missed~agent~ana", "missed~team~north", "missed", "number~88887777" })
        {
            (await _features.RowsAsync(StorageNames.CallIndex, partition))
                .ShouldAllBe(row => row.Text("open") == null, partition);
        }

        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task What_Is_Told_Of_The_Connection_After_The_End_Takes_The_Call_Out_Of_The_Missed()
    {
        await NotifyAsync("late", "ep-1");
        await NotifyAsync("late", "ep-1", "callEnd");
        (await IdsAsync(North, Missed)).ShouldBe(["late"]);

        await NotifyAsync("late", "ep-1", connectTime: "2026-03-02 09:15:05");

        (await IdsAsync(North, Missed)).ShouldBeEmpty();
        foreach (var partition in new[] { "missed", "missed~agent~ana", "missed~team~north" })
        {
            (await _features.RowsAsync(StorageNames.CallIndex, partition)).ShouldBeEmpty(partition);
        }
    }

    [Fact]
    public async Task A_Call_That_Is_Tied_To_Another_Contact_Leaves_The_File_Of_The_First()
    {
        var first = await _features.AddContactAsync("José Rodríguez", "8888-7777");
        var second = await _features.AddContactAsync("Carmen Mora", "2222-3333");
        await NotifyAsync("c-1", "ep-1");
        (await OfContactAsync(first.ContactId)).ShouldBe(["c-1", "c-1"]);

        await ChangeAsync("c-1", call => Decided(call, second.ContactId, "paid"));

        (await OfContactAsync(first.ContactId)).ShouldBeEmpty();
        (await OfContactAsync(second.ContactId)).ShouldBe(["c-1", "c-1"]);
        (await IdsAsync(Admin, filter => filter with { Outcome = "paid" })).ShouldBe(["c-1"]);
        _features.Meter.Reset();
        await IdsAsync(Admin, filter => filter with { ContactId = first.ContactId });
        _features.Meter.Operations.ShouldBe(["query callindex"], "nothing is read to be passed over");

        await ChangeAsync("c-1", call => Decided(call, first.ContactId));
        (await OfContactAsync(first.ContactId)).ShouldBe(["c-1", "c-1"]);
        (await OfContactAsync(second.ContactId)).ShouldBeEmpty();
        (await IdsAsync(North, filter => filter with { Outcome = "paid" })).ShouldBeEmpty();
        await ShouldBeSoundAsync();

        // In the file, and among the team's calls.
        async Task<IReadOnlyList<string>> OfContactAsync(string contactId) =>
        [
            .. await IdsAsync(Admin, filter => filter with { ContactId = contactId }),
            .. await IdsAsync(North, filter => filter with { ContactId = contactId }),
        ];
    }

    [Fact]
    public async Task A_Writer_Who_Was_Slower_Leaves_No_Index_Row_Of_A_Version_That_Was_Not_Saved()
    {
        await NotifyAsync("c-1", "ep-1");
        var (entered, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var attempts = 0;
        var late = Task.Run(() => _features.Get<CallWriter>().ChangeAsync(
            async token =>
            {
                var found = await _features.CallAsync("c-1");
                if (attempts++ == 0)
                {
                    entered.SetResult();
                    await go.Task;
                }

                return found;
            },
            call => Decided(call, "late", call.Outcome ?? "unknown"),
            None));
        await entered.Task;
        await ChangeAsync("c-1", call => Decided(call, "quick", "paid"));
        go.SetResult();
        await late;

        attempts.ShouldBe(2);
        (await IdsAsync(Admin, filter => filter with { Outcome = "paid" })).ShouldBe(["c-1"]);
        (await IdsAsync(Admin, filter => filter with { Outcome = "unknown" })).ShouldBeEmpty();
        (await IdsAsync(North, filter => filter with { ContactId = "late" })).ShouldBe(["c-1"]);
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task A_Change_That_Is_Given_Up_Once_Another_Was_Faster_Leaves_The_Index_Rows_Of_The_Stored_Call()
    {
        await NotifyAsync("c-1", "ep-1");
        var attempts = 0;

        var changed = await _features.Get<CallWriter>().ChangeAsync(
            async token =>
            {
                var found = await _features.CallAsync("c-1");
                if (attempts++ > 0)
                {
                    return found!.ContactId is null ? found : null;
                }

                // Its attempt is written and refused, as somebody else chooses now.
                await ChangeAsync("c-1", call => Decided(call, "quick", "paid"));
                return found;
            },
            call => Decided(call, "late", call.Outcome),
            None);

        changed.ShouldBeNull();
        attempts.ShouldBe(2);
        (await IdsAsync(Admin, filter => filter with { ContactId = "quick" })).ShouldBe(["c-1"]);
        (await IdsAsync(North, filter => filter with { ContactId = "quick", Outcome = "paid" })).ShouldBe(["c-1"]);
        (await IdsAsync(Admin, filter => filter with { ContactId = "late" })).ShouldBeEmpty();
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task A_Change_That_Fails_Once_Its_Index_Rows_Are_Written_Is_Put_Right()
    {
        await NotifyAsync("c-1", "ep-1");
        _features.Gate.Fail("replace calls");

        await Should.ThrowAsync<StorageException>(() => ChangeAsync("c-1", call => Decided(call, null, "paid")));

        (await IdsAsync(Admin, _ => _)).ShouldBe(["c-1"]);
        foreach (var row in await _features.RowsAsync(StorageNames.CallIndex, "all"))
        {
            row.Text("outcome").ShouldBeNull("the call has none");
        }

        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task A_Message_That_Ended_Before_The_Row_Of_What_Goes_On_Was_Removed_Removes_It_When_It_Comes_Again()
    {
        await NotifyAsync("c-1", "ep-1");
        _features.Clock.Now += TimeSpan.FromTicks(1);
        var end = _features.Message(Text("c-1", "ep-1", "callEnd"));
        _features.Meter.CrashAt("delete callindex");
        await Should.ThrowAsync<CrashException>(() => _features.DeliverAsync(end));
        _features.Meter.Recover();
        (await IdsAsync(Admin, Live)).ShouldBeEmpty("the call itself says that it is over");
        (await _features.RowsAsync(StorageNames.CallIndex, "live")).ShouldNotBeEmpty();

        await _features.DeliverAsync(end);

        (await _features.RowsAsync(StorageNames.CallIndex, "live")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Call_That_Rings_Again_Stays_In_The_List_Of_What_Goes_On_Though_Its_End_Is_Cleaned_Up_Late()
    {
        await NotifyAsync("c-1", "ep-1");
        var held = _features.Gate.Hold("delete callindex");
        var end = Task.Run(() => NotifyAsync("c-1", "ep-1", "callEnd"));
        await held.Reached;

        await NotifyAsync("c-1", "ep-2");
        (await _features.CallAsync("c-1")).ShouldNotBeNull().State.ShouldBe(CallState.Ringing);
        held.Release();
        await end;

        (await IdsAsync(Admin, Live)).ShouldBe(["c-1"]);
        (await IdsAsync(Admin, Missed)).ShouldBeEmpty();
        await NotifyAsync("c-1", "ep-2", "callEnd");
        (await IdsAsync(Admin, Live)).ShouldBeEmpty();
        (await IdsAsync(Admin, Missed)).ShouldBe(["c-1"]);
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task A_Call_That_Is_Missed_Again_Stays_Among_The_Missed_Though_It_Was_Cleaned_Up_Late()
    {
        await NotifyAsync("c-1", "ep-1");
        await NotifyAsync("c-1", "ep-1", "callEnd");
        var held = _features.Gate.Hold("delete callindex");
        var rings = Task.Run(() => NotifyAsync("c-1", "ep-2"));
        await held.Reached;

        await NotifyAsync("c-1", "ep-2", "callEnd");
        held.Release();
        await rings;

        (await IdsAsync(Admin, Missed)).ShouldBe(["c-1"]);
        (await IdsAsync(North, Missed)).ShouldBe(["c-1"]);
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task A_Clean_Up_That_Fails_Does_Not_Bring_The_Notification_Back()
    {
        await NotifyAsync("c-1", "ep-1");
        _features.Gate.Fail("delete callindex");

        await NotifyAsync("c-1", "ep-1", "callEnd");

        (await IdsAsync(Admin, Live)).ShouldBeEmpty();
        (await IdsAsync(Admin, Missed)).ShouldBe(["c-1"]);
    }

    [Fact]
    public async Task A_Call_Of_Nobody_Has_The_Same_Rows_However_Many_Teams_There_Are_And_Loses_Them_To_Its_Agent()
    {
        for (var team = 0; team < 60; team++)
        {
            await _features.Get<AgentStore>().PutAsync(
                new Agent
                {
                    AgentId = $"agent-{team}",
                    Name = "Agent",
                    SignInName = $"agent-{team}",
                    Roles = [Role.Agent],
                    Team = $"team-{team}",
                },
                None);
        }

        VisibleCalls[] supervisors =
            [North, .. Enumerable.Range(0, 60).Select(team => VisibleCalls.OfTeam("boss", $"team-{team}"))];
        _features.Meter.Reset();
        await NotifyAsync("of-nobody", "queue-7");
        _features.Meter.Operations.Count(operation => operation == "upsert callindex").ShouldBe(4);
        await NotifyAsync("of-north", "ep-1", detectTime: "2026-03-02 09:15:01");
        await NotifyAsync("of-luis", "ep-2", detectTime: "2026-03-02 09:15:02");
        foreach (var supervisor in supervisors)
        {
            string[] expected = supervisor == North ? ["of-nobody", "of-north"] : ["of-nobody"];
            (await IdsAsync(supervisor, Live)).ShouldBe(expected);
            (await IdsAsync(supervisor, _ => _)).ShouldBe(expected);
        }

        (await IdsAsync(VisibleCalls.Own("ana"), _ => _)).ShouldBe(["of-north"]);
        _features.Meter.Reset();
        await NotifyAsync("of-nobody", "queue-7", "callEnd");
        _features.Meter.Operations.Count(operation => operation == "upsert callindex").ShouldBe(3);
        foreach (var supervisor in supervisors)
        {
            (await IdsAsync(supervisor, Missed)).ShouldBe(["of-nobody"]);
        }

        // The next phone of the queue is Luis's, who is in no team.
        await NotifyAsync("of-nobody", "ep-2");

        await NotifyAsync("of-nobody", "ep-2", "callEnd");
        foreach (var supervisor in supervisors)
        {
            (await IdsAsync(supervisor, Missed)).ShouldBeEmpty();
            (await IdsAsync(supervisor, _ => _)).ShouldBe(supervisor == North ? ["of-north"] : []);
        }

        (await IdsAsync(Admin, Missed)).ShouldBe(["of-nobody"]);
        foreach (var partition in new[] { "nobody", "missed~nobody" })
        {
            (await _features.RowsAsync(StorageNames.CallIndex, partition)).ShouldBeEmpty(partition);
        }

        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task A_Team_s_Pages_Have_Its_Calls_And_Those_Of_Nobody_In_One_Order()
    {
        var random = new Random(7);
        var expected = new List<string>();
        for (var i = 0; i < 40; i++)
        {
            // Some stretches are of one kind alone.
            var isOfNobody = i is >= 10 and < 20 || (i is < 10 or >= 30 && random.Next(2) == 0);
            await NotifyAsync(
                $"c-{i:D2}", isOfNobody ? "queue-7" : "ep-1", detectTime: $"2026-03-02 09:{i / 4:D2}:{i % 4:D2}");
            expected.Insert(0, $"c-{i:D2}");
        }

        foreach (var take in new[] { 1, 3, 7, 40 })
        {
            var found = new List<string>();
            string? next = null;
            do
            {
                _features.Meter.Reset();
                var page = await _features.ListAsync(North, take: take, next: next);
                found.AddRange(page.Items.Select(call => call.CallId));
                next = page.Next;
                _features.Meter.Operations.CountBy(operation => operation).ShouldBe(
                    [new("query callindex", 2), new("get calls", page.Items.Count)], ignoreOrder: true);
            }
            while (next is not null);

            found.ShouldBe(expected, $"{take} at a time");
        }
    }

    [Fact]
    public async Task What_Is_Dismissed_Is_Read_By_No_List_That_Is_Without_It()
    {
        var luis = (await _features.Get<AgentStore>().GetAsync("luis", None)).ShouldNotBeNull();
        await _features.Get<AgentStore>().PutAsync(luis with { Team = "north" }, None);
        foreach (var (callId, kind, agentId) in new[]
        {
            ("own", DecisionKind.Dismissed, "ana"),
            ("all", DecisionKind.DismissedForAll, "boss"),
        })
        {
            foreach (var endpoint in new[] { "ep-1", "ep-2" })
            {
                await NotifyAsync(callId, endpoint);
            }

            await ChangeAsync(callId, call => call.Facts.With(new AgentDecision(kind, _features.Clock.Now, agentId)));
        }

        var (ana, ofLuis) = (VisibleCalls.Own("ana"), VisibleCalls.Own("luis"));
        await AreReadAsync(Live, (ana, []), (ofLuis, ["own"]), (North, ["own"]), (Admin, ["own"]));
        // It goes on all the same.
        await AreReadAsync(
            filter => filter with { State = CallState.Ringing },
            (ana, ["all", "own"]),
            (North, ["all", "own"]),
            (Admin, ["all", "own"]));
        foreach (var callId in new[] { "own", "all" })
        {
            await NotifyAsync(callId, "ep-1", "callEnd");
            await NotifyAsync(callId, "ep-2", "callEnd");
        }

        await AreReadAsync(Missed, (ana, []), (ofLuis, ["own"]), (North, ["own"]), (Admin, ["own"]));
        await AreReadAsync(_ => _, (ana, ["all", "own"]), (North, ["all", "own"]));

        // It comes to her again, and she misses it.
        await NotifyAsync("own", "ep-1", detectTime: "2026-03-02 09:15:30");
        await AreReadAsync(Live, (ana, ["own"]));
        await NotifyAsync("own", "ep-1", "callEnd", detectTime: "2026-03-02 09:15:30");
        await AreReadAsync(Missed, (ana, ["own"]), (North, ["own"]));
        await ShouldBeSoundAsync();

        // A dismissal after the end takes it off the lists of what is to be done. It was missed all the same.
        await ChangeAsync("own", call => call.Facts.With(
            new AgentDecision(DecisionKind.DismissedForAll, _features.Clock.Now, "boss")));
        foreach (var partition in new[] { "missed", "missed~agent~ana", "missed~agent~luis", "missed~team~north" })
        {
            (await _features.RowsAsync(StorageNames.CallIndex, partition))
                .ShouldAllBe(row => row.Text("open") == null, partition);
        }

        await AreReadAsync(Missed, (ana, []), (ofLuis, []), (North, []), (Admin, []));
        string[] both = ["all", "own"];
        await AreReadAsync(
            filter => filter with { WasMissed = true }, (ana, both), (ofLuis, both), (North, both), (Admin, both));

        async Task AreReadAsync(
            Func<CallFilter, CallFilter> narrow, params (VisibleCalls Viewer, string[] Expected)[] lists)
        {
            foreach (var (viewer, expected) in lists)
            {
                _features.Meter.Reset();
                (await IdsAsync(viewer, narrow)).ShouldBe(expected, viewer.AgentId);
                _features.Meter.Operations.Count(operation => operation == "get calls")
                    .ShouldBe(expected.Length, viewer.AgentId);
            }
        }
    }

    [Fact]
    public async Task A_List_By_State_Has_What_Is_Shown_In_That_State()
    {
        await NotifyAsync("untold", "ep-1");
        await StatesAreAsync(("ringing", ["untold"]), ("connected", []), ("ended", []));
        _features.Clock.Now += TimeSpan.FromMinutes(2);
        // Its answer is not told: it goes on.
        await StatesAreAsync(("ringing", []), ("connected", ["untold"]), ("ended", []));
        await NotifyAsync("talks", "ep-2", connectTime: "2026-03-02 09:17:00", detectTime: "2026-03-02 09:16:50");
        await NotifyAsync("rings", "ep-2", detectTime: "2026-03-02 09:17:01");
        await StatesAreAsync(("ringing", ["rings"]), ("connected", ["talks", "untold"]), ("ended", []));

        _features.Clock.Now += Call.Longest;

        await StatesAreAsync(("ringing", []), ("connected", []), ("ended", ["rings", "talks", "untold"]));
        var popUp = (await _features.OpenAsync("luis")).Single(call => call.CallId == "talks");
        PopUp.Of(popUp, popUp.AgentOf("luis")!).At(_features.Clock.Now).State.ShouldBe(CallState.Ended);

        async Task StatesAreAsync(params (string State, string[] CallIds)[] lists)
        {
            var now = _features.Clock.Now;
            foreach (var (name, callIds) in lists)
            {
                var state = Enum.Parse<CallState>(name, ignoreCase: true);
                var page = await _features.ListAsync(Admin, filter => filter with { State = state, Now = now });
                page.Items.Select(call => call.CallId).Order(StringComparer.Ordinal)
                    .ShouldBe(callIds);
                page.Items.Select(call => CallView.Of(call, "admin", now).State).ShouldAllBe(shown => shown == state);
            }
        }
    }

    [Fact]
    public async Task A_Filter_Over_A_Long_Time_Comes_In_Pages_Of_Two_Months()
    {
        var call = await ShiftedAsync("new", TimeSpan.Zero);
        await ShiftedAsync("old", TimeSpan.FromDays(150));
        var pages = new List<IEnumerable<string>>();
        string? next = null;
        do
        {
            _features.Meter.Reset();
            var page = await _features.ListAsync(
                Admin,
                filter => filter with { From = filter.To.AddDays(-200), Direction = call.Direction },
                next: next);
            _features.Meter.Operations.Count(operation => operation == "query callindex").ShouldBe(1);
            pages.Add(page.Items.Select(item => item.CallId));
            next = page.Next;
        }
        while (next is not null);

        pages.SelectMany(page => page).ShouldBe(["new", "old"]);
        pages.Count.ShouldBe(4);
        var all = await _features.ListAsync(Admin, filter => filter with { From = filter.To.AddDays(-200) });
        (all.Items.Count, all.Next).ShouldBe((2, null));
    }

    [Fact]
    public async Task Writers_At_Once_Leave_The_Index_Of_The_Call_That_Is_Stored()
    {
        for (var round = 0; round < 20; round++)
        {
            var callId = $"c-{round}";
            await NotifyAsync(callId, "ep-1");
            await Task.WhenAll(
                Task.Run(() => NotifyAsync(callId, "ep-1", "callEnd", "2026-03-02 09:15:05")),
                Task.Run(() => NotifyAsync(callId, "ep-2")),
                Task.Run(() => ChangeAsync(callId, call => Decided(call, "one", "paid"))),
                Task.Run(() => ChangeAsync(callId, call => Decided(call, "two", call.Outcome))));
        }

        await ShouldBeSoundAsync();
        (await _features.RowsAsync(StorageNames.CallIndex, "live")).ShouldBeEmpty();
        (await IdsAsync(Admin, filter => filter with { Outcome = "paid" })).Count.ShouldBe(20);
    }

    [Theory]
    [InlineData("8888-7777", "in", "in-foreign", "out")]
    [InlineData("+50688887777", "in", "in-foreign", "out")]
    [InlineData("4000-1000", "in", "in-foreign")]
    [InlineData("+13058887777")]
    [InlineData("anonymous")]
    public async Task A_Number_Is_Found_However_The_Call_Has_It(string number, params string[] expected)
    {
        await _features.ProcessAsync(Text("in", "ep-1"));
        await _features.ProcessAsync(With("in-foreign", "0050688887777"));
        await _features.ProcessAsync(Text("out", "ep-1")
            .Replace("\"40001000\"", "\"88887777\"", StringComparison.Ordinal)
            .Replace("\"ani\":\"88887777\"", "\"ani\":\"ep-1\"", StringComparison.Ordinal)
            .Replace("\"in\"", "\"out\"", StringComparison.Ordinal));
        // The same last eight digits, and another number: 34 is Spain, where numbers have nine.
        await _features.ProcessAsync(With("spain", "+34688887777"));
        await _features.ProcessAsync(With("hidden", "anonymous"));
        var parsed = _features.Get<PhoneNumberParser>().ParseCaller(number);

        _features.Meter.Reset();
        var found = await IdsAsync(Admin, filter => filter with { Number = parsed });

        if (number == "4000-1000")
        {
            expected = [.. expected, "hidden", "spain"];
        }

        found.ShouldBe(expected.Order());
        _features.Meter.Operations.Count(operation => operation == "get calls").ShouldBe(expected.Length);

        static string With(string callId, string ani) =>
            Text(callId, "ep-1").Replace("88887777", ani, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Number_Is_Found_In_Its_Own_Rows_By_Whoever_May_See_Its_Calls()
    {
        await NotifyAsync("of-ana", "ep-1");
        await NotifyAsync("of-luis", "ep-2", detectTime: "2026-03-02 09:15:01");
        await NotifyAsync("of-both", "ep-1", detectTime: "2026-03-02 09:15:02");
        await NotifyAsync("of-both", "ep-2", detectTime: "2026-03-02 09:15:02");
        await NotifyAsync("of-nobody", "queue-7", detectTime: "2026-03-02 09:15:03");
        var number = _features.Get<PhoneNumberParser>().ParseCaller("8888 7777");
        foreach (var (viewer, agent, expected) in new (VisibleCalls, string?, string[])[]
        {
            (Admin, null, ["of-ana", "of-both", "of-luis", "of-nobody"]),
            (Admin, "luis", ["of-both", "of-luis"]),
            (North, null, ["of-ana", "of-both", "of-nobody"]),
            (North, "ana", ["of-ana", "of-both"]),
            (VisibleCalls.Own("luis"), null, ["of-both", "of-luis"]),
            (VisibleCalls.Own("eva"), null, []),
        })
        {
            _features.Meter.Reset();
            (await IdsAsync(viewer, filter => filter with { Number = number, AgentId = agent })).ShouldBe(expected);
            _features.Meter.Operations.Where(operation => !operation.EndsWith(" mappings", StringComparison.Ordinal))
                .CountBy(operation => operation).ToDictionary()
                .ShouldBe(
                    new Dictionary<string, int> { ["query callindex"] = expected.Length == 0 ? 2 : 1 }
                        .Concat(expected.Length == 0 ? [] : [new("get calls", expected.Length)]),
                    ignoreOrder: true);
        }
    }

    [Fact]
    public async Task A_Phone_Of_The_Office_Is_Found_On_Its_Own_Side_Of_The_Calls()
    {
        await _features.MapAsync("40001000", "ana");
        await NotifyAsync("comes-in", "ep-1");
        // An agent calls the office's own line from outside the house.
        await _features.ProcessAsync(Text("goes-out", "ep-2", detectTime: "2026-03-02 09:16:00")
            .Replace("\"ani\":\"88887777\"", "\"ani\":\"ep-2\"", StringComparison.Ordinal)
            .Replace("\"in\"", "\"out\"", StringComparison.Ordinal));
        var number = _features.Get<PhoneNumberParser>().ParseCaller("4000-1000");

        (await IdsAsync(Admin, filter => filter with { Number = number })).ShouldBe(["comes-in", "goes-out"]);
    }

    [Fact]
    public async Task Each_Column_Is_Filtered_By()
    {
        await NotifyAsync("plain", "ep-1");
        await NotifyAsync("tied", "ep-1");
        await NotifyAsync("to-do", "ep-2");
        await NotifyAsync("talked", "ep-2", "callEnd", "2026-03-02 09:15:05");
        await ChangeAsync("tied", call => Decided(call, "jose"));
        var action = new NextAction("to-do~8000001", NextActionKind.FollowUp, _features.Clock.Now, "luis");
        await ChangeAsync("to-do", call => call.Facts.With(action.Id, action.Kind, action));
        var promise = action with { Id = "plain~8000001", Kind = NextActionKind.Promise };
        await ChangeAsync("plain", call => call.Facts.With(promise.Id, promise.Kind, promise));

        (await IdsAsync(Admin, filter => filter with { IsFollowUpOpen = true })).ShouldBe(["to-do"]);
        (await IdsAsync(Admin, filter => filter with { IsTied = true })).ShouldBe(["tied"]);
        (await IdsAsync(North, filter => filter with { IsTied = false })).ShouldBe(["plain"]);
        (await IdsAsync(Admin, filter => filter with { IsAnswered = true })).ShouldBe(["talked"]);
        (await IdsAsync(Admin, filter => filter with { TeamId = "north" })).ShouldBe(["plain", "tied"]);
        (await IdsAsync(Admin, filter => filter with { TeamId = "north", AgentId = "luis" })).ShouldBeEmpty();
        var page = await _features.ListAsync(Admin);
        page.Items.Single(call => call.CallId == "to-do").NextAction.ShouldBe(action);
        await ChangeAsync("to-do", call => call.Facts.With(action.Id, action.Kind, null));
        (await IdsAsync(Admin, filter => filter with { IsFollowUpOpen = true })).ShouldBeEmpty();
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task A_Page_Says_How_Far_It_Has_Looked_Where_It_Is_Not_Full()
    {
        var call = await ShiftedAsync("new", TimeSpan.Zero);
        await ShiftedAsync("old", TimeSpan.FromDays(100));
        var page = await _features.ListAsync(
            Admin, filter => filter with { From = filter.To.AddDays(-200), Direction = call.Direction });

        page.Items.ShouldHaveSingleItem();
        page.Next.ShouldNotBeNull();
        page.LookedUntil.ShouldBe(_features.Clock.Now.AddDays(1).AddTicks(-1).AddDays(-62));
        var rest = await _features.ListAsync(
            Admin, filter => filter with { From = filter.To.AddDays(-200), Direction = call.Direction }, next: page.Next);
        rest.Items.ShouldHaveSingleItem().CallId.ShouldBe("old");
        var full = await _features.ListAsync(Admin, filter => filter with { From = filter.To.AddDays(-200) }, take: 1);
        (full.Items.Count, full.LookedUntil).ShouldBe((1, null));
    }

    [Fact]
    public async Task A_Page_Looks_Through_So_Many_Rows_And_The_Next_Goes_On()
    {
        for (var i = 0; i < 25; i++)
        {
            await NotifyAsync($"c-{i:D2}", "ep-1", detectTime: $"2026-03-02 09:10:{i:D2}");
        }

        await ChangeAsync("c-03", call => Decided(call, null, "paid"));
        _features.Get<CallIndex>().MostLooked = 10;
        var pages = new List<CallPage>();
        for (string? next = null; next is not null || pages.Count == 0; next = pages[^1].Next)
        {
            _features.Meter.Reset();
            pages.Add(await _features.ListAsync(Admin, filter => filter with { Outcome = "paid" }, next: next));
            _features.Meter.Operations.Count(operation => operation == "query callindex").ShouldBe(1);
        }

        pages.Select(page => string.Concat(page.Items.Select(call => call.CallId))).ShouldBe(["", "", "c-03"]);
        // The tenth from the newest, and the twentieth; then all are looked through.
        var began = new DateTimeOffset(2026, 3, 2, 15, 10, 0, TimeSpan.Zero);
        pages.Select(page => page.LookedUntil).ShouldBe([began.AddSeconds(15), began.AddSeconds(5), null]);
    }

    [Fact]
    public async Task A_Token_Of_Another_Team_Begins_At_The_Newest()
    {
        await NotifyAsync("first", "ep-1");
        await NotifyAsync("second", "ep-1", detectTime: "2026-03-02 09:16:00");
        await NotifyAsync("of-nobody", "queue-7", detectTime: "2026-03-02 09:17:00");
        var page = await _features.ListAsync(North, take: 1);

        // The supervisor's team changes while the page is open.
        var south = await _features.ListAsync(VisibleCalls.OfTeam("boss", "south"), take: 1, next: page.Next);

        south.Items.ShouldHaveSingleItem().CallId.ShouldBe("of-nobody");
        (south.Next, south.Previous).ShouldBe((null, null));
    }

    [Fact]
    public async Task Pages_Are_The_Same_On_The_Way_Back_Though_Newer_Calls_Came()
    {
        for (var i = 0; i < 80; i++)
        {
            // Several of one second.
            await NotifyAsync($"c-{i:D2}", "ep-1", detectTime: $"2026-03-02 09:10:{i / 3:D2}");
        }

        var pages = new List<CallPage>();
        for (string? next = null; next is not null || pages.Count == 0; next = pages[^1].Next)
        {
            pages.Add(await _features.ListAsync(North, take: 2, next: next));
            await NotifyAsync($"new-{pages.Count}", "ep-1", detectTime: $"2026-03-02 09:{pages.Count + 10}:00");
        }

        pages.Count.ShouldBe(40);
        pages[0].Previous.ShouldBeNull();
        var back = pages[^1];
        var ways = 0;
        for (var place = pages.Count - 2; back.Previous is not null; place--, ways++)
        {
            back = await _features.ListAsync(North, take: 2, next: back.Previous);
            back.Items.Select(call => call.CallId).ShouldBe(pages[place].Items.Select(call => call.CallId));
            var forth = await _features.ListAsync(North, take: 2, next: back.Next.ShouldNotBeNull());
            forth.Items.Select(call => call.CallId).ShouldBe(pages[place + 1].Items.Select(call => call.CallId));
        }

        // The oldest of the way is forgotten.
        ways.ShouldBe(PageToken.MostBack);
        var second = await _features.ListAsync(North, take: 2, next: pages[1].Previous);
        second.Items.Select(call => call.CallId).ShouldBe(pages[0].Items.Select(call => call.CallId));
        second.Previous.ShouldBeNull();
    }

    [Fact]
    public async Task A_Page_Goes_On_Where_It_Ended_Though_Newer_Calls_Came()
    {
        for (var i = 0; i < 5; i++)
        {
            await NotifyAsync($"old-{i}", "ep-1", detectTime: $"2026-03-02 09:10:0{i}");
        }

        var first = await _features.ListAsync(North, take: 2);
        first.Items.Select(call => call.CallId).ShouldBe(["old-4", "old-3"]);
        await NotifyAsync("new", "ep-1", detectTime: "2026-03-02 09:11:00");
        var second = await _features.ListAsync(North, take: 2, next: first.Next.ShouldNotBeNull());
        second.Items.Select(call => call.CallId).ShouldBe(["old-2", "old-1"]);
        var third = await _features.ListAsync(North, take: 2, next: second.Next.ShouldNotBeNull());
        third.Items.Select(call => call.CallId).ShouldBe(["old-0"]);
        third.Next.ShouldBeNull();
        var live = await _features.ListAsync(Admin, Live, take: 4);
        live.Items.Select(call => call.CallId).ShouldBe(["new", "old-4", "old-3", "old-2"]);
        (await _features.ListAsync(Admin, Live, take: 4, next: live.Next)).Items.Select(call => call.CallId)
            .ShouldBe(["old-1", "old-0"]);
    }

    [Fact]
    public async Task A_Ring_Group_Starts_At_Most_Sixteen_Requests_At_Once()
    {
        var phones = Enumerable.Range(0, 30).Select(i => $"phone-{i}").ToList();
        foreach (var phone in phones)
        {
            await _features.MapAsync(phone, $"agent-of-{phone}", "40001000");
        }

        var (now, most) = (0, 0);
        _features.Gate.Before(async () =>
        {
            var count = Interlocked.Increment(ref now);
            lock (phones)
            {
                most = Math.Max(most, count);
            }

            await Task.Delay(5);
            Interlocked.Decrement(ref now);
        });

        await _features.ProcessAsync(Text("group", "nobody-s"));

        (await _features.CallAsync("group")).ShouldNotBeNull().Agents.Count.ShouldBe(30);
        most.ShouldBeInRange(2, 16);
    }

    private static CallFilter Live(CallFilter filter) => filter with { IsLive = true };

    private static CallFilter Missed(CallFilter filter) => filter with { IsMissed = true };

    private async Task<IReadOnlyList<string>> IdsAsync(VisibleCalls visible, Func<CallFilter, CallFilter> narrow)
    {
        var page = await _features.ListAsync(visible, narrow);
        return [.. page.Items.Select(call => call.CallId).Order(StringComparer.Ordinal)];
    }

    private Task<Call?> ChangeAsync(string callId, Func<Call, CallFacts> change) =>
        _features.Get<CallWriter>().ChangeAsync(_ => _features.CallAsync(callId), change, None);

    /// <summary>A call of some time ago.</summary>
    private async Task<Call> ShiftedAsync(string callId, TimeSpan ago)
    {
        await NotifyAsync($"of-{callId}", "ep-2");
        var facts = (await _features.CallAsync($"of-{callId}")).ShouldNotBeNull().Facts;
        var call = CallDerivation.Derive(facts with { CallId = callId, IndexedAt = facts.IndexedAt - ago });
        await _features.Get<ITables>()[StorageNames.Calls].DeleteAsync($"of-{callId}", "8000001", null, None);
        return (await _features.Get<CallWriter>().Begin().SaveAsync(call, null, [], None)).ShouldNotBeNull();
    }

    private static CallFacts Decided(Call call, string? contactId, string? outcome = null)
    {
        var facts = call.Facts.With(
            new AgentDecision(DecisionKind.OutcomeRecorded, call.StartedAt, "ana", Outcome: outcome));
        return contactId is null ? facts : facts.With(new AgentDecision(
            DecisionKind.ContactChosen,
            call.StartedAt,
            "ana",
            new Candidate(contactId, contactId, MatchReason.Chosen)));
    }

    private Task NotifyAsync(
        string callId,
        string endpoint,
        string action = "callStart",
        string connectTime = "",
        string detectTime = DetectTime) =>
        _features.ProcessAsync(Text(callId, endpoint, action, connectTime, detectTime));

    private static string Text(
        string callId,
        string endpoint,
        string action = "callStart",
        string connectTime = "",
        string detectTime = DetectTime) =>
        $$$"""
        {"action":"{{{action}}}","data":{"callid":"{{{callId}}}","account_id":"8000001","endpoint_id":"{{{endpoint}}}",
        "ani":"88887777","dnis":"40001000","type":"in","detect_time":"{{{detectTime}}}",
        "connect_time":"{{{connectTime}}}"}}
        """;

    /// <summary>
    /// Each call has its index rows as they have to be; what is too many leads to a call that says otherwise.
    /// </summary>
    private async Task ShouldBeSoundAsync()
    {
        var rows = await _features.Get<ITables>()[StorageNames.Calls].ScanAsync(null, 1000, None);
        var check = await _features.Get<CallIndex>().Indexed.CheckAsync(StorageNames.Calls, rows, None);
        (check.Records, check.Written).ShouldBe((rows.Count, 0));
    }
}
