namespace CallMyWay.Functions.Storage;

/// <summary>
/// Marks writes that are done again if a power cut takes them. That they are done is noted behind them, by a write that
/// is not marked: where they are lost, so is the note.
/// </summary>
/// <remarks>
/// An adapter may leave marked writes unsynced, as those of a queue function, whose note is the deletion of its message.
/// What is written behind them is synced with them. Azure Storage keeps every write as it is.
/// </remarks>
public static class RepeatableWrites
{
    private static readonly AsyncLocal<bool> UnderWay = new();

    /// <summary>True within <see cref="DoAsync"/>. For adapters.</summary>
    public static bool AreUnderWay => UnderWay.Value;

    /// <summary>Does something whose writes a power cut may take until the caller has noted that they are done.</summary>
    public static async Task<T> DoAsync<T>(Func<Task<T>> write)
    {
        // It ends with this method.
        UnderWay.Value = true;
        return await write();
    }
}
