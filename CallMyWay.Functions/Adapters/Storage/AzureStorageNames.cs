using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Adapters;

/// <summary>The tables and queues in use. Each queue also has a poison queue, which is not listed.</summary>
public sealed record AzureStorageNames(IReadOnlyCollection<string> Tables, IReadOnlyCollection<string> Queues)
{
    /// <summary>Those of the features. A host may add its own.</summary>
    public static AzureStorageNames Features { get; } = new(StorageNames.Tables, StorageNames.Queues);

    public IEnumerable<string> AllQueues =>
        Queues.SelectMany(queue => new[] { queue, queue + StorageNames.PoisonSuffix });
}
