using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Xunit.Abstractions;

namespace CallMyWay.Functions.Tests.Desk;

/// <summary>
/// What a list of calls costs, on a day of a few calls and of very many: one query, and one read for each call that it
/// shows. A team's lists take two queries, as each has the calls without an agent beside the team's own. Each answer is
/// compared with the calls that were made up.
/// </summary>
public abstract class ListCostTests(TestStorage storage, ITestOutputHelper output)
{
    private const int Take = 20;

    private const int Pages = 3;

    private const string Jose = "demo-01";

    private static readonly TimeSpan Day = TimeSpan.FromHours(20);

    private readonly StorageMeter _meter = new();

    private DateTimeOffset _now;

    [SkippableFact]
    public Task Two_Hundred_Calls() => EachListCostsWhatItShowsAsync(200);

    [SkippableFact]
    public Task Twenty_Thousand_Calls()
    {
        Skip.If(storage != TestStorage.Sqlite, "So many calls are made up in SQLite alone: it takes Azurite minutes.");
        return EachListCostsWhatItShowsAsync(20_000);
    }

    private async Task EachListCostsWhatItShowsAsync(int count)
    {
        await using var host = await TestHost.StartAsync(storage, new() { Services = _meter.Before });
        _now = DateTimeOffset.UtcNow;
        var calls = await SeedAsync(host, count);
        using var admin = await host.SignInAsync("admin");
        using var sofia = await host.SignInAsync("sofia");
        using var ana = await host.SignInAsync("ana");
        var numbers = host.Get<PhoneNumberParser>();
        (string Name, HttpClient Client, VisibleCalls Visible)[] people =
        [
            ("admin", admin, VisibleCalls.All("admin")),
            ("sofia", sofia, VisibleCalls.OfTeam("sofia", "cobros")),
            ("ana", ana, VisibleCalls.Own("ana")),
        ];
        foreach (var (name, client, visible) in people)
        {
            foreach (var (path, narrow) in Lists(numbers))
            {
                var filter = narrow(new CallFilter
                {
                    Visible = visible,
                    From = _now - Day - TimeSpan.FromHours(1),
                    To = _now.AddHours(1),
                    Now = _now,
                });
                if (name == "ana" && ((filter.AgentId ?? "ana") != "ana" || filter.TeamId is not null))
                {
                    continue;
                }

                var wanted = calls.Where(call => filter.Wants(call, numbers) && call.IndexedAt >= filter.From);
                List<string> expected =
                    [.. wanted.OrderByDescending(call => call.IndexedAt).Select(call => call.CallId)];
                await ComparePagesAsync($"{name} {path}", client, path, expected, QueriesOf(visible, filter));
            }

            // Everybody who talks with a contact reads the whole file.
            List<string> file = [.. calls.Where(call => call.ContactId == Jose).Select(call => call.CallId)];
            await ComparePagesAsync($"{name} the file", client, $"contacts/{Jose}/calls", file);
        }

        // A team that has had no call has those of nobody.
        var her = (await host.Get<AgentStore>().GetAsync("sofia", default)).ShouldNotBeNull();
        await host.Get<AgentStore>().PutAsync(her with { Team = "nueva" }, default);
        List<Call> ofNobody =
            [.. calls.Where(call => call.Agents.Count == 0).OrderByDescending(call => call.IndexedAt)];
        foreach (var (path, queries, isShown) in new (string, int, Func<Call, bool>)[]
        {
            ("live-calls", 1, call => call.State != CallState.Ended),
            ("missed-calls", 2, call => call.IsMissed),
            ("calls", 2, _ => true),
            ("calls?outcome=refused", 2, call => call.Outcome == "refused"),
        })
        {
            await ComparePagesAsync(
                "a new team", sofia, path, [.. ofNobody.Where(isShown).Select(call => call.CallId)], queries);
        }
    }

    private static int QueriesOf(VisibleCalls visible, CallFilter filter) =>
        visible.Team is not null && !filter.IsLive
            && filter is { AgentId: null, TeamId: null, ContactId: null, Number: null }
            && filter.State is not (CallState.Ringing or CallState.Connected)
            ? 2
            : 1;

