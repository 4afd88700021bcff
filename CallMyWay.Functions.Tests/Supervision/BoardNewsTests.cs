using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Supervision;
using CallMyWay.Functions.Tests.Calls;

namespace CallMyWay.Functions.Tests.Supervision;

/// <summary>What of the floor's changes each supervisor is told.</summary>
public sealed class BoardNewsTests
{
    private static readonly DateTimeOffset Now = CallFactsBuilder.Began.AddMinutes(10);

    private static readonly DateTimeOffset Today = CallFactsBuilder.Began.AddHours(-9);

    private readonly BoardNews _news = new();

    [Fact]
    public void An_Agent_Who_Changes_Teams_Leaves_The_Board_Of_The_One_And_Comes_To_That_Of_The_Other()
    {
        Look(AgentOf("ventas"));

        Look(AgentOf("cobros"));

        var left = _news.For("saul", [ScopeOf("saul", "ventas")], Now).ShouldNotBeNull();
        left.GoneAgents.ShouldBe(["luis"]);
        left.Agents.ShouldBeNull();
        var come = _news.For("carla", [ScopeOf("carla", "cobros")], Now).ShouldNotBeNull();
        come.Agents.ShouldNotBeNull().ShouldHaveSingleItem().AgentId.ShouldBe("luis");
        come.GoneAgents.ShouldBeNull();
    }

    [Fact]
    public void A_Supervisor_Whose_Team_Changes_Reads_All_Of_The_Board_Anew()
    {
        Look(AgentOf("ventas"));
        _news.For("saul", [ScopeOf("saul", "ventas")], Now).ShouldBeNull();

        _news.For("saul", [ScopeOf("saul", "cobros")], Now).ShouldNotBeNull().Reset.ShouldBe(true);

        _news.For("saul", [ScopeOf("saul", "cobros")], Now).ShouldBeNull();
    }

    [Fact]
    public void A_Missed_Call_Of_Today_Is_Told_And_Gone_Once_It_Is_Dismissed_Whoever_Has_Told_Of_It()
    {
        var missed = CallDerivation.Derive(CallFactsBuilder.Of(CallFactsBuilder.Start(0), CallFactsBuilder.End(20)));
        var dismissed = missed.With(
            missed.Facts.With(new AgentDecision(DecisionKind.DismissedForAll, Now, "boss")));
        BoardScope[] all = [new(VisibleCalls.All("boss"), null)];

        Look(AgentOf("ventas"), dismissed);
        _news.For("boss", all, Now).ShouldNotBeNull().GoneMissed.ShouldBe([missed.Key], "another process told of it");
        Look(AgentOf("ventas"), missed);
        _news.For("boss", all, Now).ShouldNotBeNull().Missed.ShouldNotBeNull().Count.ShouldBe(1);
        Look(AgentOf("ventas"), dismissed);
        _news.For("boss", all, Now).ShouldNotBeNull().GoneMissed.ShouldBe([missed.Key]);
        Look(AgentOf("ventas"), missed with { CallId = "yesterday", StartedAt = Today.AddSeconds(-1) });
        _news.For("boss", all, Now).ShouldBeNull();
    }

    [Fact]
    public void A_Call_That_Rang_At_Phones_Of_Two_Teams_Is_On_A_Team_s_Board_By_Its_Own_Agent()
    {
        var rang = CallDerivation.Derive(CallFactsBuilder.Of(CallFactsBuilder.Start(0), CallFactsBuilder.End(20))) with
        {
            Agents = [new("ana", "ep-1") { Team = "cobros" }, new("luis", "ep-2") { Team = "ventas" }],
        };

        Look(AgentOf("ventas"), rang);

        NamedTo(ScopeOf("saul", "ventas")).ShouldBe(("luis", "Luis"));
        NamedTo(new BoardScope(VisibleCalls.All("boss"), "ventas")).ShouldBe(("luis", "Luis"));
        NamedTo(ScopeOf("carla", "cobros")).ShouldBe(("ana", null));
        NamedTo(new BoardScope(VisibleCalls.All("boss"), null)).ShouldBe(("ana", null));

        (string? Id, string? Name) NamedTo(BoardScope scope)
        {
            var told = _news.For(scope.Visible.AgentId, [scope], Now).ShouldNotBeNull();
            var row = told.Missed.ShouldNotBeNull().ShouldHaveSingleItem();
            return (row.AgentId, row.AgentName);
        }
    }

    private void Look(Agent agent, params IReadOnlyList<Call> told)
    {
        var states = new Dictionary<string, AgentState>(StringComparer.Ordinal)
        {
            [agent.AgentId] = AgentState.Of(new AgentSigns(agent.AgentId), Now),
        };
        _news.Compare(
            new FloorView(Now, new AgentRoster([agent]), states, []),
            isAll: true,
            knows: true,
            new HashSet<string>(StringComparer.Ordinal),
            [.. told.Select(call => (call, false))],
            Today);
    }

    private static Agent AgentOf(string team) =>
        new() { AgentId = "luis", Name = "Luis", SignInName = "luis", Roles = [Role.Agent], Team = team };

    private static BoardScope ScopeOf(string agentId, string team) => new(VisibleCalls.OfTeam(agentId, team), null);
}
