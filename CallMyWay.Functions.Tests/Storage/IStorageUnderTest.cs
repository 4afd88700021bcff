using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>A storage to run contract tests on. Each test has its own, empty, with one table and one queue.</summary>
public interface IStorageUnderTest : IAsyncDisposable
{
    ITables Tables { get; }

    /// <summary>The name of <see cref="Table"/>.</summary>
    string TableName { get; }

    ITable Table => Tables[TableName];

    IQueue Queue { get; }

    IQueueReceiver Receiver { get; }

    IQueueAdmin Admin { get; }

    string QueueName { get; }
}
