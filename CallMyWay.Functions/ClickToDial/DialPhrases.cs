using CallMyWay.Functions.DiallingRules;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>What an agent reads if a click leads to no call.</summary>
internal static class DialPhrases
{
    public static Phrase ShortCode { get; } = new(
        "Los números de emergencia y los códigos cortos se marcan en el teléfono mismo, no por clic.",
        "Emergency numbers and short codes are dialled on the phone itself, not by a click.");

    /// <param name="country">Its two letters, where it is known.</param>
    public static Phrase Abroad(string? country) => country is null
        ? new("Es una llamada internacional.", "It is an international call.")
        : new($"Es una llamada internacional ({country}).", $"It is an international call ({country}).");

    public static Phrase Of(DialProblem problem) => problem switch
    {
        DialProblem.PhoneBusy => new(
            "El operador dice que su teléfono está en una llamada o en proceso de una.",
            "The operator says that your phone is in a call, or being called."),
        DialProblem.NotAuthorized => new(
            "El operador no acepta las llamadas de este sistema. Avise a un administrador: puede ser la contraseña o la "
                + "dirección habilitada.",
            "The operator does not accept this system's calls. Tell an administrator: it may be the password or the "
                + "enabled address."),
        DialProblem.NotReached => new(
            "No hay comunicación con el operador; no se hizo ninguna llamada. Intente de nuevo.",
            "The operator can't be reached; no call was made. Try again."),
        DialProblem.NoAnswer => new(
            "No se sabe si el operador tomó la llamada. Espere a ver si suena su teléfono antes de marcar otra vez.",
            "It is not known whether the operator took the call. Wait to see whether your phone rings before you dial again."),
        DialProblem.NotSent => new(
            "El sistema no alcanzó a pedir la llamada al operador; no se hizo ninguna llamada. Intente de nuevo.",
            "This system did not ask the operator in time; no call was made. Try again."),
        DialProblem.ContactGuard => new(
            "Ahora no se puede llamar a esta persona; no se hizo ninguna llamada.",
            "This person may not be called now; no call was made."),
        DialProblem.Campaign => new(
            "La campaña no sigue con esta persona; no se hizo ninguna llamada.",
            "The campaign does not go on with this person; no call was made."),
        _ => new("El operador no aceptó la llamada.", "The operator did not accept the call."),
    };

    /// <summary>Why a click was refused, with what the rules or the guard say of this one.</summary>
    public static Phrase Of(DialResult result) => result switch
    {
        { Refusal: DialRefusal.OutsideHours, Hours: { } hours } => Outside(hours, result.Local),
        { Refusal: DialRefusal.ContactGuard, Verdict.Why: { } why } => why,
        { Refusal: { } refusal } => Of(refusal),
        _ => throw new ArgumentException("The click was not refused.", nameof(result)),
    };

    /// <summary>The same without what is known of this click.</summary>
    public static Phrase Of(DialRefusal refusal) => refusal switch
    {
        DialRefusal.KeyUsedForAnother => new(
            "La clave de este clic ya se usó para otra llamada.", "This click's key was used for another call."),
        DialRefusal.Busy => new("El agente está en una llamada.", "The agent is in a call."),
        DialRefusal.SwitchedOff => new(
            "Las llamadas por clic están apagadas. Pregunte a un administrador.",
            "Dialling by click is switched off. Ask an administrator."),
        DialRefusal.NumberNotAllowed =>
            new("Las reglas de marcado no permiten llamar a este número.", "The dial rules do not allow this number."),
        DialRefusal.AgentHour => new(
            "Llegó al máximo de llamadas por clic de esta hora.",
            "You have reached this hour’s limit of calls by click."),
        DialRefusal.AgentDay =>
            new("Llegó al máximo de llamadas por clic de hoy.", "You have reached today’s limit of calls by click."),
        DialRefusal.TotalHour => new(
            "Entre todos se llegó al máximo de llamadas por clic de esta hora.",
            "All together have reached this hour’s limit of calls by click."),
        DialRefusal.TotalDay => new(
            "Entre todos se llegó al máximo de llamadas por clic de hoy.",
            "All together have reached today’s limit of calls by click."),
        DialRefusal.OutsideHours => new(
            "A esta hora no se permite llamar por clic.", "Dialling by click is not allowed at this hour."),
        DialRefusal.ContactGuard => new(
            "Ahora no se puede llamar a esta persona.", "This person may not be called now."),
        // Another one's words would send people to a limit that was not reached.
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "Nothing says what this refusal means."),
    };

    public static Phrase Outside(DialHours hours, DateTime local)
    {
        var (from, to) = (TimePhrases.OfClock(hours.From), TimePhrases.OfEnd(hours.To));
        return hours.IncludesDay(local)
            ? TimePhrases.Ended(
                $"A esta hora no se permite llamar: solo de {from.Es} a {to.Es}",
                $"Dialling is not allowed at this hour: only from {from.En} to {to.En}")
            : TimePhrases.Ended(
                $"Hoy no se permite llamar por clic; otros días, de {from.Es} a {to.Es}",
                $"Dialling by click is not allowed today; on other days from {from.En} to {to.En}");
    }
}
