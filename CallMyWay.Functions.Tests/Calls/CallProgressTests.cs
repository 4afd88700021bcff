using System.Text;
using System.Text.Json;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Calls;

public sealed class CallProgressTests
{
    private static readonly Account CostaRican = new(
        "8000001", "CRC", TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica"));

    private static readonly DateTimeOffset Received = new(2026, 3, 2, 15, 15, 1, TimeSpan.Zero);

    private static readonly CallEvent Start = Event("call-start-in.json");

    private static readonly CallEvent End = Event("call-end-in.json");

    [Fact]
    public void A_Start_Rings_In_The_Account_s_Time()
    {
        var call = Apply(null, Start);

        call.State.ShouldBe(CallState.Ringing);
        call.StartedAt.ShouldBe(new DateTimeOffset(2026, 3, 2, 15, 15, 0, TimeSpan.Zero));
        call.ConnectedAt.ShouldBeNull();
        call.Agents.Single().AgentId.ShouldBe("ana");
    }

    [Fact]
    public void An_End_Ends_It_With_Length_And_Cost()
    {
        var call = Apply(Apply(null, Start), End);

        call.State.ShouldBe(CallState.Ended);
        call.ConnectedAt.ShouldBe(new DateTimeOffset(2026, 3, 2, 15, 15, 8, TimeSpan.Zero));
        call.EndedAt.ShouldBe(new DateTimeOffset(2026, 3, 2, 15, 17, 20, TimeSpan.Zero));
        call.DurationSeconds.ShouldBe(132);
        call.Cost.ShouldBe(12.50m);
        call.Currency.ShouldBe("CRC");
    }

    [Fact]
    public void The_Order_Of_Arrival_Does_Not_Matter()
    {
        var inOrder = Apply(Apply(null, Start), End);
        var reversed = Apply(Apply(null, End), Start);

        JsonSerializer.Serialize(reversed).ShouldBe(JsonSerializer.Serialize(inOrder));
    }

    [Fact]
    public void A_Duplicate_Changes_Nothing()
    {
        var once = Apply(null, Start);

        Apply(once, Start).ShouldBeSameAs(once);
    }

    [Fact]
    public void A_Start_After_The_End_Does_Not_Ring_Again() =>
        Apply(Apply(null, End), Start).State.ShouldBe(CallState.Ended);

    [Fact]
    public void An_End_Without_A_Start_Is_A_Call()
    {
        var call = Apply(null, End);

        call.State.ShouldBe(CallState.Ended);
        call.StartedAt.ShouldBe(new DateTimeOffset(2026, 3, 2, 15, 15, 0, TimeSpan.Zero));
    }

    [Fact]
    public void A_Start_That_Comes_At_The_Answer_Is_Connected() =>
        Apply(null, Start with { ConnectTime = new DateTime(2026, 3, 2, 9, 15, 4) })
            .State.ShouldBe(CallState.Connected);

    [Fact]
    public void Each_Endpoint_Of_A_Ring_Group_Adds_Its_Agent()
    {
        var call = Apply(Apply(null, Start), Start with { EndpointId = "ep-2" }, Parties("luis", "ep-2"));

        call.Agents.Select(agent => agent.AgentId).ShouldBe(["ana", "luis"]);
        call.Timeline.Count.ShouldBe(2);
    }

    [Fact]
    public void Without_Times_Our_Own_Clock_Tells()
    {
        var call = Apply(null, Start with { DetectTime = null });

        call.StartedAt.ShouldBe(Received);
        Apply(null, End with { DetectTime = null, ConnectTime = null, DisconnectTime = null })
            .EndedAt.ShouldBe(Received);
    }

    [Fact]
    public void A_Time_Far_In_The_Future_Is_Not_Believed() =>
        Apply(null, Start with { DetectTime = new DateTime(2027, 1, 1) }).StartedAt.ShouldBe(Received);

    [Fact]
    public void A_Call_That_Did_Not_Connect_Has_No_Length()
    {
        var call = Apply(Apply(null, Start), End with { ConnectTime = null, Duration = 0 });

        call.ConnectedAt.ShouldBeNull();
        call.DurationSeconds.ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(null)]
    public void A_Call_That_Ends_In_The_Second_In_Which_It_Connected_Has_A_Length_Of_Zero(int? told) =>
        Apply(null, End with { DisconnectTime = End.ConnectTime, Duration = told }).DurationSeconds.ShouldBe(0);

    [Fact]
    public void An_End_That_Is_Told_To_Be_Before_The_Connection_Leaves_The_Length_To_What_Was_Told()
    {
        var before = End.ConnectTime!.Value.AddSeconds(-1);

        Apply(null, End with { DisconnectTime = before, Duration = 132 }).DurationSeconds.ShouldBe(132);
        Apply(null, End with { DisconnectTime = before, Duration = 0 }).DurationSeconds.ShouldBeNull();
    }

    [Fact]
    public void The_Times_Decide_Where_The_Duration_Has_Another_Unit() =>
        Apply(null, End with { Duration = 132_000 }).DurationSeconds.ShouldBe(132);

    [Fact]
    public void The_Timeline_Is_Bounded()
    {
        var call = Apply(null, Start);
        for (var i = 0; i < 500; i++)
        {
            call = Apply(call, Start with { Duration = i + 1 });
        }

        call.Timeline.Count.ShouldBe(CallFacts.MaxNotifications);
    }

    private static CallEvent Event(string file) =>
        CallEventReader.Read(Encoding.UTF8.GetBytes(Payload.Text(file))).Event!;

    private static Call Apply(Call? call, CallEvent callEvent, CallParties? parties = null) =>
        CallProgress.Apply(
            call,
            callEvent,
            Received,
            CostaRican,
            parties ?? Parties("ana", "ep-1"),
            call is null ? new ContactMatch(MatchKind.None, [], null) : null);

    private static CallParties Parties(string agentId, string endpointId)
    {
        var parser = new PhoneNumberParser("CR");
        var number = parser.ParseCaller("88887777");
        return new CallParties(
            CallDirection.In, number, parser.View(number), endpointId, [new CallAgent(agentId, endpointId)], null);
    }
}
