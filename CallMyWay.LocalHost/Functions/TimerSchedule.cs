using NCrontab;

namespace CallMyWay.LocalHost.Functions;

/// <summary>
/// An NCRONTAB schedule: six fields that begin with seconds, or five without them
/// (https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer).
/// </summary>
internal sealed class TimerSchedule
{
    private readonly CrontabSchedule _schedule;

    private TimerSchedule(CrontabSchedule schedule) => _schedule = schedule;

    /// <summary>The Functions host stores no status for timers that run more often than once a minute.</summary>
    public bool IsUnderAMinute
    {
        get
        {
            var first = After(DateTime.UnixEpoch);
            return After(first) - first < TimeSpan.FromMinutes(1);
        }
    }

    /// <exception cref="InvalidOperationException">
    /// The schedule is not an NCRONTAB expression, or names a missing setting.
    /// </exception>
    public static TimerSchedule Parse(TimerFunction function, IConfiguration settings)
    {
        var text = function.Schedule;
        if (text is ['%', .. var setting, '%'])
        {
            text = settings[setting.Replace("__", ":", StringComparison.Ordinal)]
                ?? throw new InvalidOperationException(
                    $"The setting {setting} is missing: the schedule of {function.Name}.");
        }

        var hasSeconds = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 6;
        return CrontabSchedule.TryParse(
            text, new CrontabSchedule.ParseOptions { IncludingSeconds = hasSeconds }) is { } schedule
            ? new TimerSchedule(schedule)
            : throw new InvalidOperationException(
                $"'{text}', the schedule of {function.Name}, is no NCRONTAB expression such as '0 */5 * * * *'.");
    }

    /// <summary>The first due time (UTC) after the given one.</summary>
    public DateTime After(DateTime utc) => DateTime.SpecifyKind(_schedule.GetNextOccurrence(utc), DateTimeKind.Utc);
}
