namespace CallMyWay.Functions.Api;

/// <summary>
/// What a feature does by the clock. The feature adds one to the services, and the minute's timer function calls it after
/// its own work, one after the other.
/// </summary>
public interface IScheduled
{
    /// <summary>
    /// Does what is due. It is called each minute, and takes a moment: long work is a job that it starts. A minute can be
    /// missed, and a process can end anywhere.
    /// </summary>
    Task RunDueAsync(CancellationToken cancellationToken);
}
