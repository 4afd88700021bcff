using System.Globalization;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Homologation;

/// <summary>The cases that ask for records: which request is next, and what follows from the answers. Pure.</summary>
public static class RequestCases
{
    /// <summary>More than any operator is likely to answer at once.</summary>
    private const int HugePage = 1000;

    private const int PaceRequests = 3;

    private const int Days = 30;

    /// <summary>No leg of a call waits so long for the next.</summary>
    private static readonly TimeSpan BetweenCalls = TimeSpan.FromMinutes(30);

    private static readonly Phrase TooFew = new(
        "La cuenta no tiene llamadas que lo muestren. Haga las que dicen los pasos y repita la prueba.",
        "The account has no calls that show it. Make those of the steps and repeat the case.");

    /// <summary>The next request; null where there are enough answers.</summary>
    /// <param name="code">The case.</param>
    /// <param name="now">The account's local time.</param>
    /// <param name="asked">What was asked before.</param>
    public static RecordsQuery? Next(string code, DateTime now, IReadOnlyList<Asked> asked)
    {
        var from = now.AddDays(-Days);
        var to = now.AddMinutes(1);
        if (asked.Count > 0 && asked[^1].Result != RecordsResult.Read)
        {
            return null;
        }

        if (asked.Count == 0)
        {
            return RecordsQuery.Exactly(
                from, to, 0, code == "records-page" ? HugePage : code is "credentials" or "pace" ? 1 : Asked.MostKept);
        }

        return code switch
        {
            "pace" when asked.Count < PaceRequests => RecordsQuery.Exactly(from, to, 0, 1),
            "records-page" when asked is [{ Count: > 0 and < HugePage } first] =>
                RecordsQuery.Exactly(first.From, first.To, first.Count, 1),
            // What came meanwhile may be behind the first page, or before it: only a first page that stays tells.
            "records-page" when asked is [var first, { Count: > 0 }] =>
                RecordsQuery.Exactly(first.From, first.To, first.Skip, first.Take),
            "records-bounds" => NextOfBounds(asked),
            _ => null,
        };
    }

    /// <summary>What follows from the answers.</summary>
    public static Verdict Evaluate(string code, IReadOnlyList<Asked> asked)
    {
        IReadOnlyList<Sighting> seen = [.. asked.Select(Seen)];
        if (asked is [.., { Result: not RecordsResult.Read } refused])
        {
            var verdict = AccountTest.VerdictOf(
                new RecordsAnswer(refused.Result, refused.Status, refused.Text, null));
            var (title, _) = AccountTest.TextOf(verdict, new("en la configuración", "in the settings"));
            return Verdict.Failed(title, seen) with
            {
                Answers = verdict == AccountVerdict.AddressRefused
                    ? [new("refused-address", Invariant($"{refused.Status}: {refused.Text}"))]
                    : [],
            };
        }

        return code switch
        {
            _ when asked.Count == 0 => Verdict.Open(new("No se consultó nada.", "Nothing was asked for.")),
            "credentials" => Passed(seen),
            "pace" => asked.Count < PaceRequests
                ? Verdict.Open(new("Faltan consultas.", "Requests are missing."), seen)
                : Passed(seen),
            "records-shape" => Shape(asked[0], seen),
            "records-page" => Page(asked, seen),
            "records-order" => Order(asked[0].Records, seen),
            "records-bounds" => Bounds(asked, seen),
            "ids-again" => IdsAgain(asked[0], seen),
            "cost-fee" => CostFee(asked[0].Records, seen),
            _ => throw new ArgumentException($"The case {code} asks for no records.", nameof(code)),
        };
    }

    private static Verdict Passed(IReadOnlyList<Sighting> seen, params IReadOnlyList<CaseAnswer> answers) =>
        new(CaseState.Passed, answers, seen);

    private static Sighting Seen(Asked asked)
    {
        var (from, to) = (Invariant($"{asked.From:yyyy-MM-dd HH:mm:ss}"), Invariant($"{asked.To:yyyy-MM-dd HH:mm:ss}"));
        var all = Records(asked.Count);
        return new(
            asked.At,
            new(
                Invariant($"{from} a {to}, desde {asked.Skip}, hasta {asked.Take}: {all.Es}, estado {asked.Status}"),
                Invariant($"{from} to {to}, from {asked.Skip}, at most {asked.Take}: {all.En}, status {asked.Status}")),
            asked.Text);
    }

