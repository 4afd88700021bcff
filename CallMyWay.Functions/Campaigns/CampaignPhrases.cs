using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Campaigns;

/// <summary>What people read of campaigns.</summary>
internal static class CampaignPhrases
{
    public static Phrase NoSuchCampaign { get; } = new(
        "No hay una campaña con ese código.", "There is no campaign with that id.");

    public static Phrase NotCoordinated { get; } = new(
        "Falta confirmar que las campañas se coordinaron con el operador. Lo hace un administrador.",
        "It is not confirmed that campaigns were coordinated with the operator. An administrator does that.");

    public static Phrase NoLongerCoordinated { get; } = new(
        "Venció lo que se coordinó con el operador. Un administrador puede confirmar un plazo nuevo.",
        "What was coordinated with the operator has ended. An administrator can confirm a new period.");

    public static Phrase NotRunning { get; } = new(
        "La campaña no está en marcha: la pausaron o la terminaron.",
        "The campaign is not running: it was paused or stopped.");

    public static Phrase BudgetSpent { get; } = new(
        "Se gastó el presupuesto de la campaña.", "The campaign's budget is spent.");

    public static Phrase OutsideHours { get; } = new(
        "A esta hora la campaña no llama.", "The campaign makes no calls at this time.");

    public static Phrase TooFast { get; } = new(
        "Se llegó al máximo de llamadas por minuto. Espere unos segundos.",
        "The most calls in a minute are reached. Wait some seconds.");

    public static Phrase NotYours { get; } = new(
        "Esa persona ya no está en su pantalla. Pida la siguiente.",
        "That person is not on your screen any more. Ask for the next one.");

    public static Phrase NotThatNumber { get; } = new(
        "Ese número no es el de la persona que la campaña le dio.",
        "That number is not that of the person whom the campaign gave you.");

    public static Phrase NoAttemptLeft { get; } = new(
        "A esa persona ya se le llamó las veces que la campaña permite. Pida la siguiente.",
        "That person was called as often as the campaign allows. Ask for the next one.");

    public static Phrase NotThatPhone { get; } = new(
        "La campaña no llama desde ese teléfono.", "The campaign does not call from that phone.");

    public static Phrase AgentPaused { get; } = new(
        "El agente está en pausa.", "The agent is on a break.");

    public static Phrase Skipped { get; } = new("Un agente la dejó para después.", "An agent left it for later.");

    public static Phrase OperatorRefuses { get; } = new(
        "El operador rechazó las últimas llamadas de la campaña. Avise a un administrador y vuelva a iniciarla después.",
        "The operator has refused the last calls of the campaign. Tell an administrator, and start it again later.");

    /// <summary>Why nobody is dialled for an agent, and how they go on sooner.</summary>
    public static Phrase NobodyAnswered(int dials) => new(
        $"Nadie contestó las últimas {dials} llamadas que se hicieron para el agente. "
        + "Para seguir antes, el agente elige una pausa y vuelve a «Disponible».",
        $"Nobody answered the last {dials} calls that were made for the agent. "
        + "To go on sooner, the agent chooses a break and comes back to “Available”.");

    /// <param name="madeAt">The moment of the backup, which is told by the office's clock.</param>
    /// <param name="office">The office's zone.</param>
    public static Phrase Restored(DateTimeOffset madeAt, TimeZoneInfo office)
    {
        var local = TimePhrases.Of(TimeZoneInfo.ConvertTime(madeAt, office).DateTime);
        return new(
            $"Se restauró el respaldo del {local.Es} A quien se llamó después se le llamaría otra vez: revise la lista.",
            $"The backup of {local.En} was restored. Who was called since would be called again: look at the list.");
    }

