using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.ContactLookup;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Events;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Supervision;
using CallMyWay.Functions.Sweeping;
using CallMyWay.LocalHost.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// The features on a real embedded storage, without a host: for what is tested below HTTP. Two agents with a phone
/// each; the screens are recorded.
/// </summary>
internal sealed class Features : IAsyncDisposable
{
    private readonly string _folder = TestFolder.Create("callmyway-");

    private readonly ServiceProvider _services;

    private Features(IEnumerable<string> accounts)
    {
        var settings = accounts.Index().ToDictionary(
            each => $"CallMyWay:Accounts:{each.Index}:Username", each => (string?)each.Item);
        // Receivers of events, and a CRM that is asked, are on this machine.
        settings["Events:AllowPrivateAddresses"] = "true";
        settings["ContactLookup:AllowPrivateAddresses"] = "true";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        _services = new ServiceCollection()
            .AddLogging()
            .AddSqliteStorage(_folder)
            .AddSingleton<SqliteTables>()
            .AddSingleton<StorageMeter>()
            .AddSingleton<ITables>(services => new GatedTables(
                ActivatorUtilities.CreateInstance<MeteredTables>(services, services.GetRequiredService<SqliteTables>()), Gate))
            .AddSingleton<RecordedScreens>()
            .AddSingleton<IScreens>(services => services.GetRequiredService<RecordedScreens>())
            .AddSingleton<TimeProvider>(Clock)
            .AddCallMyWay(configuration)
            .AddSingleton<ProcessCallEvent>()
            .BuildServiceProvider();
    }

