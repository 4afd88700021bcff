using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.ContactGuard;
using CallMyWay.Functions.DiallingRules;
using CallMyWay.Simulator;

namespace CallMyWay.Functions.Tests.Proof;

/// <summary>
/// Two campaigns over three processes and some days, from the minutes before the hour at which calls must end to those
/// after the one at which they may begin. All clocks jump over the night. Some people are in both campaigns, and an
/// agent calls them by hand too.
/// </summary>
internal sealed class CampaignRun : ProofRun
{
    private const int MostSessions = 24;

    /// <summary>In how many of them things fail.</summary>
    private const int FaultySessions = 3;

    private const string Supervisor = "sofia";

    /// <summary>Who is in no campaign, and clicks by hand.</summary>
    private const string ByHand = "1004";

    private static readonly TimeSpan CostaRica = TimeSpan.FromHours(-6);

    private static readonly TimeOnly Opens = new(8, 0);

    private static readonly TimeOnly Closes = new(18, 0);

    /// <summary>How late a dial may leave after its last check.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Faulty = TimeSpan.FromMinutes(5.5);

    private readonly List<Plan> _plans = [];

    private readonly GuardRules _guard;

    private readonly int _perMinute;

    private bool _isByHand = true;

    public CampaignRun(int seed)
        : base(seed, new DateTimeOffset(2026, 3, 2, 17, 56, 30, CostaRica).ToUniversalTime())
    {
        var random = Weather.Random;
        _guard = GuardRules.Open with
        {
            Hours = [new CallingHours([0, 1, 2, 3, 4, 5, 6], Opens, Closes)],
            PerDay = random.Next(1, 4),
            PerWeek = random.Next(2) == 0 ? null : random.Next(3, 6),
            GapMinutes = random.Next(0, 4),
        };
        _perMinute = random.Next(6, 14);
        var shared = Numbers(88_100_000, random.Next(2, 6));
        foreach (var (phones, first) in new (string[], int)[] { (["1001", "1005"], 88_200_000), (["1002", "1003"], 88_300_000) })
        {
            _plans.Add(new Plan(
                phones,
                [.. shared, .. Numbers(first, random.Next(4, 10))],
                random.Next(1, 4),
                random.Next(0, 3),
                random.Next(3, 10),
                Weather.One(["agentFirst", "contactFirst"])));
        }

        Exchange.Refusals = Weather.IsCalm ? 0 : Weather.One([0, 0.1, 0.5]);
    }

    public override bool AreCallsRecorded => false;

    protected override int Size => 3;

    protected override void Play()
    {
        Begin();
        SetUp();
        Begin();
        Begin();
        Prepare();
        for (var session = 0; session < MostSessions && !AreOver; session++)
        {
            if (session < FaultySessions)
            {
                // Half of the faults are before the hour, the others after it.
                Weather.Begin();
                EndSome();
                Scheduler.RunUntil(Scheduler.Now + Faulty);
                Weather.ClearUp();
            }

            // Whoever may still be called is, whatever became of the beats.
            var least = Scheduler.Now + TimeSpan.FromMinutes(session < FaultySessions ? 0 : 2);
            Scheduler.RunUntil(
                Scheduler.Now + TimeSpan.FromMinutes(12),
                EachSecond(() => AreOver || (Scheduler.Now > least && IsQuiet)));
            Scheduler.RunUntil(Scheduler.Now + TimeSpan.FromMinutes(3), () => Processes.Count == Size
                && Exchange.OnTheirWay == 0 && Exchange.Calls.All(call => call.State == CallState.Ended));
            // To the minutes before the next opening hour, or to those before the next closing hour. What is not known
            // is found out by the records of the hours in between.
            var local = Scheduler.Now.ToOffset(CostaRica);
            var next = TimeOnly.FromDateTime(local.DateTime) < new TimeOnly(12, 0)
                ? local.Date.AddHours(17).AddMinutes(56.5)
                : local.Date.AddDays(1).AddHours(7).AddMinutes(58.5);
            Scheduler.Jump(new DateTimeOffset(next, CostaRica) - Scheduler.Now);
            _isByHand = session < FaultySessions;
            StartPaused();
        }

        Compare();
        IsOver = true;
    }

