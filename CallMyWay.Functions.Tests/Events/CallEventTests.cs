using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Events;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Events;

/// <summary>Which events a call sends, and what is in them.</summary>
public sealed class CallEventTests : IAsyncLifetime
{
    private static readonly string Start = Payload.Text("call-start-in.json");

    private static readonly string End = Payload.Text("call-end-in.json");

    private EventDesk _desk = null!;

    private Features Features => _desk.Features;

    private EventReceiver Receiver => _desk.Receiver;

    public async Task InitializeAsync() => _desk = await EventDesk.StartAsync();

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task A_Call_That_Is_Taken_Tells_Of_Its_Start_Its_Answer_And_Its_End()
    {
        var contact = await Features.AddContactAsync("José Rodríguez", "8888-7777");
        var endpoint = await _desk.ListenAsync();

        await Features.ProcessAsync(Start);
        await _desk.DrainAsync();
        await Features.ProcessAsync(End);
        await _desk.DrainAsync();

        Types().ShouldBe(["call.answered", "call.ended", "call.started"]);
        Receiver.Received.ShouldAllBe(received => received.IsSignedWith(endpoint.Secret));
        var ended = Receiver.Received.Single(received => received.Type == "call.ended");
        ended.Id.ShouldStartWith("evt_");
        ended.Id.ShouldNotContain(".");
        ended.Json.GetProperty("timestamp").GetDateTimeOffset().ShouldBe(Features.Clock.Now);
        long.Parse(ended.Timestamp, System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBe(Features.Clock.Now.ToUnixTimeSeconds());
        ended.Data.Text("callId").ShouldBe("c-1001");
        ended.Data.Text("state").ShouldBe("ended");
        ended.Data.Text("direction").ShouldBe("in");
        ended.Data.Text("agentId").ShouldBe("ana");
        ended.Data.Text("agentName").ShouldBe("ana");
        ended.Data.Text("contactId").ShouldBe(contact.ContactId);
        ended.Data.GetProperty("durationSeconds").GetInt32().ShouldBe(132);
        ended.Data.GetProperty("revision").GetInt64().ShouldBe(2);
        (await _desk.DeliveriesAsync(endpoint)).ShouldAllBe(each => each.State == DeliveryState.Delivered);
    }

    [Fact]
    public async Task A_Missed_Call_Tells_Of_Its_End_And_That_It_Was_Missed()
    {
        await _desk.ListenAsync();

        await Features.ProcessAsync(Start);
        await Features.ProcessAsync(Missed());
        await _desk.DrainAsync();

        Types().ShouldBe(["call.ended", "call.missed", "call.started"]);
    }

    [Fact]
    public async Task An_Endpoint_Is_Told_Of_What_It_Chose_And_Of_Nothing_Before_It_Came()
    {
        await Features.ProcessAsync(Start);
        await _desk.ListenAsync(null, "call.ended");
        await Features.ProcessAsync(End);
        await _desk.DrainAsync();

        Types().ShouldBe(["call.ended"]);
        (await _desk.WaitingAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Without_An_Endpoint_Nothing_Is_Queued()
    {
        await Features.ProcessAsync(Start);
        await Features.ProcessAsync(End);

        (await _desk.WaitingAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task With_An_Endpoint_A_Change_Of_A_Call_Sends_One_Message_And_Costs_The_Tables_Nothing_More()
    {
        await _desk.ListenAsync();
        await Features.ProcessAsync(Start);
        await _desk.DrainAsync();
        Features.Meter.Reset();

        await Features.ProcessAsync(End);

        (await _desk.WaitingAsync()).ShouldBe(1, "two events are in it");
        Features.Meter.Operations.Count.ShouldBe(7);
    }

    [Fact]
    public async Task What_Is_Found_Out_A_Second_Time_Is_Not_Sent_Again()
    {
        var endpoint = await _desk.ListenAsync();
        await Features.ProcessAsync(Start);
        await _desk.DrainAsync();

        // The process ended after it had told of it, so its message comes again.
        await Features.Get<IEventSink>().TellAsync(
            new CallKey("c-1001", "8000001"), [new CallHappening("call.started", "")], null, CancellationToken.None);
        await _desk.DrainAsync();

        Types().ShouldBe(["call.started"]);
        (await _desk.DeliveriesAsync(endpoint)).ShouldHaveSingleItem().Tries.ShouldBe(1);
    }

    [Fact]
    public async Task What_Was_Announced_And_Never_Stored_Is_Not_Sent()
    {
        await _desk.ListenAsync();
        Features.Gate.Fail("insert calls", andAllAfter: true);
        await Should.ThrowAsync<StorageException>(() => Features.ProcessAsync(Start));
        Features.Gate.Open();

        (await _desk.WaitingAsync()).ShouldBe(1);
        for (var minute = 0; minute < 10; minute++)
        {
            await _desk.DrainAsync();
            Features.Clock.Now += TimeSpan.FromMinutes(1);
        }

        Receiver.Received.ShouldBeEmpty();
        (await _desk.WaitingAsync()).ShouldBe(0, "it is given up");
    }

    [Fact]
    public async Task What_Was_Announced_And_Stored_By_The_Next_Try_Is_Sent_Once()
    {
        await _desk.ListenAsync();
        Features.Gate.Fail("insert calls");
        var message = Features.Message(Start);
        await Should.ThrowAsync<StorageException>(() => Features.DeliverAsync(message));
        await _desk.DrainAsync();

        Features.Gate.Open();
        await Features.DeliverAsync(message);
        for (var minute = 0; minute < 5; minute++)
        {
            await _desk.DrainAsync();
            Features.Clock.Now += TimeSpan.FromMinutes(1);
        }

        Receiver.Received.ShouldHaveSingleItem().Type.ShouldBe("call.started");
    }

    [Fact]
    public async Task A_Call_That_Rings_Again_Ends_Twice()
    {
        await _desk.ListenAsync(null, "call.ended");
        await Features.ProcessAsync(Ring("ep-1"));
        await Features.ProcessAsync(Ring("ep-1", "callEnd"));
        await Features.ProcessAsync(Ring("ep-2"));
        await Features.ProcessAsync(Ring("ep-2", "callEnd"));
        await _desk.DrainAsync();

        Receiver.Received.Select(received => received.Id).Distinct().Count().ShouldBe(2);
        Receiver.Received.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_Contact_That_Is_Chosen_Is_Told_Once()
    {
        await Features.ProcessAsync(Start);
        await _desk.ListenAsync(null, "call.contact-tied");
        foreach (var contactId in new[] { "uno", "dos", "dos" })
        {
            Features.Clock.Now += TimeSpan.FromSeconds(1);
            var decision = new AgentDecision(
                DecisionKind.ContactChosen,
                Features.Clock.Now,
                "ana",
                new Candidate(contactId, contactId, MatchReason.Chosen));
            await Features.Get<CallWriter>().ChangeAsync(
                async token => await Features.CallAsync(), call => call.Facts.With(decision), CancellationToken.None);
            await _desk.DrainAsync();
        }

        Receiver.Received.Select(received => received.Data.Text("contactId")).ShouldBe(["uno", "dos"]);
    }

    [Fact]
    public async Task A_Record_And_The_One_That_Corrects_It_Are_Told_And_One_Of_Last_Month_Is_Not()
    {
        await Features.ProcessAsync(Start);
        await Features.ProcessAsync(End);
        await _desk.ListenAsync();

        await TakeAsync(Record("c-1001", 12.5m));
        await TakeAsync(Record("c-1001", 12.5m));
        await TakeAsync(Record("c-1001", 13m));
        await TakeAsync(Record("old", 1m) with
        {
            DetectTime = new DateTime(2026, 2, 1, 9, 0, 0),
            ConnectTime = new DateTime(2026, 2, 1, 9, 0, 5),
        });
        await TakeAsync(Record("unheard", 2m));
        await _desk.DrainAsync();

        Receiver.Received.Where(received => received.CallId == "c-1001")
            .Select(received => (received.Type, received.Data.GetProperty("record").GetProperty("cost").GetDecimal()))
            .Distinct().Count().ShouldBeGreaterThanOrEqualTo(1);
        Receiver.Received.Count(received => received.Type == "record.received" && received.CallId == "c-1001")
            .ShouldBe(2);
        Receiver.Received.ShouldNotContain(received => received.CallId == "old");
        Receiver.Received.Where(received => received.CallId == "unheard").Select(received => received.Type).Order()
            .ShouldBe(["call.answered", "call.ended", "record.received"]);
    }

    [Fact]
    public async Task A_Promise_Is_Told_Once_At_Its_Day()
    {
        await Features.ProcessAsync(Start);
        var call = (await Features.CallAsync()).ShouldNotBeNull();
        var due = Features.Clock.Now.AddDays(2);
        foreach (var (id, dueAt) in new[] { ("one", due), ("later", due.AddDays(9)) })
        {
            await Features.Get<PromiseStore>().PutAsync(
                id, _ => new PromiseToPay(id, call, "ana", null, dueAt, 5000m, "CRC"), CancellationToken.None);
        }

        var endpoint = await _desk.ListenAsync();
        var clock = Features.GetAll<IScheduled>().OfType<PromisesDue>().Single();
        for (var hour = 0; hour < 24 * 4; hour++)
        {
            await clock.RunDueAsync(CancellationToken.None);
            await _desk.DrainAsync();
            Features.Clock.Now += TimeSpan.FromHours(1);
            if (hour == 60)
            {
                // Another process does not know what this one has told.
                clock = new PromisesDue(
                    Features.Get<EventEndpointStore>(),
                    Features.Get<PromiseStore>(),
                    Features.Get<AgentDirectory>(),
                    Features.Get<AgentStore>(),
                    Features.Get<IQueue>(),
                    Features.Get<Accounts>(),
                    Features.Clock);
            }
        }

        var told = Receiver.Received.ShouldHaveSingleItem();
        told.Type.ShouldBe("promise.due");
        told.Data.Text("promiseId").ShouldBe("one");
        told.Data.GetProperty("amount").GetDecimal().ShouldBe(5000m);
        // At midnight in Costa Rica.
        told.Json.GetProperty("timestamp").GetDateTimeOffset()
            .ShouldBe(new DateTimeOffset(2026, 3, 4, 6, 0, 0, TimeSpan.Zero));
        (await _desk.DeliveriesAsync(endpoint)).Count.ShouldBe(1);
    }

    [Theory]
    // Midnight of its day has passed, and its hour has not.
    [InlineData(0, true)]
    [InlineData(1, false)]
    // The host may not have run for some days.
    [InlineData(-3, true)]
    [InlineData(-4, false)]
    public async Task A_Promise_Is_Told_From_The_Beginning_Of_Its_Day_And_For_Three_Days_After_It(int days, bool isTold)
    {
        await Features.ProcessAsync(Start);
        // Due on 12 March at 18:00 in Costa Rica. It is told of at 9:15 of that day, ten days from now.
        await PromiseAsync(new DateTimeOffset(2026, 3, 13, 0, 0, 0, TimeSpan.Zero).AddDays(days));
        await _desk.ListenAsync();
        Features.Clock.Now += TimeSpan.FromDays(10);

        await TellAsync();

        Promised().ShouldBe(isTold ? ["one"] : []);
    }

    [Theory]
    [InlineData(0, true)]
    // It is not to hear of what was before it.
    [InlineData(-1, false)]
    public async Task An_Endpoint_Is_Told_Of_The_Promises_Of_The_Day_At_Which_It_Came_And_Of_None_Before(
        int days, bool isTold)
    {
        await Features.ProcessAsync(Start);
        await PromiseAsync(Features.Clock.Now.AddDays(days));
        await _desk.ListenAsync();

        await TellAsync();

        Promised().ShouldBe(isTold ? ["one"] : []);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_Promise_That_Is_Kept_Or_Moved_Before_It_Could_Be_Told_Is_Not_Told(bool isKept)
    {
        await Features.ProcessAsync(Start);
        var due = Features.Clock.Now.AddHours(1);
        await PromiseAsync(due);
        await _desk.ListenAsync();
        await Features.GetAll<IScheduled>().OfType<PromisesDue>().Single().RunDueAsync(CancellationToken.None);

        await Features.Get<PromiseStore>().PutAsync(
            "one",
            promise => isKept
                ? promise! with { State = PromiseState.Kept, DoneAt = Features.Clock.Now }
                : promise! with { DueAt = due.AddDays(2) },
            CancellationToken.None);
        await _desk.DrainAsync();

        Promised().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Promise_That_A_Deleted_Agent_Left_Is_Told_Too()
    {
        await Features.ProcessAsync(Start);
        var call = (await Features.CallAsync()).ShouldNotBeNull();
        var due = Features.Clock.Now.AddDays(2);
        await Features.Get<PromiseStore>().PutAsync(
            "left", _ => new PromiseToPay("left", call, "ana", null, due, 5000m, "CRC"), CancellationToken.None);
        await _desk.ListenAsync();
        var ana = (await Features.Get<AgentStore>().GetAsync("ana", CancellationToken.None)).ShouldNotBeNull();
        (await Features.Get<AgentStore>().DeleteAsync(ana, null, CancellationToken.None)).ShouldBeTrue();

        Features.Clock.Now = due;
        await Features.GetAll<IScheduled>().OfType<PromisesDue>().Single().RunDueAsync(CancellationToken.None);
        await _desk.DrainAsync();

        Receiver.Received.Where(received => received.Type == "promise.due")
            .Select(received => received.Data.Text("promiseId")).ShouldBe(["left"]);
    }

    private async Task PromiseAsync(DateTimeOffset due)
    {
        var call = (await Features.CallAsync()).ShouldNotBeNull();
        await Features.Get<PromiseStore>().PutAsync(
            "one", _ => new PromiseToPay("one", call, "ana", null, due, 5000m, "CRC"), CancellationToken.None);
    }

    private async Task TellAsync()
    {
        await Features.GetAll<IScheduled>().OfType<PromisesDue>().Single().RunDueAsync(CancellationToken.None);
        await _desk.DrainAsync();
    }

    /// <summary>The ids of the promises that were told.</summary>
    private IEnumerable<string?> Promised() => Receiver.Received.Where(received => received.Type == "promise.due")
        .Select(received => received.Data.Text("promiseId"));

    private IEnumerable<string> Types() => Receiver.Received.Select(received => received.Type).Order();

    private async Task TakeAsync(CallRecord record)
    {
        Features.Clock.Now += TimeSpan.FromMinutes(1);
        await Features.Get<RecordIntake>().TakeAsync(
            Features.Get<Accounts>().Home,
            [record],
            Features.Clock.Now,
            failed => throw new InvalidOperationException(failed.RecordId),
            _ => { },
            CancellationToken.None);
    }

    private static CallRecord Record(string id, decimal cost) => new()
    {
        RecordId = id,
        Ani = "88887777",
        Dnis = "40001000",
        DnisUser = "ep-1",
        DetectTime = new DateTime(2026, 3, 2, 9, 15, 0),
        ConnectTime = new DateTime(2026, 3, 2, 9, 15, 8),
        Duration = 132,
        Cost = cost,
    };

    private static string Missed() => End
        .Replace("\"connect_time\": \"2026-03-02 09:15:08\"", "\"connect_time\": \"1970-01-01 00:00:00\"", StringComparison.Ordinal)
        .Replace("\"duration\": \"132\"", "\"duration\": \"0\"", StringComparison.Ordinal);

    private static string Ring(string endpoint, string action = "callStart") =>
        $$$"""{"action":"{{{action}}}","data":{"callid":"c-7","account_id":"8000001","endpoint_id":"{{{endpoint}}}","ani":"88887777","dnis":"40001000","type":"in","detect_time":"2026-03-02 09:15:00"}}""";
}
