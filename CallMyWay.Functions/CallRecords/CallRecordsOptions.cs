namespace CallMyWay.Functions.CallRecords;

/// <summary>The pull of call records: the section <c>CallRecords</c> of the settings.</summary>
public sealed class CallRecordsOptions
{
    public const string Section = "CallRecords";

    /// <summary>
    /// False where the minute's timer does nothing: no record is pulled, no day is worked out by itself, and no lost
    /// step of a job is sent again.
    /// </summary>
    public bool Enabled { get; set; } = true;
}
