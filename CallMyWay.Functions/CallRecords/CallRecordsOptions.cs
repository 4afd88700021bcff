namespace CallMyWay.Functions.CallRecords;

/// <summary>The pull of call records: the section <c>CallRecords</c> of the settings.</summary>
public sealed class CallRecordsOptions
{
    public const string Section = "CallRecords";

    /// <summary>
    /// False where the minute's timer does nothing: no record is pulled, and nothing else runs by schedule either, such
    /// as days that are worked out, the night's sweep, old calls that go, figures of the reports, the metrics of the
    /// queues, lost steps of jobs that are sent again, campaigns that have broken off, promises that come due, and the
    /// daily backup.
    /// </summary>
    public bool Enabled { get; set; } = true;
}