    /// <summary>A campaign pauses by itself after refusals in a row: its supervisor starts it again.</summary>
    private void StartPaused()
    {
        foreach (var plan in _plans.Where(plan => StateOf(plan) == CampaignState.Paused))
        {
            Told("StartCampaign", Role.Supervisor, plan.CampaignId);
        }
    }

    private bool AreOver => _plans.All(plan => StateOf(plan) == CampaignState.Done);

    /// <summary>True where nobody is to be called at this time: all wait for another day, or are settled.</summary>
    private bool IsQuiet => _plans.All(plan => AnyOf(plan, EntryState.Waiting) == 0
        && AnyOf(plan, EntryState.Offered) == 0 && AnyOf(plan, EntryState.Dialling) == 0
        && !(PlannedFault.Now(new ValueTask<DateTimeOffset?>(new EntryStore(Tables).FindFirstDueAsync(
            plan.CampaignId, EntryState.Held, default))) < Scheduler.Now + TimeSpan.FromMinutes(10)));

    /// <summary>Asks once a second: it reads tables, and a second has hundreds of steps.</summary>
    private Func<bool> EachSecond(Func<bool> isDone)
    {
        var next = Scheduler.Now;
        return () =>
        {
            if (Scheduler.Now < next)
            {
                return false;
            }

            next = Scheduler.Now + TimeSpan.FromSeconds(1);
            return isDone();
        };
    }

    private long AnyOf(Plan plan, EntryState state) =>
        PlannedFault.Now(new ValueTask<EntryCounts>(new EntryStore(Tables).CountAsync(plan.CampaignId, default)))
            .Of(state);

    private CampaignState? StateOf(Plan plan) =>
        CampaignStore.Read(PlannedFault.Now(Tables[Functions.Storage.StorageNames.Campaigns].GetAsync(
            CampaignStore.Partition, CampaignStore.KeyOf(plan.CampaignId)!, default)))?.State;

    private void Prepare()
    {
        var process = AnyProcess();
        Done(process.Get<AgentStore>().PutAsync(
            new Agent { AgentId = Supervisor, Name = Supervisor, SignInName = Supervisor, Roles = [Role.Supervisor] },
            default));
        Done(process.Get<GuardStore>().PutRulesAsync(_guard, default));
        Done(process.Get<DialRulesStore>().PutAsync(
            new DialRules
            {
                AllowedPrefixes = ["+506"],
                DeniedPrefixes = [],
                PerAgentHour = null,
                PerAgentDay = null,
                TotalHour = null,
                TotalDay = null,
            },
            default));
        Told("PutCampaignCoordination", Role.Admin, body: new { confirmed = true, perMinute = _perMinute });
        foreach (var plan in _plans)
        {
            var made = Told("CreateCampaign", Role.Supervisor, body: new
            {
                name = plan.Order,
                mode = "progressive",
                order = plan.Order,
                endpointIds = plan.Phones,
                contacts = new { numbers = plan.Numbers },
                attempts = plan.Attempts,
                gapMinutes = plan.GapMinutes,
                perMinute = plan.PerMinute,
            });
            plan.CampaignId = made.GetProperty("campaignId").GetString()!;
            Told("StartCampaign", Role.Supervisor, plan.CampaignId);
        }

        foreach (var agentId in Desks.Agents)
        {
            _ = StayAsync(agentId);
        }

        _ = ClickAsync();
    }

    private JsonElement Told(string function, Role role, string route = "", object? body = null)
    {
        var answer = Done(AskAsync(
            function, Supervisor, route, body is null ? "" : JsonSerializer.Serialize(body), role: role));
        return answer.Status is 200 or 201
            ? JsonDocument.Parse(answer.Body).RootElement
            : throw new InvalidOperationException($"{function} was answered with {answer.Status}: {answer.Body}");
    }