    private static IEnumerable<(string Path, Func<CallFilter, CallFilter> Narrow)> Lists(PhoneNumberParser numbers)
    {
        var number = numbers.Parse("8888-1234");
        yield return ("live-calls", filter => filter with { IsLive = true, From = filter.To.AddHours(-7) });
        yield return ("missed-calls", filter => filter with { IsMissed = true });
        yield return ("calls", filter => filter);
        yield return ("calls?direction=out", filter => filter with { Direction = CallDirection.Out });
        yield return ("calls?state=ringing", filter => filter with { State = CallState.Ringing });
        yield return ("calls?state=connected&direction=in", filter => filter with
        {
            State = CallState.Connected,
            Direction = CallDirection.In,
        });
        yield return ("calls?number=8888-1234", filter => filter with { Number = number });
        yield return ("calls?number=%2B50688881234&direction=out", filter => filter with
        {
            Number = number,
            Direction = CallDirection.Out,
        });
        yield return ("calls?outcome=refused", filter => filter with { Outcome = "refused" });
        yield return ("calls?outcome=paid", filter => filter with { Outcome = "paid" });
        yield return ($"calls?contact={Jose}", filter => filter with { ContactId = Jose });
        yield return ($"calls?contact={Jose}&outcome=refused", filter => filter with
        {
            ContactId = Jose,
            Outcome = "refused",
        });
        yield return ("calls?team=cobros", filter => filter with { TeamId = "cobros" });
        yield return ("calls?tied=true", filter => filter with { IsTied = true });
        yield return ("calls?tied=false&direction=in", filter => filter with
        {
            IsTied = false,
            Direction = CallDirection.In,
        });
        yield return ("calls?state=missed", filter => filter with { WasMissed = true });
        yield return ("calls?state=answered", filter => filter with { IsAnswered = true });
        yield return ("calls?agent=ana", filter => filter with { AgentId = "ana" });
        yield return ("calls?agent=luis&direction=in", filter => filter with
        {
            AgentId = "luis",
            Direction = CallDirection.In,
        });
        yield return ("calls?state=ended", filter => filter with { State = CallState.Ended });
    }

    private async Task ComparePagesAsync(
        string name, HttpClient client, string path, List<string> expected, int queries = 1)
    {
        var seen = new List<string>();
        string? next = null;
        for (var page = 0; page < Pages && (page == 0 || next is not null); page++)
        {
            _meter.Reset();
            var more = next is null ? "" : $"&next={next}";
            var span = path.StartsWith("calls", StringComparison.Ordinal)
                ? $"&from={Uri.EscapeDataString((_now - Day - TimeSpan.FromHours(1)).ToString("O"))}" : "";
            var answer = (await client.ReadAsync(
                $"/api/{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}take={Take}{span}{more}"))
                .ShouldNotBeNull();
            var items = answer.GetProperty("items").EnumerateArray().Select(item => item.Text("callId")!).ToList();
            var cost = _meter.Operations.CountBy(operation => operation).ToDictionary();
            if (page == 0)
            {
                output.WriteLine($"{name}: {items.Count} of {expected.Count} calls, "
                    + string.Join(", ", cost.Select(same => $"{same.Key} ×{same.Value}")));
            }

            // Of a contact's few calls those with another outcome are read too, until the page is full.
            var looksAt = path.Contains("contact=", StringComparison.Ordinal)
                && path.Contains("outcome=", StringComparison.Ordinal) ? 4 : 1;
            cost.GetValueOrDefault($"query {StorageNames.CallIndex}")
                .ShouldBeInRange(queries, queries * looksAt, $"{name}, page {page + 1}");
            // Of calls that are over, those that go on stand in between, and of those that were answered those that were
            // not. They are seen to be so when they are read.
            var isEnded = path.Contains("state=ended", StringComparison.Ordinal)
                || path.Contains("state=answered", StringComparison.Ordinal);
            var read = cost.GetValueOrDefault($"get {StorageNames.Calls}");
            (isEnded || looksAt > 1 ? read >= items.Count && read <= looksAt * Take : read == items.Count)
                .ShouldBeTrue($"{name}, page {page + 1}: {read} calls were read for {items.Count}");
            // A contact's file has the wrap-ups too. The rest is who asks, and what they may see.
            cost.GetValueOrDefault($"get {StorageNames.WrapUps}").ShouldBeLessThanOrEqualTo(items.Count);
            // The names of the agents, and of those who left, are read once in half a minute.
            _meter.Operations.Count(IsOfTheRest).ShouldBeLessThanOrEqualTo(5, string.Join(", ", _meter.Operations));
            seen.AddRange(items);
            next = answer.Text("next");
        }

        seen.ShouldBe(expected.Take(seen.Count), name);
        (next is null).ShouldBe(seen.Count == expected.Count, name);

        static bool IsOfTheRest(string operation) =>
            operation.Split(' ')[1] is not (StorageNames.CallIndex or StorageNames.Calls or StorageNames.WrapUps);
    }

