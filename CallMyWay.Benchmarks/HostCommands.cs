using System.Diagnostics;
using System.Globalization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.ContactGuard;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Reports;
using CallMyWay.Functions.Storage;
using CallMyWay.LocalHost.Functions;
using CallMyWay.LocalHost.Screens;
using CallMyWay.LocalHost.SignIn;
using CallMyWay.LocalHost.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Benchmarks;

/// <summary>Commands for the measured host, besides serving: initial data, an import, draining the queue.</summary>
internal sealed class HostCommands(IServiceProvider services)
{
    public async Task<string> RunAsync(string[] command)
    {
        switch (command)
        {
            case ["agents", var count]:
                return string.Join(' ', await AgentsAsync(Number(count), teams: 0));
            case ["office", var count, var teams]:
                await AgentsAsync(Number(count), Number(teams));
                await AdministratorAsync();
                return "";
            case ["passwords", var count]:
                for (var i = 0; i < Number(count); i++)
                {
                    var agent = await services.GetRequiredService<AgentStore>().GetAsync($"agent-{i:D3}", default);
                    await services.GetRequiredService<LocalAccounts>()
                        .SetPasswordAsync(agent!, Servers.AgentPassword, default);
                }

                return "";
            case ["any-hour"]:
                // As an office begins, but for its hours: a measurement is not to depend on the time of day.
                await services.GetRequiredService<GuardStore>().PutRulesAsync(
                    GuardRules.AtFirst with { Hours = null, Holidays = GuardRules.Open.Holidays }, default);
                return "";
            case ["import", var from, var count, var atOnce]:
                var time = Stopwatch.StartNew();
                await People.ImportAsync(
                    services.GetRequiredService<ContactStore>(), Number(from), Number(count), Number(atOnce));
                return Text(time.Elapsed.TotalSeconds);
            case ["store", var from, var count]:
                return Text(await StoreAsync(Number(from), Number(count)));
            case ["drain"]:
                return Text(await DrainAsync());
            case ["records", var from, var count, var agents, var among, var apart]:
                return Text(await TakeRecordsAsync(
                    Number(from), Number(count), Number(agents), Number(among), Number(apart)));
            case ["figures"]:
                return Text(await CountAsync());
            case ["memory"]:
                // What idle is: without what earlier requests have left.
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                return Text(Environment.WorkingSet / 1048576.0);
            case ["drained"]:
                await WhenEmptyAsync();
                return "";
            case ["match", var among, var count, var seed]:
                return await MatchAsync(Number(among), Number(count), Number(seed));
            case ["search", var count, .. var words]:
                return await SearchAsync(Number(count), string.Join(' ', words));
            default:
                throw new ArgumentException($"There is no command '{command[0]}'.", nameof(command));
        }
    }

    /// <summary>
    /// Makes agents, each with a phone and a session. Returns the tokens that let their screens connect.
    /// </summary>
    private async Task<IEnumerable<string>> AgentsAsync(int count, int teams)
    {
        var agents = services.GetRequiredService<AgentStore>();
        var mappings = services.GetRequiredService<MappingStore>();
        var accounts = services.GetRequiredService<ITables>()[LocalAccounts.Table];
        var tokens = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var id = $"agent-{i:D3}";
            var put = await agents.PutAsync(
                new Agent
                {
                    AgentId = id,
                    Name = id,
                    SignInName = id,
                    Roles = [Role.Agent],
                    Team = teams == 0 ? null : $"team-{i % teams}",
                },
                default);
            await mappings.PutAsync(
                new Mapping
                {
                    EndpointId = $"ep-{i:D3}",
                    Account = Servers.Account,
                    AgentId = id,
                    Phone = $"4000-{i:D4}"
                },
                default);
            // Written as an account is stored: hashing two hundred passwords would only take time.
            await accounts.UpsertAsync(
                new Row("account", Keys.Encode(id)).Set("agentId", id).Set("passwordHash", "none").Set("stamp", "stamp")
                    .Set("creation", put.Agent!.Creation),
                default);
            tokens.Add(services.GetRequiredService<ScreenTokens>().Create(new Session(id, "stamp", $"session-{i}")));
        }

