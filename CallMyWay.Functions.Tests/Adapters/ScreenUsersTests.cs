using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Adapters;

/// <summary>As whom screens connect to Azure SignalR Service, and to whom messages are sent.</summary>
public sealed class ScreenUsersTests : IAsyncLifetime
{
    private Features _features = null!;

    private ScreenUsers _users = null!;

    public async Task InitializeAsync()
    {
        _features = await Features.StartAsync();
        await PutAsync("sofia", Role.Supervisor);
        await PutAsync("boss", Role.Agent, Role.Admin);
        _users = new ScreenUsers(_features.Get<AgentStore>(), _features.Get<AgentDirectory>());
    }

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Theory]
    [InlineData("sofia")]
    [InlineData("boss")]
    public async Task An_Overseer_s_Screen_With_An_Embed_Token_Gets_Its_Calls_And_Nothing_That_Is_For_The_Console(
        string overseer)
    {
        var embedded = await _users.OfScreenAsync(overseer, isEmbedded: true, default);

        (await _users.OfScreenAsync(overseer, isEmbedded: false, default)).ShouldBe(overseer);
        embedded.ShouldNotBe(overseer);
        foreach (var message in Enum.GetValues<ScreenMessage>())
        {
            (await _users.OfMessageAsync(overseer, message, default)).ShouldBe(
                message is ScreenMessage.CallsChanged or ScreenMessage.Wallboard ? [overseer] : [overseer, embedded]);
        }

        ScreenUsers.AllOf(overseer).ShouldBe([overseer, embedded]);
    }

    [Fact]
    public async Task Any_Other_Agent_Is_One_User_Who_Costs_One_Message()
    {
        (await _users.OfScreenAsync("ana", isEmbedded: true, default)).ShouldBe("ana");
        foreach (var message in Enum.GetValues<ScreenMessage>())
        {
            (await _users.OfMessageAsync("ana", message, default)).ShouldBe(["ana"]);
        }
    }

    [Fact]
    public async Task An_Agent_Who_Has_Just_Become_An_Overseer_Connects_As_One()
    {
        await PutAsync("ana", Role.Supervisor);

        (await _users.OfScreenAsync("ana", isEmbedded: true, default)).ShouldBe(ScreenUsers.AllOf("ana")[1]);
    }

    private async Task PutAsync(string agentId, params Role[] roles) => await _features.Get<AgentStore>().PutAsync(
        new Agent { AgentId = agentId, Name = agentId, SignInName = agentId, Roles = roles }, default);
}
