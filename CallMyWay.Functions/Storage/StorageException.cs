namespace CallMyWay.Functions.Storage;

/// <summary>What a storage could not do, in words for whoever runs the host.</summary>
public class StorageException(string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>
    /// Whether the storage can't answer just now (it is down, busy, full, or lets nobody in), so that the same may go
    /// well later.
    /// </summary>
    public virtual bool IsUnavailable => true;
}