    private static Phrase Records(int count) => count == 1
        ? new("1 registro", "1 record")
        : new(Invariant($"{count} registros"), Invariant($"{count} records"));

    private static Verdict Shape(Asked asked, IReadOnlyList<Sighting> seen)
    {
        if (asked.Count == 0)
        {
            return Verdict.Open(TooFew, seen);
        }

        var text = asked.Text.TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        var shape = text.StartsWith('[') ? "array" : text.StartsWith('{') ? "wrapped" : "other";
        return Passed(
            seen,
            new("records-shape", shape),
            // Without a letter such as ó nothing tells which encoding it is.
            new("records-encoding", asked.IsAscii == true ? "ASCII" : asked.IsUtf8 ? "UTF-8" : "ISO-8859-1"));
    }

    private static Verdict Page(IReadOnlyList<Asked> asked, IReadOnlyList<Sighting> seen)
    {
        var first = asked[0];
        if (first.Count == 0)
        {
            return Verdict.Open(TooFew, seen);
        }

        // What is behind the first answer was held back from it, unless it is what that begins with.
        if (asked is [_, { Count: > 0 } behind, ..])
        {
            if (asked is not [_, _, { } still] || still.Count != first.Count
                || !still.Records.Select(record => record.Identity())
                    .SequenceEqual(first.Records.Select(record => record.Identity()), StringComparer.Ordinal))
            {
                return Verdict.Open(
                    new(
                        "Llegaron registros mientras se consultaba. Repita la prueba cuando nadie esté llamando.",
                        "Records came in meanwhile. Repeat the case while nobody calls."),
                    seen);
            }

            if (behind.Records is [var again, ..] && first.Records is [var head, ..] && again.Identity() == head.Identity())
            {
                return Verdict.Failed(
                    new(
                        "El operador no respeta «ini»: responde siempre desde el primer registro. Pídale que lo corrija; sin"
                            + " eso solo se lee la primera página.",
                        "The operator ignores \"ini\": it always answers from the first record. Ask them to mend it; without"
                            + " that only the first page is read."),
                    seen);
            }

            var most = first.Count.ToString(CultureInfo.InvariantCulture);
            return Passed(seen, new CaseAnswer("largest-page", most, most));
        }

        return first.Count >= first.Take
            ? Passed(seen, new CaseAnswer("largest-page", Invariant($">= {first.Count}")))
            : Passed(seen, new CaseAnswer("largest-page", Invariant($">= {first.Count}"))) with
            {
                Advice = new(
                    "La cuenta no tiene más registros: la página puede ser más grande.",
                    "The account has no more records: the page may be larger."),
            };
    }

    private static Verdict Order(IReadOnlyList<CallRecord> records, IReadOnlyList<Sighting> seen)
    {
        List<DateTime> times = [.. records.Select(record => record.DetectTime).OfType<DateTime>()];
        var steps = times.Zip(times.Skip(1), (one, next) => Math.Sign((next - one).Ticks)).Where(step => step != 0)
            .ToList();
        // Calls that overlap end in another order than they began, where the order goes by the end.
        var rising = steps.Count(step => step > 0);
        return steps.Count == 0 ? Verdict.Open(TooFew, seen)
            : Passed(seen, new CaseAnswer("records-order", rising * 10 >= steps.Count * 8 ? "oldestFirst"
                : rising * 10 <= steps.Count * 2 ? "newestFirst" : "none"));
    }

    // A call whose beginning and end are so far apart that a range of a second has only one of them.
    private static CallRecord? BoundsCall(Asked asked) => asked.Records.FirstOrDefault(record =>
        record is { DetectTime: not null, ConnectTime: not null, Duration: > 3 });

    private static DateTime EndOf(CallRecord record) => record.ConnectTime!.Value.AddSeconds(record.Duration!.Value);