    /// <summary>Three in the afternoon UTC, nine in the morning in Costa Rica, when the payloads' calls come.</summary>
    public SetClock Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 15, 15, 1, TimeSpan.Zero));

    public StorageGate Gate { get; } = new();

    public StorageMeter Meter => Get<StorageMeter>();

    public RecordedScreens Screens => Get<RecordedScreens>();

    /// <param name="otherAccounts">Accounts of the settings beside the first, 8000001, which the phones are of.</param>
    public static async Task<Features> StartAsync(params string[] otherAccounts)
    {
        var features = new Features(["8000001", .. otherAccounts]);
        foreach (var (agentId, endpointId) in new[] { ("ana", "ep-1"), ("luis", "ep-2") })
        {
            await features.Get<AgentStore>().PutAsync(
                new Agent { AgentId = agentId, Name = agentId, SignInName = agentId, Roles = [Role.Agent] },
                CancellationToken.None);
            await features.MapAsync(endpointId, agentId);
        }

        // A process that is at work has done its scan of this half minute.
        await features.Get<AgentDirectory>().ReadAsync(CancellationToken.None);
        await features.Get<Watchers>().ReadAsync(CancellationToken.None);
        await features.Get<EventEndpointStore>().ListRecentAsync(CancellationToken.None);
        await features.Get<LookupStore>().GetRecentAsync(CancellationToken.None);
        return features;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public IEnumerable<T> GetAll<T>() => _services.GetServices<T>();

    public Task MapAsync(string endpointId, string agentId, string? phone = null) => Get<MappingStore>().PutAsync(
        new Mapping { EndpointId = endpointId, Account = "8000001", AgentId = agentId, Phone = phone ?? endpointId },
        CancellationToken.None);

    public async Task<Contact> AddContactAsync(string name, params string[] numbers) =>
        (await Get<ContactStore>().CreateAsync(
            new Contact { ContactId = Guid.CreateVersion7().ToString("N"), Name = name, Numbers = numbers },
            CancellationToken.None)).ShouldNotBeNull();

    /// <summary>A notification as the queue delivers it, received now.</summary>
    public Task ProcessAsync(string body)
    {
        // Two notifications are received one after the other, however near: what comes again at the same time is the
        // same message.
        Clock.Now += TimeSpan.FromTicks(1);
        return DeliverAsync(Message(body));
    }

    /// <summary>All rows of a partition: what is left in an index, whether it leads anywhere or not.</summary>
    public async Task<IReadOnlyList<Row>> RowsAsync(string table, string partition) =>
        await Get<ITables>()[table].ReadAsync(new RowRange(partition), CancellationToken.None);

    /// <summary>Deletes what is over by the clock, as the nightly sweep does.</summary>
    public async Task SweepAsync<TSweep>()
        where TSweep : ISweep
    {
        var sweep = GetAll<ISweep>().OfType<TSweep>().Single();
        var table = Get<ITables>()[sweep.Table];
        foreach (var range in await sweep.RangesAsync(Clock.Now, CancellationToken.None))
        {
            var rows = await table.ReadAsync(range.Rows, CancellationToken.None);
            await table.DeleteManyAsync(rows.Where(range.IsOver), CancellationToken.None);
        }
    }

    /// <summary>The message that is queued for a notification that is received now.</summary>
    public string Message(string body) => new QueuedCallEvent(Clock.GetUtcNow(), body).ToMessage();

    /// <summary>Delivers a message of the queue, for the first time or again.</summary>
    public Task DeliverAsync(string message) => Get<ProcessCallEvent>().Run(message, CancellationToken.None);

    /// <summary>Stores what an agent decided about a call, as the functions of the desk do.</summary>
    public async Task<Call> DecideAsync(Call call, AgentDecision decision) =>
        (await Get<CallStore>().SaveAsync(call.With(call.Facts.With(decision)), CancellationToken.None))
            .ShouldNotBeNull();

    public ValueTask<Call?> CallAsync(string callId = "c-1001", string account = "8000001") =>
        Get<CallStore>().GetAsync(new CallKey(callId, account), CancellationToken.None);

    /// <summary>A page of the calls of yesterday, today and tomorrow.</summary>
    public Task<CallPage> ListAsync(
        VisibleCalls visible, Func<CallFilter, CallFilter>? narrow = null, int take = 100, string? next = null)
    {
        PageToken? after = null;
        (next is null || PageToken.TryParse(next, out after)).ShouldBeTrue();
        var days = new CallFilter
        {
            Visible = visible,
            From = Clock.Now.AddDays(-2),
            To = Clock.Now.AddDays(1),
            Now = Clock.Now,
        };
        return Get<CallIndex>().ListAsync(
            narrow is null ? days : narrow(days), new PageRequest(take, after), CancellationToken.None);
    }

    public async Task<IReadOnlyList<Call>> OpenAsync(string agentId) =>
        (await Get<PopUpStore>().ListAsync(agentId, new PageRequest(100, null), CancellationToken.None)).Items;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>
/// A clock that stands until it is set. To set it forward lets the time pass; to set it back is what a person does to a
/// machine's clock.
/// </summary>
internal sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;
    private TimeSpan _passed;

    public DateTimeOffset Now
    {
        get => _now;
        set
        {
            _passed += value > _now ? value - _now : TimeSpan.Zero;
            _now = value;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _passed.Ticks;

    /// <summary>Sets the time of day, as a time server does: no time has passed by it.</summary>
    public void SetBy(TimeSpan step) => _now += step;
}

/// <summary>The edge where the screens would be: what was sent to whom.</summary>
internal sealed class RecordedScreens : IScreens
{
    private readonly List<(string AgentId, ScreenMessage Message, PopUp PopUp)> _sent = [];

    private readonly List<(string AgentId, IReadOnlyList<ListedCall> Calls)> _told = [];

    private readonly List<(string AgentId, WallboardChanged Changes)> _boards = [];

    /// <summary>What the agent's screens fail with; null where they take the message.</summary>
    public Func<string, Exception?> FailureOf { get; set; } = _ => null;

    /// <summary>What a pop-up's message to the agent's screens waits for.</summary>
    public Func<string, Task> HoldOf { get; set; } = _ => Task.CompletedTask;

    /// <summary>What a message to the agent's lists waits for.</summary>
    public Func<string, Task> PassOf { get; set; } = _ => Task.CompletedTask;

    /// <summary>What was sent to lists, each message with all of its calls.</summary>
    public IReadOnlyList<(string AgentId, IReadOnlyList<ListedCall> Calls)> Told
    {
        get
        {
            lock (_told)
            {
                return [.. _told];
            }
        }
    }

    /// <summary>What was sent to wallboards.</summary>
    public IReadOnlyList<(string AgentId, WallboardChanged Changes)> Boards
    {
        get
        {
            lock (_told)
            {
                return [.. _boards];
            }
        }
    }

    public IReadOnlyList<(string AgentId, ScreenMessage Message, PopUp PopUp)> Sent
    {
        get
        {
            lock (_sent)
            {
                return [.. _sent];
            }
        }
    }

    public async Task SendAsync(string agentId, ScreenMessage message, PopUp popUp, CancellationToken cancellationToken)
    {
        await HoldOf(agentId);
        if (FailureOf(agentId) is { } failure)
        {
            throw failure;
        }

        lock (_sent)
        {
            _sent.Add((agentId, message, popUp));
        }
    }

    public void ForgetTold()
    {
        lock (_told)
        {
            _told.Clear();
        }
    }

    public async Task SendAsync(
        string agentId, ScreenMessage message, object content, CancellationToken cancellationToken)
    {
        await PassOf(agentId);
        lock (_told)
        {
            if (content is CallsChanged changes)
            {
                _told.Add((agentId, changes.Items));
            }
            else
            {
                _boards.Add((agentId, (WallboardChanged)content));
            }
        }
    }

    public ValueTask<ScreenConnection> NegotiateAsync(
        string agentId, DateTimeOffset? endsAt, CancellationToken cancellationToken) =>
        throw new NotSupportedException("There is no hub here.");
}
