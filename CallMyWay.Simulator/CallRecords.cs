using System.Globalization;

namespace CallMyWay.Simulator;

/// <summary>Serves the records of calls that are over and, if an address is set for them, live calls.</summary>
public sealed class CallRecords(
    CallBook book,
    Lines lines,
    QueryPace pace,
    RecordRequests requests,
    EnabledAddresses addresses,
    Behaviour behaviour,
    TimeProvider time)
{
    private int _requests;

    public async Task<IResult> AnswerAsync(HttpContext context, bool live)
    {
        var (shape, faults, query) = (behaviour.Shape, behaviour.Faults, context.Request.Query);
        if (lines.Account(query["username"].ToString()) is { } named)
        {
            requests.Note(named);
        }

        if (Operator.Authorize(context, addresses, lines, shape, out var refusal) is not { } account)
        {
            return refusal!;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(account.TimeZone);
        var (from, to, recent) = (DateTimeOffset.MinValue, DateTimeOffset.MaxValue, query["recent"] == "1");
        if (!live && !recent
            && !(Operator.TryTime(query["dateStart"], zone, out from)
                && Operator.TryTime(query["dateEnd"], zone, out to)))
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
        }) + TimeSpan.FromMilliseconds(faults.RecordsLateMs);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, context.RequestAborted);
        }

        var request = Interlocked.Increment(ref _requests);
        if (RecordAnswers.Instead(faults, request) is { } fault)
        {
            return fault;
        }

        if (recent)
        {
            from = time.GetUtcNow().AddHours(-24);
        }

        var records = live
            ? RecordList.Live(book, account, behaviour)
            : RecordList.InRange(book, account, from, to, behaviour, time.GetUtcNow());
        var page = records.Skip(shape.IgnoresSkip ? 0 : skip).Take(shape.MaxRecords > 0 ? Math.Min(take, shape.MaxRecords) : take);
        return RecordAnswers.Of(shape.RecordShape == RecordShape.Array ? page : new { cdrs = page }, shape.RecordEncoding, faults, request);
    }

    private static bool TryCount(string? text, int missing, out int count)
    {
        count = missing;
        return string.IsNullOrEmpty(text)
            || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }
}
