using System.Globalization;
using System.Net;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Sweeping;

/// <summary>Rows whose time is over are deleted and others stay, in a whole host.</summary>
public abstract class SweepTests(TestStorage storage) : IAsyncLifetime
{
    // A time at which the host does not sweep by itself.
    private static readonly DateTimeOffset Now =
        DateTimeOffset.UtcNow is { Hour: >= 7 and < 10 } night ? night.AddHours(4) : DateTimeOffset.UtcNow;

    private TestHost _host = null!;

    public async Task InitializeAsync() =>
        _host = await TestHost.StartAsync(storage, new() { Time = new SetClock(Now) });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task Each_Kind_Of_Row_Is_Deleted_When_Its_Time_Is_Over()
    {
        await PutAsync(
            StorageNames.PopUps, "ana", PopUpKey(Now.AddHours(-13), "old"), PopUpKey(Now.AddHours(-11), "new"));
        await PutAsync(StorageNames.Dials, "total", DayOf(-92), DayOf(-80), "latest");
        foreach (var days in new[] { 91, 89 })
        {
            await DialAsync("ana", days);
            var phone = new UnmappedEndpoint($"{days} days", DemoHost.Account, null, Now.AddDays(-days));
            await _host.Get<MappingStore>().NoteUnmappedAsync(phone, default);
        }

        foreach (var partition in new[] { "account", "address" })
        {
            foreach (var days in new[] { 3, 1 })
            {
                var row = new Row(partition, $"days-{days}").Set("lastFailure", Now.AddDays(-days));
                await Table("signinfailures").UpsertAsync(row, default);
            }
        }

        foreach (var days in new[] { 91, 89 })
        {
            var row = new Row("known~ana", $"days-{days}").Set("stamp", "s").Set("signedInAt", Now.AddDays(-days));
            await Table("accounts").UpsertAsync(row, default);
        }

        var jobs = _host.Get<JobStore>();
        foreach (var (created, finished) in new (int, int?)[] { (-100, -91), (-100, -89), (-100, null), (-1, -1) })
        {
            await jobs.InsertAsync(
                new Job
                {
                    JobId = Guid.CreateVersion7(Now.AddDays(created)).ToString("N"),
                    Kind = BackfillJob.Name,
                    CreatedAt = Now.AddDays(created),
                    MovedAt = Now.AddDays(finished ?? created),
                    FinishedAt = finished is { } days ? Now.AddDays(days) : null,
                    Payload = "{}",
                },
                default);
        }

        (await SweepAsync()).ShouldBeTrue();

        (await jobs.ListAsync(BackfillJob.Name, new PageRequest(10, null), default)).Items
            .Select(job => job.FinishedAt).ShouldBe(
                [Now.AddDays(-1), Now.AddDays(-89), null], ignoreOrder: true);
        (await KeysAsync("accounts", "known~ana")).ShouldBe(["days-89"]);
        (await KeysAsync("accounts", "account")).ShouldContain("ana");
        (await KeysAsync(StorageNames.PopUps, "ana")).ShouldHaveSingleItem().ShouldEndWith("new");
        (await KeysAsync(StorageNames.Dials, "total")).ShouldBe([DayOf(-80), "latest"]);
        (await KeysAsync(StorageNames.Dials, "agent~ana")).ShouldBe(["dial~89"]);
        (await KeysAsync(StorageNames.UnmappedEndpoints, "endpoint")).ShouldHaveSingleItem().ShouldStartWith("89");
        (await KeysAsync("signinfailures", "account")).ShouldBe(["days-1"]);
        (await KeysAsync("signinfailures", "address")).ShouldBe(["days-1"]);
    }

    [SkippableFact]
    public async Task A_Deleted_Agents_Rows_Are_Deleted_Too()
    {
        using var admin = await _host.SignInAsync("admin");
        var eva = new { name = "Eva", roles = new[] { "agent" } };
        (await admin.AskAsync(HttpMethod.Put, "/api/agents/eva", eva)).Status.ShouldBe(HttpStatusCode.Created);
        var open = Enumerable.Range(0, 120).Select(i => PopUpKey(Now.AddMinutes(-i), "open"));
        await PutAsync(StorageNames.PopUps, "eva", open);
        (await admin.AskAsync(HttpMethod.Delete, "/api/agents/eva")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await KeysAsync(StorageNames.PopUps, "eva")).ShouldBeEmpty("they go with the agent");

        // The row of a call that was being processed during the deletion.
        await PutAsync(StorageNames.PopUps, "eva", PopUpKey(Now.AddDays(-1), "late"));
        await DialAsync("eva", 91);
        await DialAsync("eva", 10);
        // A sign-in that was under way then.
        var known = new Row("known~eva", "203.0.113.10").Set("stamp", "s").Set("signedInAt", Now.AddDays(-91));
        await Table("accounts").UpsertAsync(known, default);
        (await SweepAsync()).ShouldBeTrue();

        (await KeysAsync(StorageNames.PopUps, "eva")).ShouldBeEmpty();
        (await KeysAsync("accounts", "known~eva")).ShouldBeEmpty();
        (await KeysAsync(StorageNames.Dials, "agent~eva")).ShouldBe(["dial~10"]);
    }

    private static string PopUpKey(DateTimeOffset time, string name) => Keys.Join(Keys.NewestFirst(time), name);

    private static string DayOf(int days) =>
        Now.AddDays(days).UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private Task<bool> SweepAsync() => _host.Get<Sweeper>().RunAsync(TimeSpan.FromMinutes(4), default);

    private async Task DialAsync(string agentId, int daysAgo)
    {
        var dial = new Dial
        {
            DialId = $"{daysAgo}",
            AgentId = agentId,
            EndpointId = "1001",
            Account = DemoHost.Account,
            Number = new(null, "8888 1234", CallMyWay.Functions.Numbers.PhoneNumberKind.Number),
            Order = DialOrder.AgentFirst,
            State = DialState.Placed,
            RequestedAt = Now.AddDays(-daysAgo),
            Mark = "",
        };
        var row = DialStore.Stored.ToRow($"agent~{agentId}", $"dial~{daysAgo}", dial);
        await Table(StorageNames.Dials).UpsertAsync(row, default);
    }

    private async Task PutAsync(string table, string partition, params IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            await Table(table).UpsertAsync(new Row(partition, key), default);
        }
    }

    private ITable Table(string name) => _host.Get<ITables>()[name];

    private async Task<IReadOnlyList<string>> KeysAsync(string table, string partition) =>
        [.. (await Table(table).ReadAsync(new RowRange(partition), default)).Select(row => row.Key)];
}

public sealed class SweepTestsOnSqlite() : SweepTests(TestStorage.Sqlite);

public sealed class SweepTestsOnAzurite() : SweepTests(TestStorage.Azurite);
