namespace CallMyWay.Functions.Storage;

/// <summary>
/// Marks writes that must outlast a power cut before the caller goes on, whatever work they belong to. They come
/// before what can't be taken back, such as asking the operator for a call: work that is done again after a power cut
/// must find that it was done.
/// </summary>
/// <remarks>
/// An adapter may leave the writes of a queue function unsynced, since its message comes again if they are lost. A
/// marked write is synced, and with it all that was written before. Azure Storage keeps every write as it is.
/// </remarks>
public static class LastingWrites
{
    private static readonly AsyncLocal<bool> UnderWay = new();

    /// <summary>True within <see cref="DoAsync"/>. For adapters.</summary>
    public static bool IsAsked => UnderWay.Value;

    /// <summary>Does something whose writes outlast a power cut when the task completes.</summary>
    public static async Task<T> DoAsync<T>(Func<Task<T>> write)
    {
        // It ends with this method.
        UnderWay.Value = true;
        return await write();
    }
}