    /// <summary>An agent at the desk: the page is open, and what came of each call is recorded.</summary>
    private async Task StayAsync(string agentId)
    {
        while (!IsOver)
        {
            var answer = await AskAsync("GetPopUps", agentId);
            Findings.Check(answer.Status is 0 or 200 or 503, $"The desk was answered with {answer.Status}.");
            if (answer.Status == 200)
            {
                foreach (var popUp in JsonDocument.Parse(answer.Body).RootElement.GetProperty("items").EnumerateArray())
                {
                    if (popUp.GetProperty("state").GetString() == "ended")
                    {
                        var callId = popUp.GetProperty("callId").GetString()!;
                        var isReached = Exchange.Arrived.Any(click =>
                            click.IsReached && click.Call!.Legs.Any(leg => leg.CallId == callId));
                        await AskAsync(
                            "PutWrapUp",
                            agentId,
                            callId,
                            JsonSerializer.Serialize(new { outcome = isReached ? "attended" : "no-answer" }));
                    }
                }
            }

            await Scheduler.Wait(TimeSpan.FromSeconds(5 + Weather.Random.Next(3)));
        }
    }

    /// <summary>An agent clicks by hand on people of the campaigns now and then; the guard may refuse it.</summary>
    private async Task ClickAsync()
    {
        while (!IsOver && _isByHand)
        {
            var number = Weather.One(Weather.One(_plans).Numbers);
            var answer = await AskAsync(
                "Dial",
                Desks.Phones[ByHand],
                body: JsonSerializer.Serialize(new { number }),
                with: request => request.Headers["Idempotency-Key"] = Guid.CreateVersion7(Scheduler.Now).ToString("N"));
            Findings.Check(
                answer.Status is 0 or 202 or 403 or 409 or 429 or 503, $"A click was answered with {answer.Status}.");
            await Scheduler.Wait(TimeSpan.FromSeconds(Weather.Random.Next(20, 90)));
        }
    }

    private void EndSome()
    {
        for (var i = Weather.IsCalm ? 0 : Weather.Random.Next(1, 4); i > 0; i--)
        {
            Scheduler.After(Weather.Random.NextDouble() * Faulty, () =>
            {
                if (Processes.Count > 0)
                {
                    End(Weather.One(Processes));
                }
            });
        }
    }

    private void Compare()
    {
        CheckTimes();
        CheckCaps();
        foreach (var plan in _plans)
        {
            Findings.Check(StateOf(plan) == CampaignState.Done, $"A campaign is {StateOf(plan)} and not over.");
            var entries = Done(AnyProcess().Get<EntryStore>().ListAsync(
                plan.CampaignId, null, new PageRequest(500, null), default)).Items;
            Findings.Check(entries.Count == plan.Numbers.Count, $"{entries.Count} of {plan.Numbers.Count} people.");
            foreach (var entry in entries)
            {
                Check(plan, entry);
            }
        }
    }

    private void Check(Plan plan, CampaignEntry entry)
    {
        var number = entry.Number.E164![4..];
        var (left, arrived) = (
            Exchange.Left.Where(click => click.Number == number && plan.Phones.Contains(click.Phone)).ToList(),
            Exchange.Arrived.Where(click => click.Number == number && plan.Phones.Contains(click.Phone)).ToList());
        var calls = arrived.Where(click => click.Status == HttpStatusCode.OK).ToList();
        var what = $"{number} is {entry.State} after {entry.Attempts} attempts of {plan.Attempts}:"
            + $" {string.Join(", ", arrived.Select(click => $"{click.At:dd HH:mm:ss} {(int)click.Status} {click.IsReached}"))}";

        Findings.Check(entry.State is EntryState.Done or EntryState.Exhausted, $"Not settled. {what}");
        Findings.Check(calls.Count <= entry.Attempts, $"Called more often than is known. {what}");
        Findings.Check(entry.Attempts <= plan.Attempts, $"More attempts than were allowed. {what}");
        Findings.Check(
            entry.State != EntryState.Exhausted || entry.Attempts == plan.Attempts, $"Attempts are missing. {what}");
        Findings.Check(
            (entry.State == EntryState.Done) == calls.Any(click => click.IsReached), $"Reached, or not. {what}");
        // Who was reached is not called again by the campaign, and nobody while a call to them goes on.
        foreach (var (one, next) in calls.Zip(calls.Skip(1)))
        {
            Findings.Check(!one.IsReached, $"Called again after having been reached. {what}");
            Findings.Check(EndOf(one) <= next.At, $"Called again during the call. {what}");
            Findings.Check(
                LeftAt(next) - LeftAt(one) > TimeSpan.FromMinutes(plan.GapMinutes) - Late, $"Too soon. {what}");
        }

        Findings.Check(
            !Weather.IsCalm || (left.Count == arrived.Count && calls.Count == entry.Attempts),
            $"Without any fault each attempt is a call. {what}");
    }

