using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Calls;

/// <summary>Which calls a user may see.</summary>
public sealed class CallScopeTests : IAsyncLifetime
{
    private Features _features = null!;

    public async Task InitializeAsync()
    {
        _features = await Features.StartAsync();
        await PutAsync("eva", "sales");
        await PutAsync("raul", "sales");
        await PutAsync("ines", "support");
        await PutAsync("everywhere", null);
    }

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Theory]
    [InlineData("eva", Role.Agent, "eva")]
    [InlineData("everywhere", Role.Agent, "everywhere")]
    [InlineData("eva", Role.Supervisor, "eva", "raul")]
    // A supervisor whose row was deleted has no team.
    [InlineData("gone", Role.Supervisor, "gone")]
    public async Task A_User_Sees_The_Calls_Of_These_Agents(string agentId, Role role, params string[] agents)
    {
        var visible = await FindVisibleAsync(agentId, role);

        foreach (var other in new[] { "eva", "raul", "ines", "everywhere", "gone", "nobody" })
        {
            var isSeen = agents.Contains(other);
            (await IncludesAsync(visible, other)).ShouldBe(isSeen, other);
            (await IsSeenAsync(visible, $"ep-of-{other}", other)).ShouldBe(isSeen, $"a call of {other}");
        }

        (await IsSeenAsync(visible, "ep-unmapped")).ShouldBe(
            role == Role.Supervisor && agentId != "gone", "a call without an agent is for every supervisor");
    }

    [Fact]
    public async Task A_Call_Stays_With_The_Team_That_Its_Agent_Was_In()
    {
        await _features.MapAsync("ep-of-raul", "raul");
        await _features.ProcessAsync(Of("ep-of-raul"));
        var before = (await _features.CallAsync(CallOf("ep-of-raul"))).ShouldNotBeNull();
        before.Agents.ShouldHaveSingleItem().Team.ShouldBe("sales");
        var raul = (await _features.Get<AgentStore>().GetAsync("raul", CancellationToken.None)).ShouldNotBeNull();
        await _features.Get<AgentStore>().PutAsync(raul with { Team = "support" }, CancellationToken.None);

        // Another notification of the call does not move it.
        await _features.ProcessAsync(Of("ep-of-raul", "callEnd"));
        var after = (await _features.CallAsync(CallOf("ep-of-raul"))).ShouldNotBeNull();
        after.State.ShouldBe(CallState.Ended);

        var eva = await FindVisibleAsync("eva", Role.Supervisor);
        var ines = await FindVisibleAsync("ines", Role.Supervisor);
        (eva.Includes(after), ines.Includes(after), (await FindVisibleAsync("raul", Role.Supervisor)).Includes(after))
            .ShouldBe((true, false, true));
        // What is an agent's own, as a follow-up, goes with the agent.
        (await IncludesAsync(eva, "raul"), await IncludesAsync(ines, "raul")).ShouldBe((false, true));
    }

    [Theory]
    [InlineData("everywhere", Role.Supervisor)]
    [InlineData("eva", Role.Admin)]
    [InlineData("gone", Role.Admin)]
    public async Task A_User_Sees_All_Calls(string agentId, Role role)
    {
        var visible = await FindVisibleAsync(agentId, role);

        (await IncludesAsync(visible, "nobody")).ShouldBeTrue();
        (await IsSeenAsync(visible, "ep-unmapped")).ShouldBeTrue();
    }

    private async Task PutAsync(string agentId, string? team) => await _features.Get<AgentStore>().PutAsync(
        new Agent { AgentId = agentId, Name = agentId, SignInName = agentId, Roles = [Role.Agent], Team = team },
        CancellationToken.None);

    private ValueTask<VisibleCalls> FindVisibleAsync(string agentId, Role role)
    {
        var user = Principal.Create("tests", agentId, agentId, [role], null);
        return _features.Get<CallScope>().FindVisibleAsync(user, CancellationToken.None);
    }

    private ValueTask<bool> IncludesAsync(VisibleCalls visible, string agentId) =>
        _features.Get<CallScope>().IncludesAsync(visible, agentId, CancellationToken.None);

    private async Task<bool> IsSeenAsync(VisibleCalls visible, string endpointId, string? agentId = null)
    {
        if (agentId is not null)
        {
            await _features.MapAsync(endpointId, agentId);
        }

        await _features.ProcessAsync(Of(endpointId));
        var call = (await _features.CallAsync(CallOf(endpointId))).ShouldNotBeNull();
        call.Agents.Select(agent => agent.AgentId).ShouldBe(agentId is null ? [] : [agentId]);
        var isListed = (await _features.ListAsync(visible)).Items.Any(listed => listed.CallId == call.CallId);
        isListed.ShouldBe(visible.Includes(call));
        return isListed;
    }

    private static string CallOf(string endpointId) => $"of-{endpointId}";

    private static string Of(string endpointId, string action = "callStart") => Payload.Text("call-start-in.json")
        .Replace("callStart", action, StringComparison.Ordinal)
        .Replace("ep-1", endpointId, StringComparison.Ordinal)
        .Replace("c-1001", CallOf(endpointId), StringComparison.Ordinal);
}
