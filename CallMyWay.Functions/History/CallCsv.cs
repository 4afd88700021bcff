using System.Globalization;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Desk;
using CallMyWay.Functions.Outcomes;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.History;

/// <summary>Calls as rows of a table. Times are those of the call's account.</summary>
/// <param name="language">Of the header and of all words.</param>
/// <param name="outcomes">What the outcomes are called.</param>
/// <param name="zoneOf">The zone of an account.</param>
internal sealed class CallCsv(string language, IReadOnlyList<Outcome> outcomes, Func<string, TimeZoneInfo> zoneOf)
{
    private static readonly Phrase[] Heads =
    [
        new("fecha", "date"), new("hora", "time"), new("sentido", "direction"), new("número", "number"),
        new("contacto", "contact"), new("agente", "agent"), new("equipo", "team"), new("estado", "state"),
        new("segundos timbrando", "seconds ringing"), new("segundos hablando", "seconds talking"),
        new("resultado", "outcome"), new("próxima acción", "next action"), new("vence", "due"), new("costo", "cost"),
        new("moneda", "currency"), new("se sabe por", "known by"), new("código de la llamada", "call id"),
        new("cuenta", "account"),
    ];

    private static readonly Phrase In = new("Entrante", "Incoming");

    private static readonly Phrase Out = new("Saliente", "Outgoing");

    private static readonly Phrase Internal = new("Interna", "Internal");

    private static readonly Phrase Notification = new("aviso", "notification");

    private static readonly Phrase Record = new("registro", "record");

    private static readonly Phrase Agent = new("un agente", "an agent");

    private static readonly Phrase Live = new("llamadas en curso", "live calls");

    private static readonly Phrase Ringing = new("Timbrando", "Ringing");

    private static readonly Phrase Connected = new("En llamada", "In a call");

    private static readonly Phrase Missed = new("Perdida", "Missed");

    private static readonly Phrase Ended = new("Terminada", "Ended");

    private static readonly Phrase Unanswered = new("Sin respuesta", "No answer");

    private static readonly Phrase FollowUp = new("Seguimiento", "Follow-up");

    private static readonly Phrase Promise = new("Promesa de pago", "Promise to pay");

    // Of outcomes that are used no more too.
    private readonly Dictionary<string, string> _outcomes = outcomes.ToDictionary(
        outcome => outcome.Code, outcome => new Phrase(outcome.Es, outcome.En).In(language), StringComparer.Ordinal);

    public void WriteHead(CsvText csv) => csv.Texts(Heads.Select(head => head.In(language))).EndRow();

    /// <param name="csv">Where to.</param>
    /// <param name="call">The call.</param>
    /// <param name="view">The call as its list shows it.</param>
    public void Write(CsvText csv, Call call, CallView view)
    {
        var zone = zoneOf(call.Account);
        var next = call.NextAction;
        csv.Texts(
                Local(view.StartedAt, zone, "yyyy-MM-dd"),
                Local(view.StartedAt, zone, "HH:mm:ss"),
                DirectionOf(view.Direction).In(language),
                view.Number.Display,
                view.ContactName,
                view.AgentName ?? view.AgentId,
                view.AgentId is null ? null : call.AgentOf(view.AgentId)?.Team,
                StateOf(call, view).In(language))
            .Number(RingSeconds(call))
            .Number(view.DurationSeconds)
            .Texts(
                view.Outcome is null ? null : _outcomes.GetValueOrDefault(view.Outcome, view.Outcome),
                next is null ? null : ActionOf(next),
                next is null ? null : Local(next.DueAt, zone, DueFormatOf(next.Kind)))
            .Number(view.Cost)
            .Texts(
                view.Currency,
                string.Join(" + ", view.Sources.Select(source => NameOf(source).In(language))),
                view.CallId,
                view.Account)
            .EndRow();
    }

    private static Phrase DirectionOf(CallDirection direction) => direction switch
    {
        CallDirection.In => In,
        CallDirection.Out => Out,
        _ => Internal,
    };

    private static Phrase NameOf(CallSource source) => source switch
    {
        CallSource.Record => Record,
        CallSource.Agent => Agent,
        CallSource.Live => Live,
        _ => Notification,
    };

    private static Phrase StateOf(Call call, CallView view) => view.State switch
    {
        CallState.Ringing => Ringing,
        CallState.Connected => Connected,
        // Of a call that came in, and that nobody is known to have missed, it is not known whether it was taken.
        _ => call.IsMissed ? Missed
            : view.ConnectedAt is null && view.Direction != CallDirection.In ? Unanswered
            : Ended,
    };

    // By hand nobody notes how long it rang, and a record of a call that nobody answered has no end.
    private static decimal? RingSeconds(Call call)
    {
        var isUnknown = call.IsNoted || (call is { ConnectedAt: null, IsEndTold: false }
            && call.Sources.Contains(CallSource.Record) && call.EndedAt == call.StartedAt);
        return !isUnknown && (call.ConnectedAt ?? call.EndedAt) is { } until && until >= call.StartedAt
            ? (decimal)(int)(until - call.StartedAt).TotalSeconds
            : null;
    }

    private string ActionOf(NextAction action) => action.Kind == NextActionKind.FollowUp
        ? string.Join(": ", new[] { FollowUp.In(language), action.Note }.Where(text => !string.IsNullOrEmpty(text)))
        : string.Create(
            CultureInfo.InvariantCulture, $"{Promise.In(language)}: {action.Amount} {action.Currency}");

    // A promise is of a day.
    private static string DueFormatOf(NextActionKind kind) =>
        kind == NextActionKind.Promise ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm";

    private static string Local(DateTimeOffset time, TimeZoneInfo zone, string format) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString(format, CultureInfo.InvariantCulture);
}