        return tokens;
    }

    private async Task AdministratorAsync()
    {
        var put = await services.GetRequiredService<AgentStore>().PutAsync(
            new Agent
            {
                AgentId = Servers.Administrator,
                Name = Servers.Administrator,
                SignInName = Servers.Administrator,
                Roles = [Role.Admin],
            },
            default);
        await services.GetRequiredService<LocalAccounts>().SetPasswordAsync(put.Agent!, Servers.AgentPassword, default);
    }

    /// <summary>Stores contacts that are in memory, as an import does, and does nothing else.</summary>
    private async Task<double> StoreAsync(int from, int count)
    {
        var contacts = services.GetRequiredService<ContactStore>();
        var now = DateTimeOffset.UtcNow;
        var all = Enumerable.Range(from, count).Select(i => People.WithDocument(i, now)).ToList();
        var time = Stopwatch.StartNew();
        foreach (var some in all.Chunk(4000))
        {
            await contacts.CreateManyAsync(some, default);
        }

        return time.Elapsed.TotalSeconds;
    }

    private async Task<double> DrainAsync()
    {
        var pumps = ActivatorUtilities.CreateInstance<QueuePumps>(services);
        var time = Stopwatch.StartNew();
        await pumps.StartAsync(default);
        await pumps.StartedAsync(default);
        await WhenEmptyAsync();
        var seconds = time.Elapsed.TotalSeconds;
        await pumps.StopAsync(default);
        await pumps.DisposeAsync();
        return seconds;
    }

    /// <summary>Takes records of new calls, a page after the other, as a pull does.</summary>
    /// <param name="from">The number of the first record.</param>
    /// <param name="count">How many.</param>
    /// <param name="agents">How many agents they are of.</param>
    /// <param name="contacts">How many contacts they are with.</param>
    /// <param name="apart">The seconds from one call to the next, which is the earlier one.</param>
    private async Task<double> TakeRecordsAsync(int from, int count, int agents, int contacts, int apart)
    {
        const int page = 500;
        var intake = services.GetRequiredService<RecordIntake>();
        var account = services.GetRequiredService<Accounts>().Find(Servers.Account);
        var last = new DateTime(2026, 3, 1, 12, 0, 0);
        var time = Stopwatch.StartNew();
        for (var begin = from; begin < from + count; begin += page)
        {
            List<CallRecord> records =
            [
                .. Enumerable.Range(begin, Math.Min(page, from + count - begin)).Select(i => new CallRecord
                {
                    RecordId = $"record-{i}",
                    Ani = $"4000-{i % agents:D4}",
                    Dnis = People.NumberOf((int)(i * 7919L % contacts)).ToString(CultureInfo.InvariantCulture),
                    DetectTime = last.AddSeconds(-apart * i),
                    ConnectTime = last.AddSeconds((-apart * i) + 8),
                    Duration = 60,
                    AniUser = $"4000-{i % agents:D4}",
                    Cost = 12.5m,
                    AccessFee = 1,
                    Rate = 12.5m,
                    RoutePattern = "8",
                    RouteName = "Costa Rica móvil",
                }),
            ];
            await intake.TakeAsync(
                account,
                records,
                DateTimeOffset.UtcNow,
                failed => throw new InvalidOperationException(failed.RecordId),
                _ => { },
                default);
        }

        return time.Elapsed.TotalSeconds;
    }

    /// <summary>Works out the figures of all calls. Nobody else writes, so marks need not stay for a while.</summary>
    private async Task<double> CountAsync()
    {
        var (keeper, changed) =
            (services.GetRequiredService<FigureKeeper>(), services.GetRequiredService<ChangedHours>());
        var limit = new WorkLimit(TimeProvider.System, TimeSpan.FromHours(1));
        var time = Stopwatch.StartNew();
        while (await changed.ListAsync(null, null, default) is { Count: > 0 } hours)
        {
            await keeper.WorkOutAsync(
                [.. hours.Take(500).Select(hour => hour with { At = DateTimeOffset.UnixEpoch })], limit, default);
        }

        await services.GetRequiredService<PeriodStore>()
            .PutStateAsync(new FiguresState(keeper.Basis, DateTimeOffset.UtcNow), default);
        return time.Elapsed.TotalSeconds;
    }

    /// <summary>Waits until the queue of notifications is empty.</summary>
    /// <exception cref="InvalidOperationException">The queue has not become shorter for half a minute.</exception>
    private async Task WhenEmptyAsync()
    {
        var readers = services.GetRequiredService<SqliteDatabase>().Readers;
        var queue = SqliteSchema.Queue(StorageNames.CallEvents);
        var isMore = $"SELECT EXISTS (SELECT 1 FROM {queue})";
        var howMany = $"SELECT count(*) FROM {queue}";
        var (before, since) = (long.MaxValue, Stopwatch.StartNew());
        while (await readers.ReadAsync(isMore, static (session, sql) => session.Scalar(sql) == 1, default))
        {
            await Task.Delay(20);
            if (since.Elapsed < TimeSpan.FromSeconds(30))
            {
                continue;
            }

            var left = await readers.ReadAsync(howMany, static (session, sql) => session.Scalar(sql), default);
            before = left < before
                ? left
                : throw new InvalidOperationException($"{left} notifications stay in the queue: nothing takes them.");
            since.Restart();
        }
    }

    /// <summary>
    /// Matches random contacts' numbers, each of which must be found: mean, p50 and p99, in microseconds.
    /// </summary>
    private async Task<string> MatchAsync(int among, int count, int seed)
    {
        var matcher = services.GetRequiredService<ContactMatcher>();
        var numbers = services.GetRequiredService<PhoneNumberParser>();
        var random = new Random(seed);
        var latencies = new Latencies();
        var all = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            var contact = random.Next(among);
            var start = Stopwatch.GetTimestamp();
            var match = await matcher.MatchAsync(
                numbers.ParseCaller(People.NumberOf(contact).ToString(CultureInfo.InvariantCulture)), default);
            latencies.Add(start);
            if (match.Candidates.Count == 0)
            {
                throw new InvalidOperationException($"Contact {contact} was not found by its number.");
            }
        }

        return $"{Text(all.Elapsed.TotalMicroseconds / count)} {Text(latencies.Percentile(50) * 1000)} {Text(latencies.Percentile(99) * 1000)}";
    }

    /// <summary>Reads the first page of a search, as the console does: p50 and the longest, in milliseconds.</summary>
    private async Task<string> SearchAsync(int count, string words)
    {
        var contacts = services.GetRequiredService<ContactSearch>();
        var latencies = new Latencies();
        var found = 0;
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var page = await contacts.SearchAsync(words, new PageRequest(20, null), default);
            latencies.Add(start);
            found = page.Items.Count;
        }

        return $"{Text(latencies.Percentile(50))} {Text(latencies.Percentile(100))} {found}";
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("F3", CultureInfo.InvariantCulture);
}
