using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.ContactGuard;

/// <summary>What an agent reads where a person may not be called now.</summary>
internal static class GuardPhrases
{
    public static Phrase Unreadable { get; } = new(
        "Ahora no se puede leer a quién se puede llamar; no se hizo ninguna llamada. Intente de nuevo en un momento.",
        "It can't be read now who may be called; no call was made. Try again in a moment.");

    public static Phrase DoNotCall(Phrase? reason, DateTimeOffset since, TimeZoneInfo office)
    {
        var day = TimePhrases.OfDay(TimeZoneInfo.ConvertTime(since, office).DateTime);
        return new(
            $"Este número está en la lista de no llamar desde el {day.Es}{(reason is { } es ? $": {es.Es}" : ".")}",
            $"This number has been on the do-not-call list since {day.En}{(reason is { } en ? $": {en.En}" : ".")}");
    }

    /// <param name="closed">Where it is no hour for calls.</param>
    /// <param name="from">When it is allowed, by the office's clock; null where that is not known.</param>
    public static Phrase Closed(ClosedNow closed, Phrase? from)
    {
        var time = TimePhrases.OfClock(TimeOnly.FromDateTime(closed.Local));
        var what = closed.Holiday is { } holiday
            ? new Phrase(
                $"Hoy es feriado ({holiday.Es}): no se llama a este número.",
                $"Today is a holiday ({holiday.En}): this number is not called.")
            : TimePhrases.Ended(
                $"A esta hora no se llama a este número: donde está la persona la hora es {time.Es}",
                $"This number is not called at this hour: the time where the person is is {time.En}");
        return With(what, from);
    }

    public static Phrase Limit(GuardReason reason, GuardRules rules, Phrase? from) => With(
        reason switch
        {
            GuardReason.PerDay => new(
                $"A esta persona ya se le llamó hoy las veces que se permiten ({rules.PerDay}).",
                $"This person was called today as often as is allowed ({rules.PerDay})."),
            GuardReason.PerWeek => new(
                $"A esta persona ya se le llamó en 7 días las veces que se permiten ({rules.PerWeek}).",
                $"This person was called in 7 days as often as is allowed ({rules.PerWeek})."),
            _ when rules.GapMinutes == 1 => new(
                "A esta persona se le llamó hace poco: entre dos llamadas pasa al menos 1 minuto.",
                "This person was called a short time ago: at least 1 minute lies between two calls."),
            _ => new(
                $"A esta persona se le llamó hace poco: entre dos llamadas pasan al menos {rules.GapMinutes} minutos.",
                $"This person was called a short time ago: at least {rules.GapMinutes} minutes lie between two calls."),
        },
        from);

    private static Phrase With(Phrase what, Phrase? from) => from is { } time
        ? TimePhrases.Ended($"{what.Es} Se puede desde el {time.Es}", $"{what.En} It is allowed from {time.En} on")
        : what;
}
