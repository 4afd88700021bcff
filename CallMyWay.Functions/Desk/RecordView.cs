using CallMyWay.Functions.Calls;

namespace CallMyWay.Functions.Desk;

/// <summary>One of the operator's records of a call, as the API shows it. Money is in the account's currency.</summary>
public sealed record RecordView
{
    /// <summary>The record's own id.</summary>
    public required string RecordId { get; init; }

    /// <summary>The operator's call id that it is of: of a dialled call that of one leg.</summary>
    public required string CallId { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>False where a later record corrects it.</summary>
    public required bool IsCurrent { get; init; }

    /// <summary>
    /// True where it was joined with its call by phone, number and start, as no call had its id.
    /// </summary>
    public bool ByLikeness { get; init; }

    public required string Ani { get; init; }

    public required string Dnis { get; init; }

    public string? AniUser { get; init; }

    public string? DnisUser { get; init; }

    public DateTimeOffset? DetectedAt { get; init; }

    /// <summary>Null where the call did not connect.</summary>
    public DateTimeOffset? ConnectedAt { get; init; }

    public int? DurationSeconds { get; init; }

    public decimal? Cost { get; init; }

    public decimal? AccessFee { get; init; }

    /// <summary>By the minute.</summary>
    public decimal? Rate { get; init; }

    public string? RoutePattern { get; init; }

    public string? RouteName { get; init; }

    /// <summary>The fields that the operator's document does not name.</summary>
    public IReadOnlyDictionary<string, string>? Other { get; init; }

    /// <summary>The records of a call, the last received first.</summary>
    public static IReadOnlyList<RecordView> Of(Call call)
    {
        var records = call.Facts.Records;
        var current = call.Facts.Standing.ToHashSet();
        return
        [
            .. records.Reverse().Select(record => new RecordView
            {
                RecordId = record.RecordId ?? record.CallId,
                CallId = record.CallId,
                ReceivedAt = record.At,
                IsCurrent = current.Contains(record),
                ByLikeness = record.IsByLikeness == true,
                Ani = record.Ani,
                Dnis = record.Dnis,
                AniUser = record.AniUser,
                DnisUser = record.DnisUser,
                DetectedAt = record.DetectedAt,
                ConnectedAt = record.ConnectedAt,
                DurationSeconds = record.Duration,
                Cost = record.Cost,
                AccessFee = record.AccessFee,
                Rate = record.Rate,
                RoutePattern = record.RoutePattern,
                RouteName = record.RouteName,
                Other = record.Other,
            }),
        ];
    }
}
