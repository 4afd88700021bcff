using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using static CallMyWay.Functions.Tests.Calls.CallFactsBuilder;

namespace CallMyWay.Functions.Tests.Calls;

/// <summary>What was said of a call stands in whatever order it comes, and however often.</summary>
public sealed class CallFactsTests
{
    private static readonly CallFacts Facts = Of(Start(0), End(30, disconnect: 30));

    [Fact]
    public void A_Request_That_Comes_Again_Takes_No_Later_Outcome_Away()
    {
        var (first, second) = (OutcomeAt(100, "call-back"), OutcomeAt(200, "attended"));

        CallDerivation.Derive(Facts.With(first).With(second)).Outcome.ShouldBe("attended");
        CallDerivation.Derive(Facts.With(first).With(second).With(first)).Outcome.ShouldBe("attended");

        static AgentDecision OutcomeAt(int seconds, string outcome) =>
            new(DecisionKind.OutcomeRecorded, Began.AddSeconds(seconds), "ana", Outcome: outcome);
    }

    [Fact]
    public void What_The_Contacts_Said_Last_Stands()
    {
        var (first, second) = (MatchAt(100, "rosa"), MatchAt(200, "jose"));

        foreach (var facts in new[] { Facts.With(first).With(second), Facts.With(second).With(first) })
        {
            CallDerivation.Derive(facts).ContactId.ShouldBe("jose");
        }

        static LaterMatch MatchAt(int seconds, string contactId) =>
            new(Began.AddSeconds(seconds), Number, new ContactMatch(MatchKind.One, [], contactId));
    }

    [Fact]
    public void A_Follow_Up_And_A_Promise_Of_One_Wrap_Up_Stand_Beside_Each_Other()
    {
        const string id = "of-the-wrap-up";
        var followUp = new NextAction(id, NextActionKind.FollowUp, Began.AddDays(1), "ana");
        var promise = new NextAction(id, NextActionKind.Promise, Began.AddDays(2), "ana");

        var both = Facts.With(id, NextActionKind.Promise, promise).With(id, NextActionKind.FollowUp, followUp);

        both.NextActions.ShouldBe([followUp, promise]);
        both.With(id, NextActionKind.FollowUp, null).NextActions.ShouldBe([promise]);
    }

    [Theory]
    // The mapping that is taken back was made before the agent was tied.
    [InlineData(50, null, true)]
    [InlineData(100, null, true)]
    // This one was made later, and is another.
    [InlineData(101, null, false)]
    // What was decided since then stands.
    [InlineData(50, 99, true)]
    [InlineData(50, 100, false)]
    [InlineData(50, 150, false)]
    public void An_Agent_Who_Was_Tied_By_Mistake_Goes_Where_Nothing_Was_Decided(int since, int? decided, bool goes)
    {
        var facts = Facts.With(new HeardAgent(Began.AddSeconds(100), new CallAgent("eva", "ep-9")));
        facts = decided is { } at
            ? facts.With(new AgentDecision(
                DecisionKind.OutcomeRecorded, Began.AddSeconds(at), "eva", Outcome: "attended"))
            : facts;

        var untied = facts.Untied("eva", "ep-9", Began.AddSeconds(since));

        (untied.Tied is null).ShouldBe(goes);
        facts.Untied("ana", "ep-9", Began).ShouldBeSameAs(facts);
    }
}
