using System.Globalization;

namespace CallMyWay.Simulator;

/// <summary>Serves the records of calls that are over and, if an address is set for them, live calls.</summary>
public sealed class CallRecords(
    CallBook book, Lines lines, QueryPace pace, EnabledAddresses addresses, Behaviour behaviour, TimeProvider time)
{
    private int _requests;

    public async Task<IResult> AnswerAsync(HttpContext context, bool live)
    {
        var (shape, faults, query) = (behaviour.Shape, behaviour.Faults, context.Request.Query);
        if (Operator.Authorize(context, addresses, lines, shape, out var refusal) is not { } account)
        {
            return refusal!;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(account.TimeZone);
        var (from, to) = (DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        if (!live && query["recent"] != "1" && !(Operator.TryTime(query["dateStart"], zone, out from) && Operator.TryTime(query["dateEnd"], zone, out to)))
        {
            return Operator.Refuse(
                shape, StatusCodes.Status400BadRequest, "ERROR: recent=1, o dateStart y dateEnd (YYYY-MM-DD HH:mm:ss)");
        }

        if (!TryCount(query["ini"], 0, out var skip) || !TryCount(query["cant"], int.MaxValue, out var take))
        {
            return Operator.Refuse(shape, StatusCodes.Status400BadRequest, "ERROR: ini y cant deben ser enteros");
        }

        var wait = pace.Take(shape.PaceBy switch
        {
            PaceBy.Address => context.Connection.RemoteIpAddress!.ToString(),
            PaceBy.Path => account.Username + context.Request.Path,
            _ => account.Username,
        });
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, context.RequestAborted);
        }

        if (faults.Hits(faults.RecordsError, "recordsError", Interlocked.Increment(ref _requests), 0))
        {
            return Results.Text("ERROR", "text/plain", statusCode: StatusCodes.Status500InternalServerError);
        }

        if (!live && query["recent"] == "1")
        {
            from = time.GetUtcNow().AddHours(-24);
        }

        var records = new List<(DateTimeOffset DetectedAt, Dictionary<string, string> Record)>();
        foreach (var call in book.All())
        {
            lock (call)
            {
                records.AddRange(call.Legs
                    .Where(leg => leg.Line.Account == account && leg.DetectedAt >= from && leg.DetectedAt <= to)
                    .Where(leg => live ? leg.State is CallState.Ringing or CallState.Answered : leg.State == CallState.Ended)
                    .Select(leg => (leg.DetectedAt!.Value, Record(leg, shape))));
            }
        }

        var page = records.OrderBy(record => record.DetectedAt).Skip(skip).Take(take).Select(record => record.Record);
        return shape.RecordShape == RecordShape.Array ? Results.Json(page) : Results.Json(new { cdrs = page });
    }

    private static Dictionary<string, string> Record(Leg leg, Shape shape) => new(StringComparer.Ordinal)
    {
        ["callid"] = shape.RecordCallId == RecordCallId.Same ? leg.CallId : "cdr-" + leg.CallId,
        ["ani"] = leg.Ani,
        ["dnis"] = leg.Dnis,
        ["detect_time"] = Operator.Time(leg.DetectedAt!.Value, leg.Line.Account),
        ["connect_time"] = leg.ConnectedAt is { } connected ? Operator.Time(connected, leg.Line.Account) : Operator.NotConnected,
        ["duration"] = leg.DurationSeconds.ToString(CultureInfo.InvariantCulture),
        ["ani_user"] = leg.AniUser,
        ["dnis_user"] = leg.DnisUser,
        ["cost"] = Operator.Money(leg.Cost + (shape.CostIncludesAccessFee ? leg.AccessFee : 0)),
        ["access_fee"] = Operator.Money(leg.State == CallState.Ended ? leg.AccessFee : 0),
        ["rate"] = Operator.Money(leg.Rate),
        ["route_pattern"] = leg.RoutePattern,
        ["route_name"] = leg.RouteName,
    };

    private static bool TryCount(string? text, int missing, out int count)
    {
        count = missing;
        return string.IsNullOrEmpty(text)
            || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }
}
