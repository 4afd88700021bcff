using System.Globalization;
using System.Runtime.InteropServices;

namespace CallMyWay.Functions.Homologation;

/// <summary>Between what an answer that is a measure lies. Pure.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AnswerSpan(int Least, int Most)
{
    /// <summary>Records are asked for every 4 seconds at most, and notifications take their time too.</summary>
    private const int DelaySeconds = 10;

    /// <summary>True where the two answers can't be of the same operator.</summary>
    public static bool AreDifferent(CaseAnswer one, CaseAnswer other) => (Of(one), Of(other)) is ({ } first, { } second)
        ? Math.Max(first.Least, second.Least) - Math.Min(first.Most, second.Most)
            > (one.Question == "records-delay" ? DelaySeconds : 0)
        : one.Value != other.Value;

    // "3-7 s", ">= 57" and "57".
    private static AnswerSpan? Of(CaseAnswer answer) => answer switch
    {
        { Question: "records-delay", Value: [.. var span, ' ', 's'] }
            when span.Split('-') is [var from, var to] && Read(from) is { } least && Read(to) is { } most
            => new(least, most),
        { Question: "largest-page", Value: ['>', '=', ' ', .. var from] } when Read(from) is { } least
            => new(least, int.MaxValue),
        { Question: "largest-page" } when Read(answer.Value) is { } size => new(size, size),
        _ => null,
    };

    private static int? Read(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
