using System.Text;
using System.Text.Json;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Builder = CallMyWay.Functions.Tests.Calls.CallFactsBuilder;

namespace CallMyWay.Functions.Tests.Calls;

/// <summary>A call and its facts in one row; and rows of release 0.1.0, which kept the call alone.</summary>
public sealed class CallRowTests : IAsyncLifetime
{
    private Features _features = null!;

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task All_Facts_Come_Back_As_They_Were_Stored()
    {
        var facts = Builder.Of(
                Builder.Start(0), Builder.End(30, connect: 5, disconnect: 25, cost: 1.5m),
                Builder.Record(60, connect: 5, duration: 19, cost: 1.25m) with { RouteName = "San José", Rate = 3.75m })
            .With(new DialFact("d", "ep-1", [new CallLeg("c", IsContact: true)]))
            .With(new AgentDecision(
                DecisionKind.ContactChosen, Builder.Began, "ana", new Candidate("jose", "José", MatchReason.Chosen)));
        var saved = await SaveAsync(facts);

        var read = (await _features.CallAsync("c")).ShouldNotBeNull();

        read.ETag.ShouldBe(saved.ETag);
        Json(read).ShouldBe(Json(CallDerivation.Derive(facts)));
        JsonSerializer.Serialize(read.Facts).ShouldBe(JsonSerializer.Serialize(facts));
    }

    [Fact]
    public async Task The_Longest_Values_In_More_Notifications_Than_Are_Kept_Fit_In_A_Row()
    {
        // A character that JSON writes as six is the worst.
        string Longest(int i) => $"{i:D4}".PadRight(256, '\u0001');
        var facts = Builder.Of(Builder.Start(0));
        for (var i = 0; i < 1000; i++)
        {
            facts = facts.With(Builder.Start(i) with
            {
                CallId = "c".PadRight(256, '\u0001'),
                Mark = $"{i:D16}",
                AccountId = Longest(i),
                EndpointId = Longest(i),
                Ani = Longest(i),
                Dnis = Longest(i),
                Agents = null,
            });
        }

        await SaveAsync(facts);

        var row = (await _features.RowsAsync(StorageNames.Calls, "c")).ShouldHaveSingleItem();
        row.Columns.Values.OfType<string>().Max(text => text.Length).ShouldBe(Row.MaxTextLength);
        row.Size.ShouldBeLessThan(Row.MaxSize);
        Json((await _features.CallAsync("c"))!).ShouldBe(Json(CallDerivation.Derive(facts)));
    }

    [Theory]
    [InlineData("8000001")]
    [InlineData("\u0001")]
    [InlineData("ñ")]
    public async Task As_Many_Phones_With_As_Many_Conversations_As_Are_Kept_Fit_In_A_Row(string id)
    {
        const int phones = 400;
        var facts = Builder.Of(Builder.Start(0))
            .With(new DialFact("d", "ep-1", [new CallLeg("c", IsContact: true), new CallLeg("own", IsContact: false)]));
        for (var i = 0; i < phones * 9; i++)
        {
            var (phone, talk) = (i / 9, (i % 9) * 100);
            // Some more digits behind the second, as the time of receipt has them.
            var at = Builder.Began.AddSeconds(i).AddTicks(1234567);
            facts = facts.With(Builder.End(i, connect: talk, disconnect: talk + 50) with
            {
                At = at,
                CallId = i % 2 == 0 ? "c" : "own",
                Mark = $"{i:D16}",
                EndpointId = id.Length == 1 ? $"{phone:D4}".PadRight(256, id[0]) : $"{id}{phone:D3}",
                Agents = null,
            });
        }

        await SaveAsync(facts);

        var row = (await _features.RowsAsync(StorageNames.Calls, "c")).ShouldHaveSingleItem();
        row.Size.ShouldBeLessThan(Row.MaxSize);
        // The bound is the stored text's.
        var legs = facts.Earlier.ShouldNotBeNull().Legs;
        var stored = new StoredJson<CallFacts>(CallsJson.Default);
        foreach (var leg in legs)
        {
            var without = facts with { Earlier = facts.Earlier with { Legs = [leg with { Phones = [] }] } };
            var with = facts with { Earlier = facts.Earlier with { Legs = [leg] } };
            (stored.Serialize(with).Length - stored.Serialize(without).Length)
                .ShouldBeInRange(HeardLeg.MaxLength / 3, HeardLeg.MaxLength);
        }

        legs.Count.ShouldBe(2);
        Json((await _features.CallAsync("c"))!).ShouldBe(Json(CallDerivation.Derive(facts)));
    }

