namespace CallMyWay.Functions.Storage;

/// <summary>
/// The most by which the clocks of two instances may differ. Another instance can write a time that lies a little
/// further ahead than the reader expects. Only a time that is further ahead by more than this was written before the
/// clock was set back.
/// </summary>
internal static class ClockSkew
{
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(1);
}
