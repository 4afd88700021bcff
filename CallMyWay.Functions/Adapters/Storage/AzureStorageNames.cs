using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Adapters;

/// <summary>The tables and queues that are used, without the poison queues: each queue has one.</summary>
public sealed record AzureStorageNames(IReadOnlyCollection<string> Tables, IReadOnlyCollection<string> Queues)
{
    /// <summary>Those of the features. A host with some of its own registers more.</summary>
    public static AzureStorageNames Features { get; } = new(StorageNames.Tables, StorageNames.Queues);

    public IEnumerable<string> AllQueues =>
        Queues.SelectMany(queue => new[] { queue, queue + StorageNames.PoisonSuffix });
}
