namespace CallMyWay.Functions.AuditTrail;

/// <summary>
/// How long the audit is kept: the section <c>Audit</c> of the settings. It is no setting of the console: whoever
/// changes something there can't have the traces of it deleted.
/// </summary>
public sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>No trace goes sooner.</summary>
    public const int LeastDays = 90;

    public const int MostDays = 36500;

    /// <summary>After so many days entries go: two years by default.</summary>
    public int KeptDays { get; set; } = 730;
}
