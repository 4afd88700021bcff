using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>A storage to run contract tests on. Each test has its own, empty, with one table and one queue.</summary>
public interface IStorageUnderTest : IAsyncDisposable
{
    ITable Table { get; }

    IQueue Queue { get; }

    IQueueReceiver Receiver { get; }

    IQueueAdmin Admin { get; }

    string QueueName { get; }
}
