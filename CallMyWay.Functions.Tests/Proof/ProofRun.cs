using System.Security.Claims;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.Sqlite;
using CallMyWay.Simulator;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace CallMyWay.Functions.Tests.Proof;

/// <summary>
/// A run of the whole app under a seed: two processes that share a storage, an operator, agents. Nothing in it is by
/// the machine's clock or by another thread, so the same seed gives the same run.
/// </summary>
internal class ProofRun : IAsyncDisposable
{
    private const string WebhookKey = "proof-key-0000000000000000";

    /// <summary>Nine in the morning in Costa Rica.</summary>
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 15, 0, 30, TimeSpan.Zero);

    private static readonly TimeSpan Busy = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(40);

    private static readonly string[] Numbers = ["88887777", "88886666", "22223333", "88885555", "60001111"];

    private readonly List<Process> _processes = [];

    private readonly string? _folder;

    private readonly SqliteDatabase? _database;

    private int _started;

    private int _clicked;

    /// <param name="seed">All chance of the run.</param>
    /// <param name="start">When it begins; by default in the morning.</param>
    public ProofRun(int seed, DateTimeOffset? start = null)
    {
        Seed = seed;
        Scheduler = new Scheduler(start ?? Start);
        Weather = new Weather(seed);
        Findings = new Findings(Scheduler);
        Settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["CallMyWay:BaseUrl"] = "https://operator.example",
            ["CallMyWay:Accounts:0:Username"] = Exchange.Account,
            ["CallMyWay:Accounts:0:Password"] = Exchange.Password,
            // Where records have one: homologation finds it out.
            ["CallMyWay:Accounts:0:RecordIdPrefix"] = "cdr-",
            ["Webhook:Keys:0"] = WebhookKey,
        }).Build();
        if (IsOnSqlite)
        {
            _folder = TestFolder.Create("callmyway-proof-");
            _database = SqliteDatabase.Open(
                _folder, new ReadTime(Scheduler), StorageNames.Tables, StorageNames.Queues);
            Tables = new SqliteTables(_database);
            var queue = new SqliteQueue(_database);
            (Queue, Receiver, Admin) = (queue, queue, queue);
        }
        else
        {
            // Now and then a page ends early, as the table service's may.
            Tables = new MemoryTables(() => Weather.Happens(0.05) ? Weather.Random.Next(1, 4) : int.MaxValue);
            var queue = new MemoryQueue(Scheduler.ClockOf(() => true), StorageNames.Queues);
            (Queue, Receiver, Admin) = (queue, queue, queue);
        }

        Exchange = new Exchange(this);
        Desks = new Desks(this);
    }

    public int Seed { get; }

    /// <summary>One run in sixteen is on a file.</summary>
    public bool IsOnSqlite => Seed % 16 == 5;

    public Scheduler Scheduler { get; }

    public Weather Weather { get; }

    public Findings Findings { get; }

    public IConfiguration Settings { get; }

    public ITables Tables { get; }

    public IQueue Queue { get; }

    public IQueueReceiver Receiver { get; }

    public IQueueAdmin Admin { get; }

    public Exchange Exchange { get; }

    public Desks Desks { get; }

    /// <summary>True once nothing more is to begin by itself.</summary>
    public bool IsOver { get; protected set; }

    /// <summary>How many processes there are, but for those that have just ended.</summary>
    protected virtual int Size => 2;

    protected IReadOnlyList<Process> Processes => _processes;

    /// <summary>True where some agents record of themselves what came of a call.</summary>
    public virtual bool AreCallsRecorded => true;

    /// <summary>Plays the run, and compares what is left with the truth.</summary>
    /// <remarks>
    /// On a thread of its own, which has neither a context nor a scheduler of the test's: so whatever waits goes on at
    /// once where its answer comes, on this thread.
    /// </remarks>
    public static Task<Findings> PlayAsync(int seed) => PlayAsync(new ProofRun(seed));

    /// <summary>The same of any run, which ends with it.</summary>
    public static async Task<Findings> PlayAsync(ProofRun played)
    {
        await using var run = played;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            run.Scheduler.Stay();
            Beside.TakeOfThisThread(work => run.Scheduler.After(TimeSpan.Zero, work));
            try
            {
                run.Play();
                done.SetResult();
            }
            catch (Exception exception)
            {
                run.Findings.Add($"The run broke off: {exception}");
                done.SetResult();
            }
        });
        thread.Start();
        await done.Task;
        run.Findings.Check(
            run.Scheduler.IsLeft is null, $"Something went on on another thread: {run.Scheduler.IsLeft}");
        return run.Findings;
    }

    /// <summary>Ends the process. Another takes its place after a while.</summary>
    public void End(Process process)
    {
        _processes.Remove(process);
        process.Crash();
        Scheduler.After(TimeSpan.FromSeconds(1 + (30 * Weather.Random.NextDouble())), Begin);
    }

    /// <summary>The operator notifies whichever process is there.</summary>
    public Task<Answer> NotifyAsync(string body) =>
        AnyAsync("ReceiveCallEvent", new ClaimsPrincipal(new ClaimsIdentity()), WebhookKey, body, null);

    /// <summary>An agent asks whichever process is there.</summary>
    public Task<Answer> AskAsync(
        string function,
        string agentId,
        string route = "",
        string body = "",
        Action<HttpRequest>? with = null,
        Role role = Role.Agent) =>
        AnyAsync(function, Principal.Create("proof", agentId, agentId, [role], null), route, body, with);

    /// <summary>Does it without any fault, and lets the time pass meanwhile.</summary>
    public T Done<T>(Task<T> work)
    {
        Scheduler.RunUntil(Scheduler.Now + TimeSpan.FromMinutes(5), () => work.IsCompleted);
        return work.IsCompleted ? work.GetAwaiter().GetResult() : throw new TimeoutException("Something hangs.");
    }

    public Process AnyProcess() => _processes[0];

    public async ValueTask DisposeAsync()
    {
        Exchange.Dispose();
        if (_database is not null)
        {
            await _database.DisposeAsync();
            Directory.Delete(_folder!, recursive: true);
        }
    }

    protected virtual void Play()
    {
        Begin();
        SetUp();
        Begin();
        Weather.Begin();
        Schedule();
        Scheduler.RunUntil(Start + Busy);
        Weather.ClearUp();
        Drain("after the faults", atLeast: TimeSpan.FromMinutes(2));
        Truth.Compare(this);
        IsOver = true;
    }

    /// <summary>Lets the time pass until nothing is left to do.</summary>
    /// <param name="when">After what.</param>
    /// <param name="atLeast">So long at least: until the records of all calls were pulled.</param>
    public void Drain(string when, TimeSpan atLeast = default)
    {
        // What waits for an answer has it, and each queue is empty.
        var least = Scheduler.Now + atLeast;
        var isDone = Scheduler.RunUntil(Scheduler.Now + Longest, () =>
            Scheduler.Now > least && _processes.Count == Size && Desks.AtWork == 0 && Exchange.OnTheirWay == 0
            && Exchange.Calls.All(call => call.State == CallState.Ended)
            && StorageNames.Queues.All(queue => PlannedFault.Now(Admin.CountAsync(queue, default)) == 0));
        Findings.Check(isDone, $"Something is left to do {when}.");
    }

    protected void Begin() => _processes.Add(new Process(this, $"process-{_started++}"));

    private Task<Answer> AnyAsync(
        string function, ClaimsPrincipal user, string route, string body, Action<HttpRequest>? with) =>
        _processes.Count == 0
            ? Task.FromResult(Answer.None)
            : Weather.One(_processes).RequestAsync(function, user, route, body, with);

    protected void SetUp()
    {
        var process = AnyProcess();
        var token = CancellationToken.None;
        foreach (var agentId in Desks.Agents)
        {
            Done(process.Get<AgentStore>().PutAsync(
                new Agent { AgentId = agentId, Name = agentId, SignInName = agentId, Roles = [Role.Agent] }, token));
        }

        foreach (var (phone, agentId) in Desks.Phones)
        {
            Done(process.Get<MappingStore>().PutAsync(
                new Mapping
                {
                    EndpointId = phone,
                    Account = Exchange.Account,
                    AgentId = agentId,
                    Phone = Exchange.Lines.Find(phone)!.Number,
                },
                token));
        }

        foreach (var (name, numbers) in new (string, string[])[]
        {
            ("María Mora", ["88887777"]), ("José Rodríguez", ["88886666", "22223333"]), ("Ana Rojas", ["22223333"]),
        })
        {
            Done(process.Get<ContactStore>().CreateAsync(
                new Contact { ContactId = $"c-{name[0]}{name[1]}", Name = name, Numbers = numbers }, token));
        }
    }

    private void Schedule()
    {
        var random = Weather.Random;
        for (var i = random.Next(8, 14); i > 0; i--)
        {
            Scheduler.After(random.NextDouble() * (Busy - TimeSpan.FromSeconds(30)), BeginCall);
        }

        for (var i = Weather.IsCalm ? 0 : random.Next(3); i > 0; i--)
        {
            Scheduler.After(random.NextDouble() * Busy, () =>
            {
                if (_processes.Count > 0)
                {
                    End(Weather.One(_processes));
                }
            });
        }
    }

    private void BeginCall()
    {
        var random = Weather.Random;
        var free = Exchange.Free();
        if (free.Count == 0)
        {
            return;
        }

        var (phone, number) = (Weather.One(free), Weather.One(Numbers));
        var (ring, talk, answered) = (random.Next(1, 9), random.Next(2, 60), random.Next(4) > 0);
        var kind = random.Next(10);
        if (kind >= 8 && Desks.Phones.TryGetValue(phone, out var agentId))
        {
            // Each click has a number of its own, by which the operator's requests are told apart.
            _ = Desks.ClickAsync(agentId, $"8700{++_clicked:D4}");
            return;
        }

        var call = new CallRequest { RingSeconds = ring, TalkSeconds = talk, Answered = answered };
        var others = free.Where(other => other != phone).ToList();
        Exchange.Call(kind switch
        {
            0 => call with { Type = CallType.In, To = phone, From = null },
            1 or 2 => call with { Type = CallType.Out, From = phone, To = number },
            3 when others.Count > 0 => call with { Type = CallType.Internal, From = phone, To = Weather.One(others) },
            4 when others.Count > 1 => call with
            {
                Type = CallType.In,
                From = number,
                To = phone,
                Endpoints = [phone, .. others.Take(2)],
                AnsweredBy = Weather.One([phone, .. others.Take(2)]),
            },
            5 when others.Count > 0 => call with
            {
                Type = CallType.In,
                From = number,
                To = phone,
                Answered = true,
                TransferTo = Weather.One(others),
            },
            _ => call with { Type = CallType.In, From = number, To = phone },
        });
    }

    /// <summary>The run's time, for a storage with threads of its own.</summary>
    private sealed class ReadTime(Scheduler scheduler) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => scheduler.Now;

        public override long GetTimestamp() => scheduler.Now.UtcTicks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    }
}