    /// <summary>No dial leaves outside of the hours, and never more in a minute than were agreed.</summary>
    private void CheckTimes()
    {
        foreach (var click in Exchange.Left)
        {
            var local = click.LeftAt.ToOffset(CostaRica).DateTime;
            Findings.Check(
                local.TimeOfDay >= Opens.ToTimeSpan() && local.TimeOfDay < Closes.ToTimeSpan() + Late,
                $"A dial left at {local:HH:mm:ss.fff}.");
        }

        var ofAll = Exchange.Left.Where(click => click.Phone != ByHand).Select(click => click.LeftAt).ToList();
        CheckPace(ofAll, _perMinute, "all campaigns");
        foreach (var plan in _plans)
        {
            CheckPace(
                [.. Exchange.Left.Where(click => plan.Phones.Contains(click.Phone)).Select(click => click.LeftAt)],
                plan.PerMinute,
                "a campaign");
        }

        Findings.Check(
            Weather.IsStormy || Exchange.Left.Any(click => click.LeftAt.ToOffset(CostaRica).Hour >= 12),
            "There was no dial before the closing hour.");
    }

    private void CheckPace(List<DateTimeOffset> at, int most, string whose)
    {
        for (var i = most; i < at.Count; i++)
        {
            Findings.Check(
                at[i] - at[i - most] >= TimeSpan.FromMinutes(1),
                $"{most + 1} dials of {whose} within {at[i] - at[i - most]} up to {at[i]:HH:mm:ss.fff}.");
        }
    }

    /// <summary>The caps hold over both campaigns and the clicks by hand.</summary>
    private void CheckCaps()
    {
        foreach (var calls in Exchange.Arrived.Where(click => click.Status == HttpStatusCode.OK)
            .GroupBy(click => click.Number, StringComparer.Ordinal).Select(each => each.ToList()))
        {
            foreach (var day in calls.GroupBy(click => click.At.ToOffset(CostaRica).Date))
            {
                Findings.Check(day.Count() <= _guard.PerDay, $"{day.Count()} calls to {calls[0].Number} on one day.");
            }

            Findings.Check(
                calls.Count <= (_guard.PerWeek ?? int.MaxValue)
                || calls.Where((click, i) => i >= _guard.PerWeek
                    && click.At - calls[i - _guard.PerWeek.Value].At < TimeSpan.FromDays(7) - Late).Any() == false,
                $"{calls.Count} calls to {calls[0].Number} in a week.");
            foreach (var (one, next) in calls.Zip(calls.Skip(1)))
            {
                Findings.Check(
                    LeftAt(next) - LeftAt(one) >= TimeSpan.FromMinutes(_guard.GapMinutes ?? 0) - Late,
                    $"{LeftAt(next) - LeftAt(one)} between two calls to {calls[0].Number}.");
            }
        }
    }

    // The way to the operator can take long: what we do is measured as it leaves.
    private DateTimeOffset LeftAt(ArrivedClick click) => Exchange.Left.Last(
        left => left.Number == click.Number && left.Phone == click.Phone && left.LeftAt <= click.At).LeftAt;

    private static DateTimeOffset EndOf(ArrivedClick click) =>
        click.Call?.Legs.Max(leg => leg.DisconnectedAt) ?? DateTimeOffset.MaxValue;

    private static List<string> Numbers(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number => $"{number}")];

    /// <summary>A campaign as it was made.</summary>
    private sealed record Plan(
        IReadOnlyList<string> Phones,
        IReadOnlyList<string> Numbers,
        int Attempts,
        int GapMinutes,
        int PerMinute,
        string Order)
    {
        public string CampaignId { get; set; } = "";
    }
}
