namespace CallMyWay.Functions.Storage;

/// <summary>
/// Brings what an earlier release stored up to date, once. It can be broken off anywhere, and goes on at the next start.
/// LocalHost does it before the first request, Azure beside the work.
/// </summary>
public interface IUpgrade
{
    /// <summary>Does what there is to do, as long as it may go on. True where nothing is left.</summary>
    /// <param name="mayGoOn">Asked before each page.</param>
    /// <param name="cancellationToken">The caller's.</param>
    Task<bool> RunAsync(Func<CancellationToken, Task<bool>> mayGoOn, CancellationToken cancellationToken);
}