    private static RecordsQuery? NextOfBounds(IReadOnlyList<Asked> asked)
    {
        if (BoundsCall(asked[0]) is not { } record)
        {
            return null;
        }

        var detect = record.DetectTime!.Value;
        var end = EndOf(record);
        return asked.Count switch
        {
            1 => Around(detect),
            2 => Has(asked[1], record) ? UpTo(detect) : Around(end),
            3 when !Has(asked[1], record) && Has(asked[2], record) => UpTo(end),
            _ => null,
        };

        static RecordsQuery Around(DateTime time) =>
            RecordsQuery.Exactly(time.AddSeconds(-1), time.AddSeconds(1), 0, Asked.MostKept);

        static RecordsQuery UpTo(DateTime time) =>
            RecordsQuery.Exactly(time.AddMinutes(-1), time, 0, Asked.MostKept);
    }

    private static Verdict Bounds(IReadOnlyList<Asked> asked, IReadOnlyList<Sighting> seen)
    {
        if (BoundsCall(asked[0]) is not { } record)
        {
            return Verdict.Open(TooFew, seen);
        }

        var isByDetect = asked.Count > 1 && Has(asked[1], record);
        if (asked.Count < (isByDetect ? 3 : 4))
        {
            return Verdict.Open(
                new("Ningún rango corto tuvo la llamada.", "No short range had the call."), seen);
        }

        return Passed(
            seen,
            new("range-by", isByDetect ? "detect" : "end"),
            new("range-end", Has(asked[^1], record) ? "included" : "excluded"));
    }

    private static bool Has(Asked asked, CallRecord record) =>
        asked.Records.Any(each => each.RecordId == record.RecordId && each.DetectTime == record.DetectTime);

    private static Verdict IdsAgain(Asked asked, IReadOnlyList<Sighting> seen)
    {
        var again = asked.Records.GroupBy(record => record.RecordId, StringComparer.Ordinal)
            .FirstOrDefault(same => AreTwoCalls([.. same.Where(record => record.DetectTime is not null)]));
        return asked.Records.Count < 2 ? Verdict.Open(TooFew, seen)
            : Passed(seen, again is null
                ? new CaseAnswer("ids-again", "no")
                {
                    Detail = new(
                        $"se vieron {asked.Records.Count} registros", $"{asked.Records.Count} records were looked at"),
                }
                : new CaseAnswer("ids-again", "yes") { Detail = new(again.Key, again.Key) });
    }

    // Each leg of a call may have a record under the call's id: another phone that it hunted, or was transferred to.
    private static bool AreTwoCalls(IReadOnlyList<CallRecord> same) => same.Any(one => same.Any(next =>
        one.DetectTime < next.DetectTime
        && (next.DetectTime - LastOf(one) > BetweenCalls
            || (OutsideOf(one) is { } outside && OutsideOf(next) is { } another
                && outside.Number != another.Number && outside.User != another.User))));

    private static DateTime LastOf(CallRecord record) =>
        record.ConnectTime?.AddSeconds(record.Duration ?? 0) ?? record.DetectTime!.Value;

    /// <summary>The other party and our user; null where both are ours, or it can't be told.</summary>
    private static (string Number, string User)? OutsideOf(CallRecord record) => (record.AniUser, record.DnisUser) switch
    {
        ({ Length: > 0 } user, null or "") => (record.Dnis, user),
        (null or "", { Length: > 0 } user) => (record.Ani, user),
        _ => null,
    };

    private static Verdict CostFee(IReadOnlyList<CallRecord> records, IReadOnlyList<Sighting> seen)
    {
        foreach (var record in records)
        {
            if (record is not { AccessFee: > 0 and var fee, Rate: > 0 and var rate, Duration: > 0 and var seconds, Cost: { } cost })
            {
                continue;
            }

            // By the second, or by the begun minute.
            decimal[] talks = [rate * seconds / 60m, rate * Math.Ceiling(seconds / 60m)];
            var without = talks.Min(talk => Math.Abs(cost - talk));
            var with = talks.Min(talk => Math.Abs(cost - talk - fee));
            if (Math.Min(without, with) > fee / 4 || without == with)
            {
                continue;
            }

            var includes = with < without;
            return Passed(
                [
                    .. seen,
                    new(
                        seen[0].At,
                        new(
                            Invariant($"Costo {cost}, tarifa {rate}, cargo {fee}, {seconds} segundos"),
                            Invariant($"Cost {cost}, rate {rate}, fee {fee}, {seconds} seconds"))),
                ],
                new CaseAnswer("cost-fee", includes ? "yes" : "no", includes ? "true" : "false"));
        }

        return Verdict.Open(TooFew, seen);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
