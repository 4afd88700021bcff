using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Tests.Proof;

/// <summary>A fault of the proof, which is no mistake of the app.</summary>
internal static class PlannedFault
{
    public const string Words = "Down, as the proof wanted.";

    public static Exception OfStorage() => new StorageException(Words);

    public static Exception OfScreens() => new ScreensException(Words);

    public static Exception OfNetwork() => new HttpRequestException(Words);

    /// <summary>True where nothing but planned faults is the cause.</summary>
    public static bool IsCauseOf(Exception exception) => exception switch
    {
        AggregateException all => all.InnerExceptions.All(IsCauseOf),
        { Message: Words } => true,
        { InnerException: { } inner } => IsCauseOf(inner),
        _ => false,
    };

    /// <summary>The answer of a storage that needs no waiting for, or that is waited for.</summary>
    public static T Now<T>(ValueTask<T> answer) =>
        answer.IsCompleted ? answer.Result : answer.AsTask().GetAwaiter().GetResult();
}

/// <summary>The tables as a process sees them, over a network where anything can happen.</summary>
internal sealed class FaultyTables(ITables tables, Process process) : ITables
{
    private readonly Dictionary<string, ITable> _tables = new(StringComparer.Ordinal);

    public ITable this[string name] =>
        _tables.TryGetValue(name, out var table)
            ? table
            : _tables[name] = new FaultyTable(tables[name], name, process);
}

internal sealed class FaultyTable(ITable table, string name, Process process) : ITable
{
    public ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancellationToken) =>
        Ask("get", () => table.GetAsync(partition, key, CancellationToken.None), cancellationToken);

    public ValueTask<string?> InsertAsync(Row row, CancellationToken cancellationToken) =>
        Ask("insert", () => table.InsertAsync(row, CancellationToken.None), cancellationToken);

    public ValueTask<string?> ReplaceAsync(Row row, CancellationToken cancellationToken) =>
        Ask("replace", () => table.ReplaceAsync(row, CancellationToken.None), cancellationToken);

    public ValueTask<string> UpsertAsync(Row row, CancellationToken cancellationToken) =>
        Ask("upsert", () => table.UpsertAsync(row, CancellationToken.None), cancellationToken);

    public ValueTask<bool> DeleteAsync(
        string partition, string key, string? etag, CancellationToken cancellationToken) =>
        Ask("delete", () => table.DeleteAsync(partition, key, etag, CancellationToken.None), cancellationToken);

    public ValueTask<RowPage> QueryAsync(RowRange range, CancellationToken cancellationToken) =>
        Ask("query", () => table.QueryAsync(range, CancellationToken.None), cancellationToken);

    public ValueTask<IReadOnlyList<Row>> ScanAsync(RowKey? after, int take, CancellationToken cancellationToken) =>
        Ask("scan", () => table.ScanAsync(after, take, CancellationToken.None), cancellationToken);

    public ValueTask<bool> BatchAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        // Written as they are now: the caller's list may change while the request is on its way.
        List<RowChange> all = [.. changes];
        return Ask("batch", () => table.BatchAsync(all, CancellationToken.None), cancellationToken);
    }

    private ValueTask<T> Ask<T>(string what, Func<ValueTask<T>> ask, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(process.AskAsync($"{what} {name}", () => PlannedFault.Now(ask()), PlannedFault.OfStorage));
    }
}

