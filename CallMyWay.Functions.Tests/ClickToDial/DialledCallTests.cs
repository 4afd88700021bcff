using CallMyWay.Functions.Calls;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Tests.ClickToDial;

/// <summary>A call with two legs, with the notifications of both in every order.</summary>
public sealed class DialledCallTests
{
    private static readonly Account CostaRican = new(
        "8000001", "CRC", TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica"));

    private static readonly DateTimeOffset Clicked = new(2026, 3, 2, 15, 15, 0, TimeSpan.Zero);

    private static readonly NumberView Number = new("+50688881234", "8888 1234", PhoneNumberKind.Number);

    private static readonly DialIntent Intent = new()
    {
        DialId = "d",
        EndpointId = "1001",
        Account = "8000001",
        Number = "+50688881234",
        ContactId = "jose",
        Order = DialOrder.AgentFirst,
        RequestedAt = Clicked,
        Legs = [new DialLeg("own", IsContact: false, Clicked), new DialLeg(
            "other", IsContact: true, Clicked.AddSeconds(5))],
    };

    // The agent answers after 5 seconds; the contact after another 10, and talks for a minute.
    private static readonly CallEvent[] Events =
    [
        Event("own", CallAction.Start, 0),
        Event("own", CallAction.Start, 0, 5),
        Event("other", CallAction.Start, 5),
        Event("other", CallAction.Start, 5, 15),
        Event("other", CallAction.End, 5, 15, 75, cost: 12.5m),
        Event("own", CallAction.End, 0, 5, 75, cost: 0.5m),
    ];

    [Fact]
    public void However_The_Notifications_Come_The_Call_Is_The_Same()
    {
        var first = Play(Events);
        (first.State, first.Direction, first.ContactId, first.Match, first.DurationSeconds, first.Cost)
            .ShouldBe((CallState.Ended, CallDirection.Out, "jose", MatchKind.Dialled, 60, 13.0m));
        (first.StartedAt, first.ConnectedAt, first.EndedAt)
            .ShouldBe((Clicked, Clicked.AddSeconds(15), Clicked.AddSeconds(75)));
        first.Agents.ShouldHaveSingleItem().Number.ShouldBeNull();
        var seen = 0;
        foreach (var order in Permutations(Events))
        {
            var call = Play(order);
            (call.State, call.Direction, call.ContactId, call.Match, call.DurationSeconds, call.Cost, call.StartedAt, call.ConnectedAt, call.EndedAt, call.Number, call.Dnis, call.CallId)
                .ShouldBe((first.State, first.Direction, first.ContactId, first.Match, first.DurationSeconds, first.Cost, first.StartedAt, first.ConnectedAt, first.EndedAt, first.Number, first.Dnis, first.CallId));
            seen++;
        }

        seen.ShouldBe(720);
    }

    [Fact]
    public void It_Never_Goes_Back()
    {
        foreach (var order in Permutations(Events))
        {
            Call? call = null;
            foreach (var callEvent in order)
            {
                var next = Apply(call, callEvent);
                ((int)next.State).ShouldBeGreaterThanOrEqualTo((int)(call?.State ?? CallState.Ringing));
                call = next;
            }
        }
    }

    [Fact]
    public void That_The_Agent_Has_Answered_Is_Not_Yet_The_Call()
    {
        var call = Play(Events[..3]);

        (call.State, call.ConnectedAt).ShouldBe((CallState.Ringing, null));
        Apply(call, Events[3]).State.ShouldBe(CallState.Connected);
    }

    [Fact]
    public void An_Agent_Who_Does_Not_Answer_Ends_It_Without_A_Conversation()
    {
        var call = Play([Event("own", CallAction.Start, 0), Event("own", CallAction.End, 0, null, 20)]);

        (call.State, call.ConnectedAt, call.DurationSeconds, call.Direction)
            .ShouldBe((CallState.Ended, null, 0, CallDirection.Out));
    }

    [Fact]
    public void What_Was_Told_Before_Changes_Nothing()
    {
        var call = Play(Events);

        foreach (var callEvent in Events)
        {
            Apply(call, callEvent).ShouldBeSameAs(call);
        }
    }

    private static Call Play(IEnumerable<CallEvent> events) =>
        events.Aggregate((Call?)null, (call, callEvent) => Apply(call, callEvent))!;

    private static Call Apply(Call? call, CallEvent callEvent)
    {
        var direction = callEvent.Type!.Value;
        var number = new PhoneNumber { Kind = PhoneNumberKind.Number, Received = "88881234", E164 = "+50688881234" };
        // The agent's leg looks as if the contact called the agent, as in an internal call.
        var parties = new CallParties(
            direction,
            number,
            Number,
            "1001",
            [new CallAgent("ana", "1001") { Number = direction == CallDirection.Internal ? Number : null }],
            null);
        var match = call is null
            ? new ContactMatch(MatchKind.Dialled, [new Candidate("jose", "José", MatchReason.Dialled)], "jose")
            : null;
        return DialledCall.Apply(call, callEvent, Clicked.AddMinutes(2), CostaRican, parties, match, Intent, Number);
    }

    private static CallEvent Event(string leg, CallAction action, int detect, int? connect = null, int? disconnect = null, decimal? cost = null)
    {
        var start = new DateTime(2026, 3, 2, 9, 15, 0);
        var isContact = leg == "other";
        return new CallEvent
        {
            Action = action,
            CallId = leg,
            AccountId = "8000001",
            EndpointId = "1001",
            Ani = isContact ? "40001001" : "88881234",
            Dnis = isContact ? "88881234" : "40001001",
            Type = isContact ? CallDirection.Out : CallDirection.Internal,
            DetectTime = start.AddSeconds(detect),
            ConnectTime = connect is { } c ? start.AddSeconds(c) : null,
            DisconnectTime = disconnect is { } d ? start.AddSeconds(d) : null,
            Duration = connect is { } from && disconnect is { } to ? to - from : 0,
            Cost = cost,
        };
    }

    private static IEnumerable<T[]> Permutations<T>(T[] items) => items.Length == 1
        ? [items]
        : items.SelectMany((item, i) => Permutations([.. items[..i], .. items[(i + 1)..]]).Select(
            rest => new[] { item }.Concat(rest).ToArray()));
}
