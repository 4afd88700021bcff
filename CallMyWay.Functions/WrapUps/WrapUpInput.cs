using CallMyWay.Functions.Api;
using CallMyWay.Functions.Outcomes;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.WrapUps;

/// <summary>The body of a request that saves a wrap-up.</summary>
public sealed record WrapUpInput(
    string? Outcome,
    string? Notes,
    FollowUpInput? FollowUp,
    Charge? Charge,
    Promise? Promise,
    IReadOnlyDictionary<string, string?>? Fields)
{
    private const int MaxNotes = 4000;

    private const int MaxFields = WrapUpFieldsInput.MaxFields;

    private const decimal MaxAmount = 1_000_000_000_000m;

    /// <summary>The errors of the input, by field. A draft may be incomplete, but what it has must be valid.</summary>
    /// <param name="draft">True for what is not sent yet.</param>
    /// <param name="outcomes">The outcomes to choose from.</param>
    /// <param name="fields">The office's own fields. A draft is not checked against them.</param>
    /// <param name="currencies">The currencies that amounts may be in.</param>
    /// <param name="zone">The zone of times without an offset.</param>
    /// <param name="now">The time.</param>
    /// <param name="before">
    /// The wrap-up before. What was valid when it was sent may stay when something else is corrected: an outcome that
    /// was archived since, a currency that is no longer used, a date that was in the future.
    /// </param>
    public FieldErrors Check(
        bool draft,
        OutcomeList outcomes,
        IReadOnlyList<WrapUpField> fields,
        IReadOnlyCollection<string> currencies,
        TimeZoneInfo zone,
        DateTimeOffset now,
        WrapUp? before)
    {
        var sent = before is { Draft: false } ? before : null;
        var errors = new FieldErrors();
        var isKept = Outcome is not null && Outcome == sent?.Outcome;
        var outcome = outcomes.Items.FirstOrDefault(known => known.Code == Outcome && (known.Active || isKept));
        if (outcome is null && !isKept && (!draft || Outcome is { Length: > 0 }))
        {
            errors.Add("outcome", "Elija un resultado de la lista.", "Choose an outcome of the list.");
        }

        if (Notes?.Length > MaxNotes)
        {
            errors.Add("notes", $"Pasa de {MaxNotes} caracteres.", $"It is longer than {MaxNotes} characters.");
        }

        if (Fields?.Count > MaxFields
            || Fields?.Any(field => field.Key.Length is 0 or > 64 || field.Value?.Length > 300) == true)
        {
            errors.Add(
                "fields",
                $"Como máximo {MaxFields} campos, de hasta 300 caracteres.",
                $"At most {MaxFields} fields, of up to 300 characters.");
        }

        CheckFollowUp(errors, draft, zone, now, sent?.FollowUp?.DueAt);
        CheckAmount(errors, "charge", Charge?.Amount, draft || Charge is null);
        CheckCurrency(
            errors, "charge", Charge?.Currency, draft || Charge is null, currencies, sent?.Charge?.Currency);
        CheckAmount(errors, "promise", Promise?.Amount, draft || Promise is null);
        CheckCurrency(
            errors, "promise", Promise?.Currency, draft || Promise is null, currencies, sent?.Promise?.Currency);
        if (Charge is not null && !draft && string.IsNullOrWhiteSpace(Charge.Concept))
        {
            errors.Add("charge.concept", "Escriba el concepto del cargo.", "Write what the charge is for.");
        }

        if (Charge?.Concept?.Length > 200)
        {
            errors.Add("charge.concept", "Pasa de 200 caracteres.", "It is longer than 200 characters.");
        }

        // A promise for today is valid: only the day counts.
        if (Promise is not null
            && (Promise.DueAt is { } due ? due < now.AddDays(-1) && due != sent?.Promise?.DueAt : !draft))
        {
            errors.Add("promise.dueAt", "Escriba una fecha de hoy en adelante.", "Write today's date or a later one.");
        }

        if (draft || outcome is null)
        {
            return errors;
        }

        foreach (var field in fields.Where(field => field.IsOf(outcome.Code)))
        {
            CheckField(errors, field, sent);
        }

        return CheckRequired(errors, outcome.Requires);
    }

    // A value that was sent before may stay when something else is corrected, although the field has changed since.
    private void CheckField(FieldErrors errors, WrapUpField field, WrapUp? sent)
    {
        var value = PlainText.Of(Fields?.GetValueOrDefault(field.Key));
        if (value is null ? !field.Required : field.Takes(value) || sent?.Fields?.GetValueOrDefault(field.Key) == value)
        {
            return;
        }

        var (es, en) = (value, field.Kind) switch
        {
            (null, _) => ($"Este resultado necesita «{field.Es}».", $"This outcome needs “{field.En}”."),
            (_, WrapUpFieldKind.Number) => (
                "Escriba un número, con punto decimal y sin separar los miles.",
                "Write a number, with a decimal point and without separating thousands."),
            (_, WrapUpFieldKind.Date) => (
                "Escriba una fecha, como 2026-11-30.", "Write a date, such as 2026-11-30."),
            _ => ("Elija una opción de la lista.", "Choose an option of the list."),
        };
        errors.Add($"fields.{field.Key}", es, en);
    }

    private FieldErrors CheckRequired(FieldErrors errors, OutcomeRequires requires)
    {
        if (requires.Note && string.IsNullOrWhiteSpace(Notes))
        {
            errors.Add("notes", "Este resultado necesita una nota.", "This outcome needs a note.");
        }

        if (requires.FollowUp && FollowUp is null)
        {
            errors.Add("followUp", "Este resultado necesita un seguimiento.", "This outcome needs a follow-up.");
        }

        if (requires.Charge && Charge is null)
        {
            errors.Add("charge", "Este resultado necesita un cargo.", "This outcome needs a charge.");
        }

        if (requires.Promise && Promise is null)
        {
            errors.Add(
                "promise",
                "Este resultado necesita monto y fecha de la promesa.",
                "This outcome needs the promise's amount and date.");
        }

        return errors;
    }

    private void CheckFollowUp(
        FieldErrors errors, bool draft, TimeZoneInfo zone, DateTimeOffset now, DateTimeOffset? sent)
    {
        if (FollowUp is null)
        {
            return;
        }

        var known = errors.All.Count;
        var due = FollowUp.ReadDueAt(zone, errors);
        // The request may have been on its way for a minute.
        if (due is { } at ? (at < now.AddMinutes(-1) || at > now.AddYears(5)) && at != sent
            : !draft && errors.All.Count == known)
        {
            errors.Add("followUp.dueAt", "Escriba una fecha futura.", "Write a date in the future.");
        }

        if (FollowUp.Note?.Length > 500)
        {
            errors.Add("followUp.note", "Pasa de 500 caracteres.", "It is longer than 500 characters.");
        }
    }

    private static void CheckAmount(FieldErrors errors, string field, decimal? amount, bool mayBeMissing)
    {
        if (amount is { } value ? value is <= 0 or > MaxAmount || decimal.Round(value, 2) != value : !mayBeMissing)
        {
            errors.Add(
                $"{field}.amount",
                "Escriba un monto mayor que cero, con dos decimales como máximo.",
                "Enter an amount above zero, with two decimals at most.");
        }
    }

    private static void CheckCurrency(
        FieldErrors errors,
        string field,
        string? currency,
        bool mayBeMissing,
        IReadOnlyCollection<string> currencies,
        string? sent)
    {
        if (currency is not null ? currency != sent && !currencies.Contains(currency) : !mayBeMissing)
        {
            errors.Add(
                $"{field}.currency",
                $"Elija la moneda: {string.Join(", ", currencies)}.",
                $"Choose the currency: {string.Join(", ", currencies)}.");
        }
    }
}

/// <summary>What to do later, in a request.</summary>
/// <param name="DueAt">When, by ISO 8601. A bare date means by the end of that day.</param>
/// <param name="Note">What, of at most 500 characters.</param>
public sealed record FollowUpInput(string? DueAt, string? Note)
{
    private const string Field = "followUp.dueAt";

    /// <summary>
    /// When it is due: with a bare date at the last minute of the day. Null where it is missing or wrong.
    /// </summary>
    public DateTimeOffset? ReadDueAt(TimeZoneInfo zone, FieldErrors errors) =>
        string.IsNullOrWhiteSpace(DueAt) ? null
        : TimeQuery.IsDate(DueAt) ? TimeQuery.ParseEnd(DueAt, Field, zone, errors)?.AddMinutes(-1)
        : TimeQuery.Parse(DueAt, Field, zone, errors);
}
