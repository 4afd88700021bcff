using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Agents;

/// <summary>How often the agents are scanned for the names in lists, and how old a name can be.</summary>
public sealed class AgentDirectoryTests : IAsyncLifetime
{
    private Features _features = null!;

    private AgentDirectory Directory => _features.Get<AgentDirectory>();

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task All_Who_Ask_At_Once_And_Within_Thirty_Seconds_Cost_One_Scan()
    {
        await RenameAsync(_features.Get<AgentStore>(), "Ana María");
        _features.Meter.Reset();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => NameAsync()));
        _features.Clock.Now += AgentDirectory.Recheck - TimeSpan.FromSeconds(1);
        (await NameAsync()).ShouldBe("Ana María");

        _features.Meter.Operations.ShouldBe(["query agents"]);
    }

    [Fact]
    public async Task What_Another_Process_Changes_Shows_After_Thirty_Seconds_Also_Where_The_Clock_Is_Set_Back()
    {
        (await NameAsync()).ShouldBe("ana");
        var another = new AgentStore(_features.Get<ITables>(), _features.Clock);
        await RenameAsync(another, "Ana María");
        _features.Clock.Now -= TimeSpan.FromHours(1);

        _features.Clock.Now += AgentDirectory.Recheck - TimeSpan.FromSeconds(1);
        (await NameAsync()).ShouldBe("ana");
        _features.Clock.Now += TimeSpan.FromSeconds(1);
        (await NameAsync()).ShouldBe("Ana María");
    }

    [Fact]
    public async Task An_Agent_Whose_Row_Can_Not_Be_Read_Stops_No_Call_And_No_List()
    {
        var agents = _features.Get<ITables>()[StorageNames.Agents];
        await agents.UpsertAsync(new Row("agent", "luis").Set("json", "{\"agentId\":1}"), default);
        _features.Clock.Now += AgentDirectory.Recheck;
        var start = Payload.Text("call-start-in.json");

        (await Directory.ReadAsync(default)).All.Select(agent => agent.AgentId).ShouldBe(["ana"]);
        await _features.ProcessAsync(start);
        await _features.ProcessAsync(start.Replace("ep-1", "ep-2", StringComparison.Ordinal));

        var call = (await _features.CallAsync()).ShouldNotBeNull();
        call.Agents.Select(agent => agent.AgentId).ShouldBe(["ana", "luis"]);
        (await _features.OpenAsync("luis")).ShouldHaveSingleItem();
        (await _features.ListAsync(VisibleCalls.Own("luis"))).Items.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_This_Process_Changes_Shows_At_Once()
    {
        var agents = _features.Get<AgentStore>();
        (await NameAsync()).ShouldBe("ana");

        await RenameAsync(agents, "Ana María");
        (await NameAsync()).ShouldBe("Ana María");

        var ana = (await agents.GetAsync("ana", default)).ShouldNotBeNull();
        (await agents.DeleteAsync(ana, null, default)).ShouldBeTrue();
        (await NameAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_Change_During_A_Scan_Is_Not_Missed()
    {
        var agents = _features.Get<AgentStore>();
        await RenameAsync(agents, "before");
        var scan = _features.Gate.Hold("query agents");
        var early = NameAsync();
        await scan.Reached;

        await RenameAsync(agents, "after");

        (await NameAsync()).ShouldBe("after");
        _features.Gate.Open();
        await early;
        (await NameAsync()).ShouldBe("after");
    }

    [Fact]
    public async Task A_Write_That_Fails_Counts_As_A_Change()
    {
        (await NameAsync()).ShouldBe("ana");
        _features.Meter.CrashAt("replace agents");
        await Should.ThrowAsync<CrashException>(() => RenameAsync(_features.Get<AgentStore>(), "Ana María"));
        _features.Meter.Recover();
        _features.Meter.Reset();

        await NameAsync();

        _features.Meter.Operations.ShouldBe(["query agents"]);
    }

    [Fact]
    public async Task A_Scan_That_Fails_Is_Begun_Anew_By_The_Next_Who_Asks()
    {
        await RenameAsync(_features.Get<AgentStore>(), "Ana María");
        _features.Meter.CrashAt("query agents");
        await Should.ThrowAsync<CrashException>(NameAsync);
        _features.Meter.Recover();

        (await NameAsync()).ShouldBe("Ana María");
    }

    [Fact]
    public async Task Who_Goes_Away_During_A_Scan_Ends_It_For_Nobody_Else()
    {
        await RenameAsync(_features.Get<AgentStore>(), "Ana María");
        _features.Meter.Reset();
        var scan = _features.Gate.Hold("query agents");
        using var gone = new CancellationTokenSource();
        var first = Directory.ReadAsync(gone.Token);
        await scan.Reached;
        var second = NameAsync();

        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        _features.Gate.Open();

        (await second).ShouldBe("Ana María");
        _features.Meter.Operations.ShouldBe(["query agents"]);
    }

    private async Task<string?> NameAsync() => (await Directory.ReadAsync(CancellationToken.None)).NameOf("ana");

    private static Task<PutAgentResult> RenameAsync(AgentStore agents, string name) => agents.PutAsync(
        new Agent { AgentId = "ana", Name = name, SignInName = "ana", Roles = [Role.Agent] }, CancellationToken.None);
}
