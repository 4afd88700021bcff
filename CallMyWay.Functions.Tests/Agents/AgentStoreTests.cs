using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Agents;

/// <summary>The agents, and the rows that lead to them from their sign-in names.</summary>
public sealed class AgentStoreTests : IAsyncLifetime
{
    private Features _features = null!;

    private AgentStore Agents => _features.Get<AgentStore>();

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Theory]
    [InlineData("EVA@office.example")]
    [InlineData("eva@office.example")]
    [InlineData(" Eva@Office.Example ")]
    public async Task An_Agent_Whose_Sign_In_Name_Only_Changes_Its_Case_Is_Still_Found(string after)
    {
        await PutAsync("eva", "Eva@office.example");

        await PutAsync("eva", after);

        (await FindAsync("eva@office.example")).ShouldBe("eva");
        (await FindAsync("EVA@OFFICE.EXAMPLE")).ShouldBe("eva");
    }

    [Theory]
    [InlineData("in\u00e9s", "ine\u0301s", "u1")]
    [InlineData("ine\u0301s", "ine\u0301s", "u1")]
    // An earlier release stored it so. Then only who types it so is found.
    [InlineData("ine\u0301s", "in\u00e9s", null)]
    public async Task A_Sign_In_Name_Is_Found_However_Its_Accents_Are_Typed(string stored, string typed, string? found)
    {
        await PutAsync("u1", stored);

        (await FindAsync(typed)).ShouldBe(found);
    }

    [Fact]
    public async Task A_Former_Sign_In_Name_Finds_Nobody_And_Is_Free()
    {
        await PutAsync("eva", "eva@office.example");

        await PutAsync("eva", "eva.mora@office.example");

        (await FindAsync("eva@office.example")).ShouldBeNull();
        (await FindAsync("eva.mora@office.example")).ShouldBe("eva");
        await PutAsync("another", "eva@office.example");
        (await FindAsync("eva@office.example")).ShouldBe("another");
        (await NamesAsync()).ShouldBe(["another", "ana", "eva", "luis"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_Deleted_Agents_Sign_In_Name_Is_Free()
    {
        await PutAsync("eva", "eva@office.example");

        (await DeleteAsync("eva", null)).ShouldBeTrue();

        (await FindAsync("eva@office.example")).ShouldBeNull();
        (await NamesAsync()).ShouldBe(["ana", "luis"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_Agent_Whose_Deletion_Was_Refused_Is_Still_Found()
    {
        await PutAsync("eva", "eva@office.example");

        (await DeleteAsync("eva", "an old version")).ShouldBeFalse();

        (await FindAsync("eva@office.example")).ShouldBe("eva");
    }

    [Fact]
    public async Task Who_Was_Created_Again_Is_Not_Among_The_Deleted()
    {
        var agents = _features.Get<AgentStore>();
        await PutAsync("eva", "eva@office.example");
        var eva = (await agents.GetAsync("eva", default)).ShouldNotBeNull();
        (await agents.DeleteAsync(eva, null, default)).ShouldBeTrue();
        (await agents.AllIdsAsync(default)).ShouldContain(each => each.AgentId == "eva" && each.DeletedAt != null);

        await PutAsync("eva", "eva@office.example");

        (await agents.AllIdsAsync(default)).Single(each => each.AgentId == "eva").DeletedAt.ShouldBeNull();
    }

    [Theory]
    [InlineData("ana@office.example", "ANA@office.example")]
    // An agent can also sign in by their id.
    [InlineData("ana@office.example", "Ana")]
    public async Task Another_Agents_Sign_In_Name_Is_Refused_And_Stays_Theirs(string anas, string wanted)
    {
        await PutAsync("ana", anas);

        var result = await Agents.PutAsync(Agent("eva", wanted), CancellationToken.None);

        result.Outcome.ShouldBe(PutAgentOutcome.SignInNameTaken);
        (await FindAsync(wanted)).ShouldBe("ana");
        (await Agents.GetAsync("eva", CancellationToken.None)).ShouldBeNull();
    }

    private async Task PutAsync(string agentId, string signInName) =>
        (await Agents.PutAsync(Agent(agentId, signInName), CancellationToken.None)).Agent.ShouldNotBeNull();

    private static Agent Agent(string agentId, string signInName) =>
        new() { AgentId = agentId, Name = agentId, SignInName = signInName, Roles = [Role.Agent] };

    private async Task<bool> DeleteAsync(string agentId, string? etag)
    {
        var agent = (await Agents.GetAsync(agentId, CancellationToken.None)).ShouldNotBeNull();
        return await Agents.DeleteAsync(agent, etag, CancellationToken.None);
    }

    private async Task<string?> FindAsync(string signInName) =>
        (await Agents.FindBySignInNameAsync(signInName, CancellationToken.None))?.AgentId;

    private async Task<IEnumerable<string?>> NamesAsync() =>
        (await _features.RowsAsync(StorageNames.Agents, "signin")).Select(row => row.Text("agentId"));
}
