using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Desk;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Reconciliation;
using CallMyWay.Functions.Reports;
using CallMyWay.Functions.WrapUps;
using Builder = CallMyWay.Functions.Tests.Calls.CallFactsBuilder;

namespace CallMyWay.Functions.Tests.Desk;

/// <summary>All that is known of a call, in its order.</summary>
public sealed class CallHistoryTests
{
    private static readonly AgentRoster Roster = new(
    [
        new Agent { AgentId = "ana", Name = "Ana Vargas", SignInName = "ana", Roles = [Role.Agent] },
    ]);

    // One of another call that came to her in the same minute.
    private static readonly IReadOnlyList<ScreenTime> Screens =
    [
        new("ana", new PaintedCard("c", "8000001", At(2), 900, 30, 50, 20)),
        new("ana", new PaintedCard("other", "8000001", At(2), 900, 30, 50, 20)),
    ];

    [Fact]
    public void A_Call_From_Its_First_Notification_To_The_Proof_Of_Its_Day()
    {
        Candidate jose = new("jose", "José", MatchReason.MainNumber);
        var facts = Builder.Of(
            Builder.Start(1) with { Match = new ContactMatch(MatchKind.One, [jose], "jose") },
            Builder.End(60, 5, 55, 12.5m),
            Builder.Record(300, 5, 50, 13m),
            Builder.Record(900, 5, 50, 14m));
        facts = facts
            .With(new AgentDecision(DecisionKind.ContactChosen, At(20), "ana", jose with { Reason = MatchReason.Chosen }))
            .With(new AgentDecision(DecisionKind.OutcomeRecorded, At(70), "ana", Outcome: "paid"))
            .With(new AgentDecision(DecisionKind.Acknowledged, At(70), "ana"));
        WrapUp wrapUp = new()
        {
            AgentId = "ana",
            UpdatedAt = At(80),
            Outcome = "paid",
            Sent =
            [
                new SentVersion(1, At(70), "ana", "other", "uno"),
                new SentVersion(2, At(80), "boss", "paid", null) { Undone = true },
            ],
        };
        var day = new DayReconciliation("8000001", new DateOnly(2026, 3, 2))
        {
            State = DayState.Healed,
            WorkedOutAt = At(90_000),
            Mismatches =
            [
                new Mismatch("c", MismatchKind.Differing, At(0)) { Fields = ["cost"], HealedBy = HealedBy.Record },
            ],
        };

        var history = CallHistory.Of(CallDerivation.Derive(facts), [wrapUp], day, Screens, Roster, "es");

        history.Select(entry => (entry.Kind, (int)(entry.At - At(0)).TotalSeconds)).ShouldBe(
        [
            (HistoryKind.Notification, 1), (HistoryKind.Routed, 1), (HistoryKind.Matched, 1),
            (HistoryKind.Shown, 2), (HistoryKind.ContactChosen, 20),
            (HistoryKind.Notification, 60), (HistoryKind.Matched, 60),
            (HistoryKind.Acknowledged, 70), (HistoryKind.Outcome, 70), (HistoryKind.WrapUp, 70),
            (HistoryKind.WrapUp, 80),
            (HistoryKind.Record, 300), (HistoryKind.Record, 900),
            (HistoryKind.Reconciled, 90_000),
        ]);
        var start = history[0];
        (start.Event, start.EndpointId, start.Ani, start.DetectedAt, start.ConnectedAt)
            .ShouldBe(("callStart", "ep-1", "88887777", At(0), null));
        (history[1].AgentId, history[1].AgentName, history[1].EndpointId, history[1].Why)
            .ShouldBe(("ana", "Ana Vargas", "ep-1", "El teléfono es de este agente."));
        (history[2].Match, history[2].Reason, history[2].Candidates!.Single().Name, history[2].Number!.E164)
            .ShouldBe((MatchKind.One, MatchReason.MainNumber, "José", "+50688887777"));
        (history[3].AgentName, history[3].Milliseconds).ShouldBe(("Ana Vargas", 100));
        (history[4].ContactName, history[4].AgentName).ShouldBe(("José", "Ana Vargas"));
        (history[5].Event, history[5].Cost, history[5].ConnectedAt).ShouldBe(("callEnd", 12.5m, At(5)));
        (history[9].Version, history[9].Outcome, history[9].Notes, history[9].Undone).ShouldBe((1, "other", "uno", null));
        (history[10].Version, history[10].AgentId, history[10].AgentName, history[10].Undone)
            .ShouldBe((2, "boss", null, true));
        (history[11].Corrected, history[12].Corrected, history[12].Cost).ShouldBe((null, true, 14m));
        var proof = history[^1];
        (proof.Date, proof.Mismatch, proof.HealedBy).ShouldBe((new DateOnly(2026, 3, 2), "differing", HealedBy.Record));
        proof.Fields.ShouldBe(["cost"]);
    }

    [Fact]
    public void A_Call_Of_No_Agent_And_A_Day_Without_Oddities()
    {
        var call = CallDerivation.Derive(Builder.Of(Builder.Start(1) with { Agents = null, IsLive = true }));
        var day = new DayReconciliation("8000001", new DateOnly(2026, 3, 2))
        {
            State = DayState.Green,
            WorkedOutAt = At(90_000),
        };

        var history = CallHistory.Of(call, [], day, [], Roster, "en");

        history[0].Event.ShouldBe("live");
        history.Single(entry => entry.Kind == HistoryKind.Routed).ShouldSatisfyAllConditions(
            entry => entry.AgentId.ShouldBeNull(), entry => entry.Why.ShouldBe("No phone of the call is an agent's."));
        history[^1].Mismatch.ShouldBe("matched");
        CallHistory.Of(call, [], day with { State = DayState.Pending }, [], Roster, "en")
            .ShouldNotContain(entry => entry.Kind == HistoryKind.Reconciled, "it is being worked out");
        CallHistory.Of(call, [], day with { MoreMismatches = 1 }, [], Roster, "en")
            .ShouldNotContain(entry => entry.Kind == HistoryKind.Reconciled, "the call may be among those not kept");
    }

    [Fact]
    public void A_Phone_That_Was_Mapped_Later_And_A_Click_Say_So()
    {
        var facts = Builder.Of(Builder.Start(1) with { Agents = null })
            .With(new HeardAgent(At(500), new CallAgent("ana", "ep-1")));
        CallHistory.Of(CallDerivation.Derive(facts), [], null, [], Roster, "en")
            .Single(entry => entry.Kind == HistoryKind.Routed).Why
            .ShouldBe("The phone was given to this agent after the call.");

        var dial = new DialFact("d-1", "ep-1", [new CallLeg("c", IsContact: true)]) { At = At(-3) };
        var dialled = CallHistory.Of(
            CallDerivation.Derive(Builder.Of(Builder.Start(1, type: CallDirection.Out)).With(dial)), [], null, [], Roster, "es");
        (dialled[0].Kind, dialled[0].At, dialled[0].DialId, dialled[0].AgentName)
            .ShouldBe((HistoryKind.Dialled, At(-3), "d-1", "Ana Vargas"));
        dialled.Single(entry => entry.Kind == HistoryKind.Routed).Why.ShouldBe("Hizo clic para llamar.");
    }

    private static DateTimeOffset At(int seconds) => Builder.Began.AddSeconds(seconds);
}
