using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Events;

/// <summary>An event, as every endpoint is told of it.</summary>
/// <param name="Type">One of <see cref="EventTypes"/>, or that of a test.</param>
/// <param name="At">When it happened.</param>
/// <param name="Call">The call that it is about; null where it is about none.</param>
/// <param name="Json">The body.</param>
/// <param name="Endpoints">The ids of the endpoints that are told.</param>
public sealed record EventBody(
    string Type, DateTimeOffset At, CallKey? Call, string Json, IReadOnlyList<string> Endpoints);

/// <summary>
/// Makes the ids of events. What is found out a second time has the same id, so a receiver can drop what it has taken
/// before. An id begins with a hash of the call: by that all that was sent about a call is found.
/// </summary>
internal static class EventIds
{
    public static string Of(CallKey call, CallHappening happened) =>
        PrefixOf(call) + NameOf(happened.Type) + (happened.Mark.Length == 0 ? "" : $"-{happened.Mark}");

    public static string OfPromise(string promiseId, DateOnly day) => string.Create(
        CultureInfo.InvariantCulture, $"evt_{Hash(promiseId)}_{NameOf(EventTypes.PromiseDue)}-{day:yyyyMMdd}");

    /// <summary>What the ids of all events of a call begin with.</summary>
    public static string PrefixOf(CallKey call) => $"evt_{Hash($"{call.Account}\n{call.CallId}")}_";

    private static string NameOf(string type) => type.Replace('.', '-');

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));
}

/// <summary>
/// What endpoints were told: partition the week, in UTC, key the event's id. One row serves all endpoints and all
/// tries.
/// </summary>
public sealed class EventBodyStore(ITables tables)
{
    private const int DaysOfWeek = 7;

    private static readonly StoredJson<EventBody> Stored = new(EventsJson.Default);

    private readonly ITable _table = tables[StorageNames.EventBodies];

    /// <summary>Stores an event that was not told before; else the one that was.</summary>
    internal async Task<(EventBody Body, bool IsNew)> InsertAsync(
        string eventId, EventBody body, CancellationToken cancellationToken)
    {
        while (await _table.InsertAsync(
            Stored.ToRow(PartitionOf(body.At), eventId, body), cancellationToken) is null)
        {
            if (await GetAsync(eventId, body.At, cancellationToken) is { } stored)
            {
                return (stored, false);
            }
        }

        return (body, true);
    }

    internal async ValueTask<EventBody?> GetAsync(
        string eventId, DateTimeOffset at, CancellationToken cancellationToken) =>
        Stored.FromRow(await _table.GetAsync(PartitionOf(at), eventId, cancellationToken));

    internal async ValueTask<IReadOnlyList<EventBody?>> GetManyAsync(
        IEnumerable<Delivery> deliveries, CancellationToken cancellationToken)
    {
        var rows = await _table.GetManyAsync(
            [.. deliveries.Select(each => (PartitionOf(each.At), each.EventId))], cancellationToken);
        return [.. rows.Select(row => Stored.FromRow(row))];
    }

    /// <summary>What was told about a call, in the weeks of this span.</summary>
    internal async Task<IReadOnlyList<(string EventId, EventBody Body)>> ListOfCallAsync(
        CallKey call, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var weeks = new List<string>();
        for (var monday = MondayOf(from); monday <= MondayOf(to); monday = monday.AddDays(DaysOfWeek))
        {
            weeks.Add(PartitionOf(monday));
        }

        var found = await AtOnce.DoAsync(
            weeks,
            week => _table.ReadAsync(RowRange.Prefix(week, EventIds.PrefixOf(call)), cancellationToken).AsTask());
        return [.. found.SelectMany(rows => rows).Select(row => (row.Key, Stored.FromRow(row)))];
    }

    /// <summary>The call that the event of a row is about; null where it is about none.</summary>
    internal static CallKey? CallOf(Row row) => Stored.FromRow(row).Call;

    internal async Task DeleteAsync(string eventId, EventBody body, CancellationToken cancellationToken) =>
        await _table.DeleteAsync(PartitionOf(body.At), eventId, null, cancellationToken);

    /// <summary>The weeks that are over by then for so long, back to another time.</summary>
    internal static IEnumerable<string> WeeksBetween(DateTimeOffset from, DateTimeOffset before)
    {
        for (var monday = MondayOf(from); monday.AddDays(DaysOfWeek) <= before; monday = monday.AddDays(DaysOfWeek))
        {
            yield return PartitionOf(monday);
        }
    }

    private static string PartitionOf(DateTimeOffset at) =>
        Keys.Join("week", MondayOf(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static DateTimeOffset MondayOf(DateTimeOffset at)
    {
        var day = at.UtcDateTime.Date;
        return new DateTimeOffset(
            day.AddDays(-(((int)day.DayOfWeek + DaysOfWeek - 1) % DaysOfWeek)), TimeSpan.Zero);
    }
}
