using System.Text.Json.Serialization;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.ContactLookup;

/// <summary>How the look-up is.</summary>
public enum LookupCondition
{
    /// <summary>Nothing is asked.</summary>
    Off,

    /// <summary>The CRM is asked, and answers.</summary>
    Active,

    /// <summary>Its latest answers were of no use.</summary>
    Failing,

    /// <summary>It has failed several times in a row, and is not asked for a minute.</summary>
    Paused,
}

/// <summary>The look-up as the API shows it.</summary>
public sealed record LookupView
{
    /// <summary>Null where none was entered.</summary>
    public string? Url { get; init; }

    public required bool Enabled { get; init; }

    /// <summary>How long the whole of a request may take, in milliseconds.</summary>
    public required int TimeoutMs { get; init; }

    /// <summary>The application's name: its contacts are those that it pushes under the same name.</summary>
    public required string Source { get; init; }

    public required LookupCondition State { get; init; }

    /// <summary>The last time that the CRM was of no use; null where it always was.</summary>
    public LookupFailure? LastFailure { get; init; }

    /// <summary>The last value of an answer that was left out; null where each was taken.</summary>
    public LookupLeftOutView? LastLeftOut { get; init; }

    /// <summary>
    /// What signatures are made with. It is shown once: in the answer to the request that entered the first address.
    /// </summary>
    public string? Secret { get; init; }

    /// <summary>Until when the secret before signs beside the new one; null where there is one alone.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; init; }

    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    internal static LookupView Of(LookupState lookup, DateTimeOffset now, string language)
    {
        var (settings, health, leftOut) = lookup;
        return new LookupView
        {
            Url = settings.Url,
            Enabled = settings.Enabled,
            TimeoutMs = settings.TimeoutMs,
            Source = settings.Source,
            State = ConditionOf(lookup, now),
            LastFailure = health is null
                ? null
                : new LookupFailure(
                    health.FailedAt,
                    health.Error,
                    health.Status,
                    health.Field,
                    WordsOf(health.Error, health.Status, health.Field, settings.TimeoutMs).In(language),
                    health.FailingSince,
                    health.PausedUntil > now ? health.PausedUntil : null),
            LastLeftOut = leftOut is null
                ? null
                : new LookupLeftOutView(
                    leftOut.At, leftOut.Key, LookupFields.WordsOf(leftOut.Label, leftOut.Kind).In(language)),
            PreviousSecretUntil = settings.PreviousUntil > now ? settings.PreviousUntil : null,
            ETag = settings.ETag,
        };
    }

    internal static LookupCondition ConditionOf(LookupState lookup, DateTimeOffset now) =>
        !lookup.Settings.IsOn ? LookupCondition.Off
        : lookup.Health?.PausedUntil > now ? LookupCondition.Paused
        : lookup.Health?.FailingSince is not null ? LookupCondition.Failing
        : LookupCondition.Active;

