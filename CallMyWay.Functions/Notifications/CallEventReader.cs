using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Notifications;

/// <summary>A notification that was read, or the reason why it can't be read.</summary>
public readonly record struct CallEventReading(CallEvent? Event, Phrase Refusal);

/// <summary>
/// Reads the body of a notification. The operator's document shows single quotes and string values. Real JSON and that
/// form are both accepted, as are numbers in place of strings, names in any case, unknown fields, and empty times.
/// </summary>
public static class CallEventReader
{
    /// <summary>The longest value that is kept. Longer values are cut; longer ids are refused.</summary>
    private const int MaxValue = 256;

    public static CallEventReading Read(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            body = body[Encoding.UTF8.Preamble.Length..];
        }

        if (body.Span.Trim(" \t\r\n\0"u8).IsEmpty)
        {
            return Refuse("El cuerpo está vacío.", "The body is empty.");
        }

        // The parser accepts bytes that are not UTF-8, and fails on them later. Half a letter in a name must not lose
        // the call.
        if (!Utf8.IsValid(body.Span))
        {
            body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.Span));
        }

        using var document = OperatorText.Parse(body);
        return document is null
            ? Refuse("El cuerpo no es JSON.", "The body is not JSON.")
            : Read(document.RootElement);
    }

    private static CallEventReading Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Refuse("El cuerpo no es un objeto JSON.", "The body is not a JSON object.");
        }

        var fields = new CallEventFields(root);
        var data = fields[CallEventField.Data] is { ValueKind: JsonValueKind.Object } inner
            ? new CallEventFields(inner)
            : fields;
        if (ActionOf(Text(fields, CallEventField.Action)) is not { } action)
        {
            return Refuse(
                "El campo «action» no es callStart ni callEnd.",
                "The field \"action\" is neither callStart nor callEnd.");
        }

        // The call id becomes part of an address, and no server accepts a NUL there.
        var callId = Text(data, CallEventField.CallId).Replace("\0", "", StringComparison.Ordinal).Trim();
        var accountId = Text(data, CallEventField.AccountId);
        if (callId.Length is 0 or > MaxValue || accountId.Length > MaxValue)
        {
            return Refuse(
                "Falta «callid», o «callid» o «account_id» pasa de 256 caracteres.",
                "\"callid\" is missing, or \"callid\" or \"account_id\" is longer than 256 characters.");
        }

        return new CallEventReading(
            new CallEvent
            {
                Action = action,
                CallId = callId,
                AccountId = accountId,
                EndpointId = Cut(Text(data, CallEventField.EndpointId)) is { Length: > 0 } id ? id : null,
                Ani = Cut(Text(data, CallEventField.Ani)),
                Dnis = Cut(Text(data, CallEventField.Dnis)),
                DetectTime = Time(Text(data, CallEventField.DetectTime)),
                ConnectTime = Time(Text(data, CallEventField.ConnectTime)),
                DisconnectTime = Time(Text(data, CallEventField.DisconnectTime)),
                Duration = Duration(Text(data, CallEventField.Duration)),
                Type = TypeOf(Text(data, CallEventField.Type)),
                Cost = Money(Text(data, CallEventField.Cost)),
            },
            default);
    }

    private static CallAction? ActionOf(string text) =>
        text.Equals("callStart", StringComparison.OrdinalIgnoreCase) ? CallAction.Start
        : text.Equals("callEnd", StringComparison.OrdinalIgnoreCase) ? CallAction.End
        : null;

    private static CallDirection? TypeOf(string text) =>
        text.Equals("in", StringComparison.OrdinalIgnoreCase) ? CallDirection.In
        : text.Equals("out", StringComparison.OrdinalIgnoreCase) ? CallDirection.Out
        : text.Equals("internal", StringComparison.OrdinalIgnoreCase) ? CallDirection.Internal
        : null;

    private static string Text(CallEventFields fields, CallEventField field) => OperatorText.Of(fields[field]);

    private static string Cut(string text) => text.Length <= MaxValue ? text : text[..MaxValue];

    // What can't be read counts as not told: the call itself matters more than its times and its cost.
    private static DateTime? Time(string text) => OperatorText.TryTime(text, out var time) ? time : null;

    private static int? Duration(string text) => OperatorText.TrySeconds(text, out var seconds) ? seconds : null;

    private static decimal? Money(string text) => OperatorText.TryMoney(text, out var amount) ? amount : null;

    private static CallEventReading Refuse(string es, string en) => new(null, new Phrase(es, en));
}
