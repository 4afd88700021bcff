using System.Text.Json;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using static CallMyWay.Functions.Tests.Calls.CallFactsBuilder;

namespace CallMyWay.Functions.Tests.Calls;

/// <summary>What is left of a call once nobody can tell who it was with.</summary>
public sealed class PersonlessTests
{
    private static readonly DateTimeOffset Now = Began.AddDays(400);

    private static readonly Candidate Jose = new("c-1", "José Rodríguez Solís", MatchReason.MainNumber);

    public static TheoryData<CallFacts> Calls => new(
        Of(Start(0), Start(5, connect: 5), End(65, connect: 5, disconnect: 65, cost: 12.5m)),
        Of(Start(0), End(20)),
        Of(Record(100, connect: 4, duration: 60, cost: 20)),
        Of(
            Record(100, connect: 4, duration: 60, cost: 20) with { Agents = [new CallAgent("ana", "ep-1")] },
            Record(200, connect: 4, duration: 60, cost: 18)),
        Of(Start(0, type: CallDirection.Out), End(70, connect: 9, disconnect: 69, type: CallDirection.Out)),
        Of(Start(0), Start(1, endpoint: "ep-2"), Start(4, connect: 4, endpoint: "ep-2"), End(5), End(90, 4, 90, 3, "ep-2")),
        Of(Start(0), End(65, connect: 5, disconnect: 65, cost: 1), Record(90, connect: 5, duration: 58, cost: 2)));

    [Theory]
    [MemberData(nameof(Calls))]
    public void The_Times_The_Agents_The_Outcome_And_The_Cost_Stay(CallFacts facts)
    {
        var call = CallDerivation.Derive(facts
            .With(new AgentDecision(DecisionKind.ContactChosen, Began.AddSeconds(30), "ana", Jose))
            .With(new AgentDecision(DecisionKind.OutcomeRecorded, Began.AddSeconds(80), "ana", Outcome: "attended")));

        var left = call.With(Personless.Of(call, Now));

        left.AnonymizedAt.ShouldBe(Now);
        (left.StartedAt, left.ConnectedAt, left.EndedAt, left.DurationSeconds, left.Cost, left.Outcome)
            .ShouldBe((call.StartedAt, call.ConnectedAt, call.EndedAt, call.DurationSeconds, call.Cost, "attended"));
        (left.Direction, left.State, left.IsMissed).ShouldBe((call.Direction, call.State, call.IsMissed));
        left.Agents.Select(agent => (agent.AgentId, agent.Part)).ShouldBe(
            call.Agents.Select(agent => (agent.AgentId, agent.Part)));
        left.TalkerIds().ShouldBe(call.TalkerIds());
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void Neither_The_Number_Nor_The_Contact_Is_Left_Anywhere(CallFacts facts)
    {
        var call = CallDerivation.Derive(facts.With(
            new AgentDecision(DecisionKind.ContactChosen, Began.AddSeconds(30), "ana", Jose)));
        var (shown, other) = call.Direction == CallDirection.In ? (call.Ani, call.Dnis) : (call.Dnis, call.Ani);

        var left = call.With(Personless.Of(call, Now));

        var text = JsonSerializer.Serialize(left, CallsJson.Default.Call)
            + JsonSerializer.Serialize(left.Facts, CallsJson.Default.CallFacts);
        text.ShouldNotContain(shown);
        text.ShouldNotContain("c-1");
        text.ShouldNotContain("Rodr");
        text.ShouldContain(other);
        left.Number.Kind.ShouldBe(PhoneNumberKind.Private);
        (left.ContactId, left.Candidates.Count).ShouldBe((null, 0));
        left.Match.ShouldBeOneOf(MatchKind.Private, MatchKind.None);
    }

    [Fact]
    public void A_Second_Time_Changes_Nothing()
    {
        var call = CallDerivation.Derive(Of(Start(0), End(65, connect: 5, disconnect: 65)));
        var once = call.With(Personless.Of(call, Now));

        var twice = once.With(Personless.Of(once, Now.AddDays(1)));

        JsonSerializer.Serialize(twice.Facts, CallsJson.Default.CallFacts)
            .ShouldBe(JsonSerializer.Serialize(once.Facts, CallsJson.Default.CallFacts));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void Without_The_Notifications_The_Same_Call_Follows(CallFacts facts)
    {
        var call = CallDerivation.Derive(facts);

        var left = call.With(facts.WithoutNotifications());

        left.Timeline.ShouldBeEmpty();
        JsonSerializer.Serialize(left, CallsJson.Default.Call)
            .ShouldBe(JsonSerializer.Serialize(call, CallsJson.Default.Call));
        left.Facts.WithoutNotifications().ShouldBeSameAs(left.Facts);
    }
}