    [Fact]
    public async Task A_Ring_Group_Of_Thirty_Phones_Is_Less_Than_A_Column()
    {
        var facts = Builder.Of(Enumerable.Range(0, 30).SelectMany(i => new CallFact[]
        {
            Builder.Start(i, endpoint: $"80000{i:D2}"), Builder.End(40 + i, endpoint: $"80000{i:D2}"),
        }).Select(fact => fact with { Mark = $"{fact.At.Ticks:x16}", Match = null, Number = null }));
        facts.Notifications.Count.ShouldBe(CallFacts.MaxNotifications);

        await SaveAsync(facts);

        var row = (await _features.RowsAsync(StorageNames.Calls, "c")).ShouldHaveSingleItem();
        row.Columns.Keys.Order().ShouldBe(["facts", "json", "revision"]);
    }

    [Fact]
    public async Task A_Row_Of_An_Earlier_Release_Is_Shown_As_It_Was_And_Goes_On_With_The_Next_Notification()
    {
        await InsertAsync("old", """
            {"callId":"old","account":"8000001","direction":"In","state":"Connected","number":{"e164":"+50688887777",
            "display":"8888 7777","kind":"Number"},"ani":"88887777","dnis":"40001000","endpointId":"ep-1",
            "startedAt":"2026-03-02T15:14:00+00:00","connectedAt":"2026-03-02T15:14:08+00:00","isEndTold":false,
            "currency":"CRC","match":"Many","candidates":[{"contactId":"jose","name":"José","reason":"Chosen"}],
            "contactId":"jose","ignored":false,"outcome":"attended","agents":[{"agentId":"ana","endpointId":"ep-1",
            "otherEndpoints":["ep-4"],"acknowledgedAt":"2026-03-02T15:14:20+00:00"},{"agentId":"luis",
            "endpointId":"ep-2"}],"sources":["Webhook"],"timeline":[{"at":"2026-03-02T15:14:01+00:00",
            "what":"callStart","endpointId":"ep-2","mark":"0000000000000001","connected":false},
            {"at":"2026-03-02T15:14:09+00:00","what":"callStart","endpointId":"ep-1","mark":"0000000000000002",
            "connected":true}],"indexedAt":"2026-03-02T15:14:00+00:00"}
            """);

        var old = (await _features.CallAsync("old")).ShouldNotBeNull();
        (old.State, old.Match, old.ContactId, old.Outcome, old.EndedAt)
            .ShouldBe((CallState.Connected, MatchKind.Many, "jose", "attended", null));
        old.Agents.Select(agent => (agent.AgentId, agent.AcknowledgedAt)).ShouldBe(
            [("ana", new DateTimeOffset(2026, 3, 2, 15, 14, 20, TimeSpan.Zero)), ("luis", null)]);
        (old.AnsweredBy(), old.IsOnPhoneOf("ana"), old.IsOnPhoneOf("luis"), old.IsTakenFrom("luis"))
            .ShouldBe(("ana", true, false, true));
        old.Timeline.Select(entry => entry.Mark).ShouldBe(["0000000000000001", "0000000000000002"]);

        await _features.ProcessAsync("""
            {"action":"callEnd","data":{"callid":"old","account_id":"8000001","endpoint_id":"ep-1","ani":"88887777",
            "dnis":"40001000","type":"in","detect_time":"2026-03-02 09:14:00","connect_time":"2026-03-02 09:14:08",
            "disconnect_time":"2026-03-02 09:15:00","cost":"3.5"}}
            """);

        var ended = (await _features.CallAsync("old")).ShouldNotBeNull();
        (ended.State, ended.DurationSeconds, ended.Cost, ended.ContactId, ended.Outcome)
            .ShouldBe((CallState.Ended, 52, 3.5m, "jose", "attended"));
        ended.Timeline.Count.ShouldBe(3);
        (ended.IndexedAt, ended.Agents.Count).ShouldBe((old.IndexedAt, 2));
        (await _features.Get<ITables>()[StorageNames.Calls].GetAsync("old", "8000001", default))!
            .Text("facts").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_Repetition_Of_What_An_Earlier_Release_Heard_Changes_Nothing()
    {
        const string start = """
            {"action":"callStart","data":{"callid":"old","account_id":"8000001","endpoint_id":"ep-1","ani":"88887777",
            "dnis":"40001000","type":"in","detect_time":"2026-03-02 09:15:00"}}
            """;
        var mark = CallEventReader.Read(Encoding.UTF8.GetBytes(start)).Event!.Mark();
        await InsertAsync("old", $$"""
            {"callId":"old","account":"8000001","direction":"In","state":"Ringing","number":{"e164":"+50688887777",
            "display":"8888 7777","kind":"Number"},"ani":"88887777","dnis":"40001000","endpointId":"ep-1",
            "startedAt":"2026-03-02T15:15:00+00:00","isEndTold":false,"currency":"CRC","match":"None","candidates":[],
            "ignored":false,"agents":[{"agentId":"ana","endpointId":"ep-1"}],"sources":["Webhook"],
            "timeline":[{"at":"2026-03-02T15:15:01+00:00","what":"callStart","endpointId":"ep-1","mark":"{{mark}}",
            "connected":false}],"indexedAt":"2026-03-02T15:15:00+00:00"}
            """);
        _features.Meter.Reset();

        await _features.ProcessAsync(start);

        _features.Meter.Operations.ShouldBe(["get calls"]);
        _features.Screens.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Dialled_Call_Of_Which_An_Earlier_Release_Heard_One_Leg_Takes_The_Other()
    {
        // The agent's leg has connected, which is not yet the call.
        const string leg = """
            "callId":"own","account":"8000001","state":"Connected","ani":"88887777","dnis":"40001000",
            "endpointId":"ep-1","startedAt":"2026-03-02T15:15:01+00:00","connectedAt":"2026-03-02T15:15:05+00:00",
            "isEndTold":false,"currency":"CRC","match":"None","candidates":[],"ignored":false,
            "agents":[{"agentId":"ana","endpointId":"ep-1"}],"sources":["Webhook"],
            "timeline":[{"at":"2026-03-02T15:15:06+00:00","what":"callStart","endpointId":"ep-1",
            "mark":"0000000000000001","connected":true}],"indexedAt":"2026-03-02T15:15:01+00:00","direction":"In",
            "number":{"e164":"+50688887777","display":"8888 7777","kind":"Number"}
            """;
        await InsertAsync("own", $$"""
            {"callId":"own","account":"8000001","direction":"Out","state":"Ringing","number":{"e164":"+50688887777",
            "display":"8888 7777","kind":"Number"},"ani":"40001000","dnis":"+50688887777","endpointId":"ep-1",
            "startedAt":"2026-03-02T15:15:01+00:00","isEndTold":false,"currency":"CRC","match":"Dialled",
            "candidates":[{"contactId":"jose","name":"José","reason":"Dialled"}],"contactId":"jose","ignored":false,
            "agents":[{"agentId":"ana","endpointId":"ep-1"}],"sources":["Webhook"],"timeline":[],"dialId":"d",
            "legs":[{"call":{{{leg}}},"isContact":false}],"indexedAt":"2026-03-02T15:15:01+00:00"}
            """);
        var intent = new DialIntent
        {
            DialId = "d",
            EndpointId = "ep-1",
            Account = "8000001",
            Number = "+50688887777",
            ContactId = "jose",
            Order = DialOrder.AgentFirst,
            RequestedAt = Builder.Began,
            Legs = [new DialLeg("own", IsContact: false, Builder.Began.AddSeconds(1))],
        };
        await _features.Get<DialStore>().SaveAsync("ana", new AgentDials { Recent = [intent] }, null, default);
        var old = (await _features.CallAsync("own")).ShouldNotBeNull();
        (old.State, old.Direction, old.ConnectedAt, old.DialId, old.ContactId, old.Ani, old.Dnis)
            .ShouldBe((CallState.Ringing, CallDirection.Out, null, "d", "jose", "40001000", "+50688887777"));

        await _features.ProcessAsync("""
            {"action":"callEnd","data":{"callid":"contact","account_id":"8000001","endpoint_id":"ep-1","ani":"ep-1",
            "dnis":"88887777","type":"out","detect_time":"2026-03-02 09:15:05","connect_time":"2026-03-02 09:15:12",
            "disconnect_time":"2026-03-02 09:15:40","cost":"2"}}
            """);
        await _features.ProcessAsync("""
            {"action":"callEnd","data":{"callid":"own","account_id":"8000001","endpoint_id":"ep-1","ani":"88887777",
            "dnis":"ep-1","type":"in","detect_time":"2026-03-02 09:15:01","connect_time":"2026-03-02 09:15:05",
            "disconnect_time":"2026-03-02 09:15:40","cost":"1"}}
            """);

        var call = (await _features.CallAsync("contact")).ShouldNotBeNull();
        (call.CallId, call.State, call.DurationSeconds, call.Cost, call.ContactId)
            .ShouldBe(("own", CallState.Ended, 28, 3m, "jose"));
        call.Legs.ShouldBe([new CallLeg("contact", IsContact: true), new CallLeg("own", IsContact: false)]);
        call.Timeline.Count.ShouldBe(3);
    }

    private async Task<Call> SaveAsync(CallFacts facts) => (await _features.Get<CallStore>().SaveAsync(
        CallDerivation.Derive(facts), CancellationToken.None)).ShouldNotBeNull();

    private async Task InsertAsync(string callId, string json) =>
        (await _features.Get<ITables>()[StorageNames.Calls].InsertAsync(
            new Row(callId, "8000001").Set("json", json.ReplaceLineEndings("")), CancellationToken.None))
        .ShouldNotBeNull();

    private static string Json(Call call) => JsonSerializer.Serialize(call with { ETag = null });
}
