namespace CallMyWay.Functions.Storage;

/// <summary>
/// Says that all that is read until it is disposed is much, and is read once, as for an export. An adapter that keeps
/// rows in memory for others does not let them make room for it.
/// </summary>
public sealed class LongRead : IDisposable
{
    private static readonly AsyncLocal<bool> UnderWay = new();

    private readonly bool _before = UnderWay.Value;

    private LongRead() => UnderWay.Value = true;

    /// <summary>True for who reads within one, also in what they call and await.</summary>
    public static bool IsUnderWay => UnderWay.Value;

    public static LongRead Begin() => new();

    public void Dispose() => UnderWay.Value = _before;
}
