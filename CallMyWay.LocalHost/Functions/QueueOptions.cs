using System.ComponentModel.DataAnnotations;

namespace CallMyWay.LocalHost.Functions;

/// <summary>How queue functions are run: the section <c>Queues</c> of the settings.</summary>
public sealed class QueueOptions
{
    public const string Section = "Queues";

    /// <summary>
    /// How many messages of a queue are worked on at once. Many, because their writes share the disk's flushes.
    /// </summary>
    [Range(1, 1000, ErrorMessage = "Queues:Parallel must be between 1 and 1000.")]
    public int Parallel { get; set; } = 32;

    /// <summary>
    /// The tries before a message goes to the poison queue, whether they failed or ended the process.
    /// </summary>
    [Range(1, 100, ErrorMessage = "Queues:MaxTries must be between 1 and 100.")]
    public int MaxTries { get; set; } = 5;

    /// <summary>
    /// How long a message that is worked on stays hidden, which is renewed for as long as the work takes. On a storage
    /// account, what a crashed host was working on is tried again when that is over; on SQLite at the next start.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Queues:Visibility must be between 00:00:01 and 1.00:00:00.")]
    public TimeSpan Visibility { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The wait after the first failed try; it doubles with each.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "Queues:RetryDelay must be between 00:00:00 and 01:00:00.")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(2);

    public TimeSpan DelayAfter(int tries) => RetryDelay * Math.Pow(2, Math.Clamp(tries - 1, 0, 10));
}