/// <summary>The queues in the same way. A message whose sending is repeated is there twice.</summary>
internal sealed class FaultyQueue(IQueue queue, IQueueReceiver receiver, IQueueAdmin admin, Process process)
    : IQueue, IQueueReceiver, IQueueAdmin
{
    public async ValueTask SendAsync(
        string queueName, string message, TimeSpan? delay, CancellationToken cancellationToken) =>
        await AskAsync(
            $"send {queueName}",
            async () =>
            {
                await queue.SendAsync(queueName, message, delay, CancellationToken.None);
                return true;
            },
            canRepeat: true);

    public async ValueTask<IReadOnlyList<QueueMessage>> ReceiveAsync(
        string queueName, int max, TimeSpan visibility, CancellationToken cancellationToken) =>
        await AskAsync(
            $"receive {queueName}",
            () => receiver.ReceiveAsync(queueName, max, visibility, CancellationToken.None));

    public async ValueTask<QueueMessage?> RenewAsync(
        QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken) =>
        await AskAsync("renew", () => receiver.RenewAsync(message, visibility, CancellationToken.None));

    public async ValueTask<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken) =>
        await AskAsync("delete message", () => receiver.DeleteAsync(message, CancellationToken.None));

    public async ValueTask<bool> ReleaseAsync(
        QueueMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        await AskAsync("release message", () => receiver.ReleaseAsync(message, delay, CancellationToken.None));

    public async ValueTask<bool> GiveBackAsync(QueueMessage message, CancellationToken cancellationToken) =>
        await AskAsync("give message back", () => receiver.GiveBackAsync(message, CancellationToken.None));

    public async ValueTask<bool> MoveToPoisonAsync(QueueMessage message, CancellationToken cancellationToken) =>
        await AskAsync("poison message", () => receiver.MoveToPoisonAsync(message, CancellationToken.None));

    public ValueTask<QueueMessage?> WaitAsync(
        string queueName, TimeSpan visibility, TimeSpan atMost, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The proof's pump asks by the clock, as the Functions host does.");

    public async ValueTask ProbeAsync(string queueName, CancellationToken cancellationToken) =>
        await AskAsync("probe", async () =>
        {
            await admin.ProbeAsync(queueName, CancellationToken.None);
            return true;
        });

    public async ValueTask<QueueState> StateAsync(string queueName, CancellationToken cancellationToken) =>
        await AskAsync("state", () => admin.StateAsync(queueName, CancellationToken.None));

    public async ValueTask<long> CountAsync(string queueName, CancellationToken cancellationToken) =>
        await AskAsync("count", () => admin.CountAsync(queueName, CancellationToken.None));

    public async ValueTask<IReadOnlyList<PoisonMessage>> ListPoisonAsync(
        string queueName, int take, string? after, CancellationToken cancellationToken) =>
        await AskAsync("list poison", () => admin.ListPoisonAsync(queueName, take, after, CancellationToken.None));

    public async ValueTask<PoisonOutcome> ReplayAsync(
        string queueName, string id, CancellationToken cancellationToken) =>
        await AskAsync("replay", () => admin.ReplayAsync(queueName, id, CancellationToken.None));

    public async ValueTask<int> ReplayManyAsync(string queueName, int most, CancellationToken cancellationToken) =>
        await AskAsync("replay many", () => admin.ReplayManyAsync(queueName, most, CancellationToken.None));

    public async ValueTask<PoisonOutcome> DeletePoisonAsync(
        string queueName, string id, CancellationToken cancellationToken) =>
        await AskAsync("delete poison", () => admin.DeletePoisonAsync(queueName, id, CancellationToken.None));

    private Task<T> AskAsync<T>(string what, Func<ValueTask<T>> ask, bool canRepeat = false) =>
        process.AskAsync(what, () => PlannedFault.Now(ask()), PlannedFault.OfStorage, canRepeat);
}

/// <summary>The realtime channel in the same way.</summary>
internal sealed class FaultyScreens(Desks desks, Process process) : IScreens
{
    public Task SendAsync(
        string agentId, ScreenMessage message, PopUp popUp, CancellationToken cancellationToken) =>
        process.AskAsync(
            $"tell {agentId} {message}",
            () =>
            {
                desks.Take(agentId, message, popUp);
                return true;
            },
            PlannedFault.OfScreens,
            canRepeat: true);

    public Task SendAsync(
        string agentId, ScreenMessage message, object content, CancellationToken cancellationToken) =>
        process.AskAsync($"tell {agentId} {message}", () => true, PlannedFault.OfScreens);

    public ValueTask<ScreenConnection> NegotiateAsync(
        string agentId, DateTimeOffset? endsAt, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The proof's screens are there without a connection.");
}

/// <summary>The network to the operator in the same way.</summary>
internal sealed class FaultyNetwork(Exchange exchange, Process process) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        exchange.Sent(address);
        return process.AskAsync(
            $"operator {address.AbsolutePath}", () => exchange.Answer(address), PlannedFault.OfNetwork);
    }
}
