using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.FollowUps;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Tests.Infrastructure;
using Xunit.Abstractions;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>
/// The storage operations of changes of records with an index. docs/storage.md has some of the figures.
/// </summary>
public sealed class StoreCostTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private Features _features = null!;

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task A_Mapping()
    {
        var mappings = _features.Get<MappingStore>();
        var mapping = new Mapping { EndpointId = "ep-9", Account = "8000001", AgentId = "ana", Phone = "ep-9" };

        await CostsAsync("create", 7, () => mappings.PutAsync(mapping, None));
        await CostsAsync("the same", 2, () => mappings.PutAsync(mapping, None));
        await CostsAsync("another label", 5, () => mappings.PutAsync(mapping with { Label = "Caja" }, None));
        await CostsAsync("another agent", 7, () => mappings.PutAsync(mapping with { AgentId = "luis" }, None));
        await CostsAsync("delete", 6, () => mappings.DeleteAsync(mapping with { AgentId = "luis" }, null, None));
    }

    [Fact]
    public async Task An_Agent()
    {
        var agents = _features.Get<AgentStore>();
        var agent = new Agent { AgentId = "eva", Name = "Eva", SignInName = "eva@office.example", Roles = [Role.Agent] };

        await CostsAsync("create", 5, () => agents.PutAsync(agent, None));
        await CostsAsync("the same name", 4, () => agents.PutAsync(agent with { Team = "ventas" }, None));
        var renamed = agent with { SignInName = "eva.mora@office.example" };
        await CostsAsync("another name", 6, () => agents.PutAsync(renamed, None));
        var eva = (await agents.GetAsync("eva", None)).ShouldNotBeNull();
        await CostsAsync("delete", 5, () => agents.DeleteAsync(eva, null, None));
    }

    [Fact]
    public async Task A_Contact_Of_Seven_Index_Rows()
    {
        var contacts = _features.Get<ContactStore>();
        var contact = new Contact { ContactId = "c-1", Name = "Ana Mora", Numbers = ["2222-3333"] };

        await CostsAsync("create", 15, () => contacts.CreateAsync(contact, None));
        var another = contact with { ContactId = "c-2" };
        await CostsAsync("create with a new id", 8, () => contacts.CreateAsync(another, None, isNewId: true));
        var before = (await contacts.GetAsync("c-1", None)).ShouldNotBeNull();
        var changed = before with { Numbers = ["2222-4444"] };
        await CostsAsync("another number", 15, () => contacts.ReplaceAsync(changed, before, None));
        before = (await contacts.GetAsync("c-1", None)).ShouldNotBeNull();
        await CostsAsync("delete", 17, () => contacts.DeleteAsync(before, null, None));
    }

    [Fact]
    public async Task A_Follow_Up()
    {
        var followUps = _features.Get<FollowUpStore>();
        var id = DueItemId.Of(new CallKey("c-1001", "8000001"), null);
        var followUp = new FollowUp
        {
            FollowUpId = id,
            AgentId = "ana",
            CallId = "c-1001",
            Account = "8000001",
            ContactId = "c-1",
            Number = new(null, "22223333", PhoneNumberKind.Number),
            DueAt = _features.Clock.Now,
        };

        await CostsAsync("create", 6, () => followUps.PutAsync(id, _ => followUp, None));
        var later = followUp with { DueAt = _features.Clock.Now.AddDays(1) };
        await CostsAsync("another time", 8, () => followUps.PutAsync(id, _ => later, None));
        var stored = (await followUps.GetAsync(id, None)).ShouldNotBeNull();
        await CostsAsync("done", 5, () => followUps.ReplaceAsync(
            stored, stored with { DoneAt = _features.Clock.Now }, None));
    }

    private async Task CostsAsync(string what, int operations, Func<Task> write)
    {
        _features.Meter.Reset();
        await write();
        var asked = _features.Meter.Operations;
        output.WriteLine($"{what}: {asked.Count} ({string.Join(", ", asked)})");
        asked.Count.ShouldBe(operations, what);
    }
}