    /// <summary>What went wrong, in words for who mends it.</summary>
    internal static Phrase WordsOf(LookupError error, int? status, string? field, int timeoutMs) => error switch
    {
        LookupError.Timeout => new(
            $"El CRM no contestó en {timeoutMs} milisegundos.", $"The CRM did not answer within {timeoutMs} milliseconds."),
        LookupError.Unreachable => new(
            "No se pudo conectar con el CRM, o este cortó la conexión.",
            "The connection to the CRM failed, or the CRM closed it."),
        LookupError.UnknownHost => new(
            "El nombre de la dirección no existe.", "The name in the address does not exist."),
        LookupError.Tls => new(
            "El certificado del CRM no es válido.", "The CRM's certificate is not valid."),
        LookupError.PrivateAddress => new(
            "El nombre lleva a una dirección privada, a la que no se pregunta.",
            "The name leads to a private address, which is not asked."),
        LookupError.Redirect => new(
            $"El CRM contestó con una redirección ({status}), que no se sigue.",
            $"The CRM answered with a redirect ({status}), which is not followed."),
        LookupError.Status => new(
            $"El CRM contestó {status}. Se espera 200 con los contactos, o 204 o 404 si no hay ninguno.",
            $"The CRM answered {status}. Expected is 200 with the contacts, or 204 or 404 where there are none."),
        LookupError.TooLarge => new(
            $"La respuesta del CRM pasa de {LookupClient.MostBytes / 1024} KB.",
            $"The CRM's answer is larger than {LookupClient.MostBytes / 1024} KB."),
        LookupError.NotJson => new(
            $"La respuesta del CRM no es el JSON esperado{At("en", field)}.",
            $"The CRM's answer is not the JSON expected{At("at", field)}."),
        LookupError.TooManyContacts => new(
            $"La respuesta del CRM trae más de {LookupAnswer.Most} contactos.",
            $"The CRM's answer has more than {LookupAnswer.Most} contacts."),
        LookupError.WrongContact => new(
            $"Un contacto de la respuesta no se puede usar{At("en", field)}.",
            $"A contact in the answer can't be used{At("at", field)}."),
        LookupError.OtherNumber => new(
            $"Un contacto de la respuesta no tiene el número por el que se preguntó{At("en", field)}.",
            $"A contact in the answer has not the number that was asked for{At("at", field)}."),
        LookupError.Overloaded => new(
            $"El CRM contesta tan despacio que había {LookupAsking.MostAtOnce} consultas a la vez, y no se le hizo otra.",
            $"The CRM answers so slowly that {LookupAsking.MostAtOnce} requests were under way, and no other was made."),
        _ => new(
            "Los contactos que dio el CRM no se pudieron guardar.", "The contacts that the CRM told could not be stored."),
    };

    private static string At(string word, string? field) => field is null ? "" : $" ({word} {field})";
}

/// <summary>The last time that the CRM was of no use.</summary>
/// <param name="At">When.</param>
/// <param name="Error">Why.</param>
/// <param name="Status">The status of its answer; null where there was none.</param>
/// <param name="Field">Where in the answer, such as <c>contacts[0].name</c>; null where that is not known.</param>
/// <param name="Why">The same in words, in the caller's language.</param>
/// <param name="Since">Since when it has failed each time; null once it has answered again.</param>
/// <param name="PausedUntil">Until when it is not asked; null where it is.</param>
public sealed record LookupFailure(
    DateTimeOffset At,
    LookupError Error,
    int? Status,
    string? Field,
    string Why,
    DateTimeOffset? Since,
    DateTimeOffset? PausedUntil);

/// <summary>The last value of an answer that was left out, as the contacts' own field can't hold it.</summary>
/// <param name="At">When. While the same field goes on like this, it is told again once an hour.</param>
/// <param name="Field">The key of the field.</param>
/// <param name="Why">What the field expects, in the caller's language.</param>
public sealed record LookupLeftOutView(DateTimeOffset At, string Field, string Why);

/// <summary>A new secret of the look-up, which is shown this once.</summary>
/// <param name="Secret">It signs from now on.</param>
/// <param name="PreviousSecretUntil">Until then the secret before signs beside it; null where there was none.</param>
public sealed record LookupSecret(string Secret, DateTimeOffset? PreviousSecretUntil);

/// <summary>What came of a test. Nothing of it is stored.</summary>
/// <param name="Answered">True where the CRM has answered as it should.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Status">The status of the answer; null where there was none.</param>
/// <param name="Error">Why it was of no use; null where it was.</param>
/// <param name="Why">The same in words, in the caller's language.</param>
/// <param name="Contacts">Whom the agents would see; none where nobody has the number.</param>
/// <param name="LeftOut">What the first field that can't hold its value expects, in words; null where all can.</param>
/// <param name="Answer">The beginning of the answer as it came, 1 KB at most; null where there was none.</param>
/// <param name="Request">What was sent.</param>
/// <param name="Lookup">How the look-up is now.</param>
public sealed record LookupTestResult(
    bool Answered,
    int Milliseconds,
    int? Status,
    LookupError? Error,
    string? Why,
    IReadOnlyList<LookupContact> Contacts,
    string? LeftOut,
    string? Answer,
    LookupRequest Request,
    LookupView Lookup);

/// <summary>What was sent: by POST, with the body as it was signed.</summary>
public sealed record LookupRequest(string Url, string Body);
