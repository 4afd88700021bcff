using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Storage;

namespace CallMyWay.Functions.Tests.Proof;

/// <summary>The storage of the proof keeps the rules of every other: what it proves on it is true of them.</summary>
internal sealed class MemoryStorageUnderTest : IStorageUnderTest
{
    private const string TheQueue = "some-things";

    private readonly MemoryQueue _queue = new(TimeProvider.System, TheQueue);

    public ITables Tables { get; } = new MemoryTables();

    public string TableName => "things";

    public IQueue Queue => _queue;

    public IQueueReceiver Receiver => _queue;

    public IQueueAdmin Admin => _queue;

    public string QueueName => TheQueue;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class MemoryTableTests : ITableContract
{
    protected override ValueTask<IStorageUnderTest> OpenAsync() => new(new MemoryStorageUnderTest());
}

public sealed class MemoryQueueTests : IQueueContract
{
    protected override ValueTask<IStorageUnderTest> OpenAsync() => new(new MemoryStorageUnderTest());
}

public sealed class MemoryQueueAdminTests : IQueueAdminContract
{
    protected override ValueTask<IStorageUnderTest> OpenAsync() => new(new MemoryStorageUnderTest());
}
