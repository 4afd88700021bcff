using System.Globalization;

namespace CallMyWay.Simulator;

/// <summary>The records that answer a query, in order and before paging.</summary>
internal static class RecordList
{
    /// <summary>
    /// The records of calls that are over and whose record has appeared, and of those under way where the shape has them.
    /// </summary>
    public static List<Dictionary<string, object>> InRange(
        CallBook book,
        AccountOptions account,
        DateTimeOffset from,
        DateTimeOffset to,
        Behaviour behaviour,
        DateTimeOffset now)
    {
        var (shape, faults) = (behaviour.Shape, behaviour.Faults);
        var latest = now.AddSeconds(-shape.RecordDelaySeconds);
        return Of(
            book,
            leg => leg.Line.Account == account && IsThere(leg)
                && TimeOf(leg) >= from && (shape.RecordEndIncluded ? TimeOf(leg) <= to : TimeOf(leg) < to),
            TimeOf,
            shape,
            faults);

        // A record that was there while its call went on stays.
        bool IsThere(Leg leg) => shape.RecordsHaveLive
            ? leg.State != CallState.Planned
            : leg.State == CallState.Ended && leg.DisconnectedAt <= latest;

        DateTimeOffset TimeOf(Leg leg) =>
            shape.RecordTime == RecordTime.End ? leg.DisconnectedAt ?? now : leg.DetectedAt!.Value;
    }

    /// <summary>The records of calls that go on.</summary>
    public static List<Dictionary<string, object>> Live(
        CallBook book, AccountOptions account, Behaviour behaviour) => Of(
        book,
        leg => leg.Line.Account == account && leg.State is CallState.Ringing or CallState.Answered,
        leg => leg.DetectedAt!.Value,
        behaviour.Shape,
        behaviour.Faults);

    private static List<Dictionary<string, object>> Of(
        CallBook book, Func<Leg, bool> belongs, Func<Leg, DateTimeOffset> timeOf, Shape shape, Faults faults)
    {
        var found = new List<(DateTimeOffset At, int Call, int Leg, Dictionary<string, object> Record)>();
        foreach (var call in book.All())
        {
            lock (call)
            {
                for (var i = 0; i < call.Legs.Count; i++)
                {
                    if (belongs(call.Legs[i]) && !faults.Hits(faults.RecordsMissing, "recordsMissing", call.Number, i))
                    {
                        var record = Write(call.Legs[i], shape);
                        if (faults.Hits(faults.RecordsBroken, "recordsBroken", call.Number, i))
                        {
                            Break(record, faults.Draw("recordsBrokenField", call.Number, i));
                        }

                        found.Add((timeOf(call.Legs[i]), call.Number, i, record));
                    }
                }
            }
        }

        var ordered = shape.RecordOrder == RecordOrder.OldestFirst
            ? found.OrderBy(each => each.At)
            : found.AsEnumerable().Reverse().OrderByDescending(each => each.At);
        var records = new List<Dictionary<string, object>>(found.Count);
        var again = new List<Dictionary<string, object>>();
        foreach (var (_, call, leg, record) in ordered)
        {
            records.Add(record);
            if (faults.Hits(faults.RecordsDouble, "recordsDouble", call, leg))
            {
                (faults.Draw("recordsDoubleWhere", call, leg) < 0.5 ? records : again).Add(record);
            }
        }

        records.AddRange(again);
        return records;
    }

    private static void Break(Dictionary<string, object> record, double draw)
    {
        switch ((int)(draw * 3))
        {
            case 0:
                record["callid"] = "";
                break;
            case 1:
                record["detect_time"] = record["connect_time"] = "";
                break;
            default:
                record["duration"] = "abc";
                break;
        }
    }

    private static Dictionary<string, object> Write(Leg leg, Shape shape)
    {
        return new(StringComparer.Ordinal)
        {
            ["callid"] = shape.RecordCallId == RecordCallId.Same ? leg.CallId : "cdr-" + leg.CallId,
            ["ani"] = leg.Ani,
            ["dnis"] = leg.Dnis,
            ["detect_time"] = Operator.Time(leg.DetectedAt!.Value, leg.Line.Account),
            ["connect_time"] = leg.ConnectedAt is { } at ? Operator.Time(at, leg.Line.Account) : Operator.NotConnected,
            ["duration"] = shape.RecordValues == Values.Numbers
                ? leg.DurationSeconds
                : leg.DurationSeconds.ToString(CultureInfo.InvariantCulture),
            ["ani_user"] = leg.AniUser,
            ["dnis_user"] = leg.DnisUser,
            ["cost"] = Amount(leg.Cost + (shape.CostIncludesAccessFee ? leg.AccessFee : 0)),
            ["access_fee"] = Amount(leg.State == CallState.Ended ? leg.AccessFee : 0),
            ["rate"] = Amount(leg.Rate),
            ["route_pattern"] = leg.RoutePattern,
            ["route_name"] = leg.RouteName,
        };

        object Amount(decimal amount) =>
            shape.RecordValues == Values.Numbers ? amount
            : shape.DecimalComma ? Operator.Money(amount).Replace('.', ',')
            : Operator.Money(amount);
    }
}
