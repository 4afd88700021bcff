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

        visible.AgentIds.ShouldNotBeNull().ShouldBe(agents, ignoreOrder: true);
        visible.Includes("nobody").ShouldBeFalse();
        (await IsSeenAsync(visible, "ep-of-nobody")).ShouldBeFalse("a call without an agent is for those who see all");
    }

    [Theory]
    [InlineData("everywhere", Role.Supervisor)]
    [InlineData("eva", Role.Admin)]
    [InlineData("gone", Role.Admin)]
    public async Task A_User_Sees_All_Calls(string agentId, Role role)
    {
        var visible = await FindVisibleAsync(agentId, role);

        visible.Includes("nobody").ShouldBeTrue();
        (await IsSeenAsync(visible, "ep-of-nobody")).ShouldBeTrue();
    }

    private async Task PutAsync(string agentId, string? team) => await _features.Get<AgentStore>().PutAsync(
        new Agent { AgentId = agentId, Name = agentId, SignInName = agentId, Roles = [Role.Agent], Team = team },
        CancellationToken.None);

    private ValueTask<VisibleCalls> FindVisibleAsync(string agentId, Role role)
    {
        var user = Principal.Create("tests", agentId, agentId, [role], null);
        return _features.Get<CallScope>().FindVisibleAsync(user, CancellationToken.None);
    }

    private async Task<bool> IsSeenAsync(VisibleCalls visible, string endpointId)
    {
        var start = Payload.Text("call-start-in.json").Replace("ep-1", endpointId, StringComparison.Ordinal);
        await _features.ProcessAsync(start);
        return visible.Includes((await _features.CallAsync()).ShouldNotBeNull());
    }
}
