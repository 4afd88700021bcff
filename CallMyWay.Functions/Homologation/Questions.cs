using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Homologation;

/// <summary>A question that the operator's document leaves open.</summary>
/// <param name="Code">Its name in runs. It is never changed: earlier runs have it.</param>
/// <param name="Setting">
/// The setting that its answer becomes: of an account below <c>CallMyWay:Accounts:{n}:</c>, with a colon first a whole
/// name; null where the app works with every answer.
/// </param>
public sealed record Question(string Code, Phrase Title, string? Setting = null)
{
    /// <summary>The only values that the setting can have; null where its account tells.</summary>
    public IReadOnlyList<string>? SettingValues { get; init; }

    /// <summary>The value of the setting by the answer's; null where the answer has it beside its own.</summary>
    public IReadOnlyDictionary<string, string>? SettingByAnswer { get; init; }

    /// <summary>The value of the setting that an answer asks for; null where the setting can't have it.</summary>
    public string? SettingOf(string? answer) =>
        Setting is null || answer is null || SettingValues?.Contains(answer, StringComparer.Ordinal) == false ? null
        : SettingByAnswer is null ? answer
        : SettingByAnswer.GetValueOrDefault(answer);

    /// <summary>The same, of an answer that a run has.</summary>
    internal string? SettingOf(CaseAnswer? answer) =>
        SettingOf(SettingByAnswer is null ? answer?.Setting : answer?.Value);
}

/// <summary>The open questions, in the order of the report.</summary>
public static class Questions
{
    public static IReadOnlyList<Question> All { get; } =
    [
        new("outgoing-address", new("Dirección IP de salida que el operador habilitó", "Outgoing address that the operator enabled")),
        new("refused-address", new("Respuesta a una dirección IP sin habilitar", "Answer to an address that is not enabled")),
        new("refused-password", new("Respuesta a una contraseña equivocada", "Answer to a wrong password")),
        new("refused-click", new("Respuesta a un clic rechazado", "Answer to a refused click")),
        new("records-shape", new("Forma de la respuesta de los registros", "Shape of the records' answer")),
        new("records-encoding", new("Codificación de los registros", "Encoding of the records")),
        new("largest-page", new("Cantidad máxima de registros por consulta", "Most records in one answer"), "RecordsPage"),
        new("records-order", new("Orden de los registros", "Order of the records")),
        new("range-by", new("Hora por la que va un rango", "Time that a range goes by")),
        new("range-end", new("Si un rango incluye su final", "Whether a range includes its end")),
        new("records-delay", new("Cuánto tarda en aparecer un registro", "How long until a record appears")),
        new("records-live", new("Si los registros incluyen llamadas en curso", "Whether calls under way are among the records"), "RecordsHaveLive")
        {
            SettingByAnswer = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["yes"] = "true",
                ["no"] = "false",
            },
        },
        new("pace-scope", new("A qué se aplican los 4 segundos", "What the 4 seconds count for"), ":CallMyWay:PaceBy")
        {
            // The app has no pace by path: it asks for records at one path alone.
            SettingValues = [CallMyWayOptions.PaceByAccount, CallMyWayOptions.PaceByAddress],
        },
        new("resends", new("Si se repite un aviso sin confirmar", "Whether a notification that is not acked is sent again")),
        new("start-at", new("Cuándo viene callStart", "When callStart comes")),
        new("start-per", new("Avisos de un grupo que timbra a la vez", "Notifications of a ring group")),
        new("click-ids", new("Identificadores de llamada por clic", "Call ids of a click")),
        new("agent-leg-type", new("Tipo del tramo del agente en un clic", "Type of the agent's leg of a click")),
        new("hunt-id", new("Si una llamada que busca teléfono conserva su callid", "Whether a hunted call keeps its callid")),
        new("transfer-id", new("Si una transferencia conserva el callid", "Whether a transfer keeps the callid")),
        new("ids-again", new("Si los callid se usan otra vez", "Whether callids are used again")),
        new("time-zone", new("Zona horaria de los avisos", "Time zone of the notifications"), "TimeZone"),
        new("account-id", new("Valor de account_id en los avisos", "Value of account_id in the notifications"), "AccountIds"),
        new("call-id", new("Si aviso y registro tienen el mismo callid", "Whether notification and record have the same callid"), "RecordIdPrefix"),
        new("number-format", new("Forma de los números en avisos y registros", "Form of the numbers in notifications and records")),
        new("dial-format", new("Forma en que se marca el segundo número", "Form of second_num"), "DialFormat"),
        new("duration-unit", new("Unidad de la duración del aviso", "Unit of the notification's duration")),
        new("cost-fee", new("Si cost incluye access_fee", "Whether cost includes access_fee"), "CostIncludesAccessFee"),
        new("private-caller", new("Cómo viene un número oculto", "What a private caller id looks like")),
        new("codec", new("Códec de los teléfonos", "Codec of the phones")),
    ];

    public static Question? Find(string code) => All.FirstOrDefault(question => question.Code == code);
}
