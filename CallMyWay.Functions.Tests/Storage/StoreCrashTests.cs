using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.FollowUps;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>
/// For each change of each store, a process ends at each write. Then the lists agree with the records, and after a
/// repair nothing is left to repair.
/// </summary>
public sealed class StoreCrashTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private Features _features = null!;

    private int _next;

    public async Task InitializeAsync()
    {
        _features = await Features.StartAsync();
        _features.Get<IndexRepair>().Patience = TimeSpan.Zero;
    }

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task A_Mapping()
    {
        var mappings = _features.Get<MappingStore>();
        await CrashAsync(id => PutAsync(id, "ana", "1"), ShouldBeFoundAsync);
        await CrashAsync(id => PutAsync(id, "luis", "2"), ShouldBeFoundAsync, id => PutAsync(id, "ana", "1"));
        await CrashAsync(
            id => mappings.DeleteAsync(Mapping(id, "ana", "1"), null, None),
            ShouldBeFoundAsync,
            id => PutAsync(id, "ana", "1"));

        Task PutAsync(string id, string agentId, string phone) =>
            mappings.PutAsync(Mapping(id, agentId, phone), None);

        static Mapping Mapping(string id, string agentId, string phone) =>
            new() { EndpointId = id, Account = "8000001", AgentId = agentId, Phone = $"{id}-{phone}" };

        async Task ShouldBeFoundAsync(string id)
        {
            var mapping = await mappings.GetAsync(id, None);
            foreach (var agentId in new[] { "ana", "luis" })
            {
                (await mappings.ListForAgentAsync(agentId, None)).Where(found => found.EndpointId == id)
                    .ShouldBe(mapping?.AgentId == agentId ? [mapping] : []);
            }

            foreach (var phone in new[] { $"{id}-1", $"{id}-2" })
            {
                (await mappings.ListForPhoneAsync(phone, None)).ShouldBe(mapping?.Phone == phone ? [mapping] : []);
            }
        }
    }

    [Fact]
    public async Task An_Agent()
    {
        var agents = _features.Get<AgentStore>();
        await CrashAsync(id => PutAsync(id, "one"), ShouldBeFoundAsync);
        await CrashAsync(id => PutAsync(id, "two"), ShouldBeFoundAsync, id => PutAsync(id, "one"));
        await CrashAsync(DeleteAsync, ShouldBeFoundAsync, id => PutAsync(id, "one"));

        async Task PutAsync(string id, string name)
        {
            var signInName = $"{name}-{id}@office.example";
            var agent = new Agent { AgentId = id, Name = id, SignInName = signInName, Roles = [Role.Agent] };
            (await agents.PutAsync(agent, None)).Agent.ShouldNotBeNull();
        }

        async Task DeleteAsync(string id) => await agents.DeleteAsync((await agents.GetAsync(id, None))!, null, None);

        async Task ShouldBeFoundAsync(string id)
        {
            var agent = await agents.GetAsync(id, None);
            foreach (var name in new[] { $"one-{id}@office.example", $"two-{id}@office.example" })
            {
                (await agents.FindBySignInNameAsync(name, None))?.AgentId
                    .ShouldBe(agent?.SignInName == name ? id : null, name);
            }
        }
    }

    [Fact]
    public async Task A_Contact()
    {
        var (contacts, matcher) = (_features.Get<ContactStore>(), _features.Get<ContactMatcher>());
        var search = _features.Get<ContactSearch>();
        var parser = _features.Get<PhoneNumberParser>();
        await CrashAsync(CreateAsync, ShouldBeFoundAsync);
        await CrashAsync(ChangeAsync, ShouldBeFoundAsync, CreateAsync);
        await CrashAsync(DeleteAsync, ShouldBeFoundAsync, CreateAsync);

        Task CreateAsync(string id) => contacts.CreateAsync(Contact(id, "Ana", "1"), None);

        async Task ChangeAsync(string id)
        {
            var before = (await contacts.GetAsync(id, None))!;
            await contacts.ReplaceAsync(Contact(id, "Zoe", "2") with { ETag = before.ETag }, before, None);
        }

        async Task DeleteAsync(string id) =>
            await contacts.DeleteAsync((await contacts.GetAsync(id, None))!, null, None);

        static Contact Contact(string id, string name, string digit) =>
            new() { ContactId = id, Name = $"{name} {id}", Numbers = [Number(id, digit)] };

        static string Number(string id, string digit) => $"{digit.PadLeft(4, '2')}{id[1..].PadLeft(4, '0')}";

        async Task ShouldBeFoundAsync(string id)
        {
            var contact = await contacts.GetAsync(id, None);
            foreach (var (name, digit) in new[] { ("ana", "1"), ("zoe", "2") })
            {
                var isSo = contact?.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase) == true;
                string[] expected = isSo ? [id] : [];
                var found = await search.SearchAsync($"{name} {id}", new PageRequest(10, null), None);
                found.Items.Select(each => each.ContactId).ShouldBe(expected, name);
                var matches = await matcher.FindAsync(parser.Parse(Number(id, digit)), None);
                matches.Select(match => match.Contact.ContactId).ShouldBe(expected, digit);
            }

            var all = await search.ListAsync(new PageRequest(500, null), None);
            all.Items.Count(each => each.ContactId == id).ShouldBe(contact is null ? 0 : 1);
        }
    }

    [Fact]
    public async Task A_Follow_Up()
    {
        var followUps = _features.Get<FollowUpStore>();
        await CrashAsync(id => PutAsync(id, 1), ShouldBeFoundAsync);
        await CrashAsync(id => PutAsync(id, 2), ShouldBeFoundAsync, id => PutAsync(id, 1));
        await CrashAsync(TieAsync, ShouldBeFoundAsync, id => PutAsync(id, 1));
        await CrashAsync(CloseAsync, ShouldBeFoundAsync, id => PutAsync(id, 1));
        await CrashAsync(DeleteAsync, ShouldBeFoundAsync, id => PutAsync(id, 1));

        Task PutAsync(string id, int days) => followUps.PutAsync(
            DueItemId.Of(new CallKey(id, "8000001"), null),
            _ => new FollowUp
            {
                FollowUpId = DueItemId.Of(new CallKey(id, "8000001"), null),
                AgentId = "ana",
                CallId = id,
                Account = "8000001",
                ContactId = "c-1",
                Number = new(null, "22223333", PhoneNumberKind.Number),
                DueAt = _features.Clock.Now.AddDays(days),
            },
            None);

        Task TieAsync(string id) => followUps.TieAsync(new CallKey(id, "8000001"), [], new Contact { ContactId = "c-2", Name = "María", Numbers = [] }, None);

        async Task CloseAsync(string id)
        {
            var open = (await GetAsync(id))!;
            await followUps.ReplaceAsync(open, open with { DoneAt = _features.Clock.Now }, None);
        }

        async Task DeleteAsync(string id) => await followUps.DeleteAsync((await GetAsync(id))!, None);

        ValueTask<FollowUp?> GetAsync(string id) =>
            followUps.GetAsync(DueItemId.Of(new CallKey(id, "8000001"), null), None);

        async Task ShouldBeFoundAsync(string id)
        {
            var open = await GetAsync(id) is { DoneAt: null } followUp ? followUp : null;
            foreach (var (list, isIn) in new[]
            {
                (DueItemList.OfAgent("ana"), open is not null),
                (DueItemList.OfContact(["c-1"]), open?.ContactId == "c-1"),
                (DueItemList.OfContact(["c-2"]), open?.ContactId == "c-2"),
            })
            {
                var found = await followUps.ListAsync(list, null, new PageRequest(500, null), None);
                found.Items.Where(each => each.CallId == id).ShouldBe(isIn ? [open!] : [], $"{list}");
            }
        }
    }

    /// <summary>
    /// Ends the process at the first write of the change, then at the second, and so on until the change is done.
    /// </summary>
    private async Task CrashAsync(
        Func<string, Task> change, Func<string, Task> shouldBeFound, Func<string, Task>? prepare = null)
    {
        var isDone = false;
        for (var writes = 0; !isDone; writes++)
        {
            var id = $"t{_next++}";
            await (prepare?.Invoke(id) ?? Task.CompletedTask);
            _features.Meter.CrashAfter(writes);
            try
            {
                await change(id);
                isDone = true;
            }
            catch (CrashException)
            {
                // Nothing cleans up what is left.
            }

            _features.Meter.Recover();
            await shouldBeFound(id);
            await RepairAsync();
            await shouldBeFound(id);
            (await LookAsync()).ShouldBe(0);
            writes.ShouldBeLessThan(30);
        }
    }

    private async Task RepairAsync()
    {
        // Each table is due again.
        _features.Clock.Now += TimeSpan.FromDays(7);
        while (!await _features.Get<IndexRepair>().RunAtNightAsync(TimeSpan.FromMinutes(1), None))
        {
            // The next run continues.
        }
    }

    /// <summary>The number of things to repair.</summary>
    private async Task<int> LookAsync()
    {
        var page = await _features.Get<IndexRepair>().RunAsync(null, rows: 100_000, TimeSpan.FromMinutes(1), None);
        page.Next.ShouldBeNull();
        page.Items.Sum(table => table.Conflicts + table.Unreadable).ShouldBe(0);
        return page.Items.Sum(table => table.Written + table.Removed + table.LeadNowhere);
    }
}
