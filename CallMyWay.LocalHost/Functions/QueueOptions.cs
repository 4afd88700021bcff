using System.ComponentModel.DataAnnotations;

namespace CallMyWay.LocalHost.Functions;

/// <summary>How queue functions run: the section <c>Queues</c> of the settings.</summary>
public sealed class QueueOptions
{
    public const string Section = "Queues";

    /// <summary>
    /// False where messages stay in their queues, as in a copy that only shows what a backup holds: no notification
    /// becomes a call, no event is sent, no job goes on, and no campaign dials.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// How many messages of a queue are processed at once. Many, because their writes share the disk's flushes.
    /// </summary>
    [Range(1, 1000, ErrorMessage = "Queues:Parallel must be between 1 and 1000.")]
    public int Parallel { get; set; } = 256;

    /// <summary>
    /// How many tries a message gets before it goes to the poison queue, whether they failed or ended the process.
    /// </summary>
    [Range(1, 100, ErrorMessage = "Queues:MaxTries must be between 1 and 100.")]
    public int MaxTries { get; set; } = 5;

    /// <summary>
    /// How long a message is hidden while it is processed; it is renewed as long as needed. If a host crashes, a
    /// storage account delivers its messages again after this time, and SQLite at the next start. If the disk hangs for
    /// longer, SQLite keeps it hidden all the same.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Queues:Visibility must be between 00:00:01 and 1.00:00:00.")]
    public TimeSpan Visibility { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The wait after the first failed try. It doubles with each further one.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "Queues:RetryDelay must be between 00:00:00 and 01:00:00.")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(2);

    public TimeSpan DelayAfter(int tries) => RetryDelay * Math.Pow(2, Math.Clamp(tries - 1, 0, 10));
}
