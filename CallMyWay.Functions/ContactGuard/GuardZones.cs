using System.Collections.Concurrent;
using CallMyWay.Functions.Operator;
using PhoneNumbers;

namespace CallMyWay.Functions.ContactGuard;

/// <summary>
/// In which time zones the owner of a number can be. Of a number that belongs to no place, as a mobile's of a large
/// country, all zones of its country count: a call is allowed only where it is allowed in each.
/// </summary>
public sealed class GuardZones(Accounts accounts)
{
    private const string UnknownZone = "Etc/Unknown";

    // Numbers of one country and area share their answer, but the mapper's look-up is cheap as it is.
    private readonly ConcurrentDictionary<string, TimeZoneInfo?> _zones = new(StringComparer.Ordinal);

    /// <summary>One zone or more, by their names in the tz database. The office's own where none is known.</summary>
    public IReadOnlyList<TimeZoneInfo> Of(string e164)
    {
        try
        {
            var number = PhoneNumberUtil.GetInstance().Parse(e164, null);
            var zones = PhoneNumberToTimeZonesMapper.GetInstance().GetTimeZonesForNumber(number)
                .Where(name => name != UnknownZone)
                .Select(Find)
                .OfType<TimeZoneInfo>()
                .ToList();
            return zones.Count > 0 ? zones : [accounts.Home.TimeZone];
        }
        catch (NumberParseException)
        {
            return [accounts.Home.TimeZone];
        }
    }

    // A zone that this machine's data lacks can't be computed with.
    private TimeZoneInfo? Find(string name) => _zones.GetOrAdd(
        name, static each => TimeZoneInfo.TryFindSystemTimeZoneById(each, out var zone) ? zone : null);
}