    /// <summary>Why nobody is dialled for an agent: a limit of the dial rules.</summary>
    public static Phrase Of(DialRefusal limit) => limit switch
    {
        DialRefusal.AgentHour => new(
            "Se llegó al máximo de llamadas por agente de esta hora.",
            "The most calls of an agent in this hour are reached."),
        DialRefusal.AgentDay => new(
            "Se llegó al máximo de llamadas por agente de hoy.", "The most calls of an agent today are reached."),
        DialRefusal.TotalHour => new(
            "Entre todos se llegó al máximo de llamadas de esta hora.",
            "All together have reached the most calls of this hour."),
        DialRefusal.TotalDay => new(
            "Entre todos se llegó al máximo de llamadas de hoy.", "All together have reached the most calls of today."),
        _ => DialPhrases.Of(limit),
    };

    public static Phrase Of(RefusalReason reason) => reason switch
    {
        RefusalReason.Invalid => new("No es un número que se pueda marcar.", "It is no number that can be dialled."),
        RefusalReason.Foreign => new(
            "Las reglas de marcado no permiten llamar a este número.", "The dial rules do not allow this number."),
        RefusalReason.DoNotCall => new(
            "El número está en la lista de no llamar.", "The number is on the do-not-call list."),
        RefusalReason.Repeated => new(
            "El número o la persona ya está en esta campaña.",
            "The number or the person is in this campaign already."),
        RefusalReason.NoNumber => new(
            "El contacto no tiene un número que se pueda marcar.", "The contact has no number that can be dialled."),
        RefusalReason.UnknownContact => new(
            "Ese contacto no existe, o fue eliminado.", "That contact does not exist, or was deleted."),
        RefusalReason.OwnPhone => new("Es un teléfono de la oficina.", "It is a phone of the office."),
        RefusalReason.NumberChanged => new(
            "El contacto ya no tiene este número.", "The contact does not have this number any more."),
        _ => new("Se borraron los datos de la persona.", "The person's data were erased."),
    };

    public static Phrase Of(DialProblem problem) => problem switch
    {
        DialProblem.PhoneBusy => new(
            "El operador dijo que el teléfono del agente estaba ocupado.",
            "The operator said that the agent's phone was busy."),
        DialProblem.NotAuthorized => new(
            "El operador no acepta las llamadas de este sistema: puede ser la contraseña o la dirección habilitada.",
            "The operator does not accept this system's calls: it may be the password or the enabled address."),
        DialProblem.NotReached => new(
            "No hubo comunicación con el operador.", "The operator could not be reached."),
        _ => new("El operador no aceptó la llamada.", "The operator did not accept the call."),
    };
}

internal static class EntryExtensions
{
    /// <summary>How long a rule of the office may be a mistake that is put right.</summary>
    private static readonly TimeSpan UntilSure = TimeSpan.FromHours(1);

    /// <summary>The entry as one that is not called at all.</summary>
    public static CampaignEntry RefusedAs(this CampaignEntry entry, RefusalReason reason) => entry with
    {
        State = EntryState.Refused,
        Reason = reason,
        Because = CampaignPhrases.Of(reason),
        AgentId = null,
        ClaimedUntil = null,
        NextAt = null,
    };

    /// <summary>
    /// The entry as one that a rule of the office refuses. A new rule may be a mistake that is put right: for an hour
    /// the person is held, and is refused only by what stands then.
    /// </summary>
    /// <param name="entry">The entry.</param>
    /// <param name="reason">Which rule.</param>
    /// <param name="since">Since when the rule is as it is; null for long since.</param>
    /// <param name="now">The time.</param>
    public static CampaignEntry RefusedAs(
        this CampaignEntry entry, RefusalReason reason, DateTimeOffset? since, DateTimeOffset now) =>
        since + UntilSure is { } sure && sure > now
            ? entry.PutBack(EntryState.Held, sure, CampaignPhrases.Of(reason))
            : entry.RefusedAs(reason);

    /// <summary>The entry as one that nobody has: to be called from then on, or held until then.</summary>
    public static CampaignEntry PutBack(
        this CampaignEntry entry, EntryState state, DateTimeOffset? nextAt, Phrase? because) => entry with
        {
            State = state,
            NextAt = nextAt,
            Because = because,
            AgentId = null,
            ClaimedUntil = null,
            LookAt = null,
            Looks = 0,
        };
}
