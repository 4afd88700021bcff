namespace CallMyWay.Functions.CallRecords;

/// <summary>The pull of call records: the section <c>CallRecords</c> of the settings.</summary>
public sealed class CallRecordsOptions
{
    public const string Section = "CallRecords";

    /// <summary>False where nothing is asked of the operator by itself.</summary>
    public bool Enabled { get; set; } = true;
}