    /// <summary>
    /// Calls of a day, written as the features write them. Two agents of forty are of the team; some calls have none.
    /// </summary>
    private async Task<IReadOnlyList<Call>> SeedAsync(TestHost host, int count)
    {
        var random = new Random(count);
        var calls = Enumerable.Range(0, count).Select(i => CallOf(i, count, random)).ToList();
        foreach (var some in calls.Chunk(500))
        {
            var saved = await Task.WhenAll(some.Select(call => Task.Run(() =>
                host.Get<CallWriter>().Begin().SaveAsync(call, null, [], CancellationToken.None))));
            saved.ShouldAllBe(call => call != null);
        }

        return calls;
    }

    private Call CallOf(int i, int count, Random random)
    {
        var at = _now.AddMinutes(-1) - (i * Day / count);
        var isIn = random.Next(2) == 0;
        // Some of the last two hours go on, a third of them of the team.
        var live = i < count / 10 && i % (count / 100) == 0 ? i / (count / 100) : -1;
        var state = live < 0 ? CallState.Ended : live % 2 == 0 ? CallState.Ringing : CallState.Connected;
        var isTaken = state == CallState.Connected || (state == CallState.Ended && random.Next(10) > 0);
        var (agentId, team) = (live >= 0 && live % 3 == 0 ? 0 : random.Next(40)) switch
        {
            0 => ("ana", "cobros"),
            1 => ("luis", "cobros"),
            2 => ((string?)null, (string?)null),
            var n => ($"agent-{n}", "ventas"),
        };
        var isJose = random.Next(50) == 0;
        var number = isJose ? "88881234" : $"7{random.Next(1_000_000):D7}";
        return new Call
        {
            CallId = $"seed-{i}",
            Account = DemoHost.Account,
            Direction = isIn ? CallDirection.In : CallDirection.Out,
            State = state,
            Number = new NumberView($"+506{number}", number, PhoneNumberKind.Number),
            Ani = isIn ? number : "40001000",
            Dnis = isIn ? "40001000" : number,
            EndpointId = agentId ?? "queue-7",
            StartedAt = at,
            ConnectedAt = isTaken ? at : null,
            EndedAt = state == CallState.Ended ? at : null,
            Currency = "CRC",
            Match = isJose ? MatchKind.One : MatchKind.None,
            Candidates = [],
            ContactId = isJose ? Jose : null,
            Outcome = random.Next(20) switch { 0 => "refused", 1 => "other", _ => null },
            Agents = agentId is null ? [] : [new CallAgent(agentId, agentId) { Team = team }],
            Sources = [CallSource.Webhook],
            Phones = [],
            IndexedAt = at,
            Facts = new CallFacts
            {
                CallId = $"seed-{i}",
                Account = DemoHost.Account,
                Currency = "CRC",
                IndexedAt = at,
            },
        };
    }
}

public sealed class ListCostTestsOnSqlite(ITestOutputHelper output) : ListCostTests(TestStorage.Sqlite, output);

public sealed class ListCostTestsOnAzurite(ITestOutputHelper output) : ListCostTests(TestStorage.Azurite, output);
