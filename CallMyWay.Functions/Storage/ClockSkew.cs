namespace CallMyWay.Functions.Storage;

/// <summary>
/// How far the clocks of two instances may be from each other. A stored time that is further ahead than whoever wrote
/// it could mean was written before the clock was set back, but only if it is so by more than this. Without it, whoever
/// reads what was written at the same moment takes it for a leftover.
/// </summary>
internal static class ClockSkew
{
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(1);
}
