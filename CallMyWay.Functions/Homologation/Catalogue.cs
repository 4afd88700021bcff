using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Homologation;

/// <summary>A value that a tester can choose.</summary>
public sealed record AskChoice(string Value, Phrase Label);

/// <summary>What a tester must tell after looking; its key is the code of the question that it answers.</summary>
public sealed record CaseAsk(string Key, Phrase Label, params IReadOnlyList<AskChoice> Choices);

/// <summary>A case of the homologation.</summary>
/// <param name="Code">Its name in runs. It is never changed: earlier runs have it.</param>
/// <param name="Steps">What somebody does.</param>
public sealed record HomologationCase(
    string Code, CaseGroup Group, CaseKind Kind, Phrase Title, params IReadOnlyList<Phrase> Steps)
{
    /// <summary>The codes of the questions that it answers.</summary>
    public IReadOnlyList<string> Questions { get; init; } = [];

    public IReadOnlyList<CaseAsk> Asks { get; init; } = [];

    /// <summary>True where the records are asked for while the case is watched.</summary>
    public bool NeedsRecords { get; init; }
}

/// <summary>The cases, in the order in which they are best done.</summary>
public static class Catalogue
{
    private static readonly Phrase CallIn = new(
        "Llame desde un celular a un teléfono de la cuenta, conteste, hable unos 20 segundos y cuelgue.",
        "From a mobile, call a phone of the account, answer, talk for some 20 seconds and hang up.");

    private static readonly Phrase Alone = new(
        "La prueba consulta los registros sola, en el turno de la cuenta.",
        "The case asks for records by itself, in the account's turn.");

    private static readonly Phrase NeedsCalls = new(
        "La cuenta debe tener llamadas contestadas de los últimos días.",
        "The account must have answered calls of the last days.");

    private static readonly Phrase Confirm = new(
        "Escriba un número que usted pueda contestar, elija el teléfono y confirme. El clic se cobra.",
        "Write a number that you can answer, choose the phone and confirm. The click is charged.");

    public static IReadOnlyList<HomologationCase> All { get; } =
    [
        new("outgoing-address", CaseGroup.Reach, CaseKind.ByHand,
            new Phrase("Dirección de salida", "Outgoing address"),
            new Phrase(
                "Averigüe la dirección IP pública con la que este servidor sale a Internet.",
                "Find the public address by which this server goes out to the Internet."),
            new Phrase(
                "Dígasela al operador, y anote aquí la que confirmó.",
                "Tell it to the operator, and note here the one that they confirmed."))
        {
            Questions = ["outgoing-address"],
            Asks = [new("outgoing-address", new("Dirección IP habilitada", "Enabled address"))],
        },
        new("credentials", CaseGroup.Reach, CaseKind.Request,
            new Phrase("Usuario, contraseña y dirección aceptados", "User, password and address accepted"), Alone)
        {
            Questions = ["refused-address"],
        },
        new("wrong-password", CaseGroup.Reach, CaseKind.ByHand,
            new Phrase("Contraseña equivocada", "Wrong password"),
            new Phrase(
                "Pregunte al operador si una contraseña equivocada bloquea la cuenta. Si la bloquea, omita esta prueba.",
                "Ask the operator whether a wrong password locks the account. If it does, skip this case."),
            new Phrase(
                "Si no la bloquea, pida los registros una sola vez con una contraseña inventada, y anote la respuesta.",
                "If it doesn't, ask for records once with an invented password, and note the answer."))
        {
            Questions = ["refused-password"],
            Asks = [new("refused-password", new("Qué respondió el operador", "What the operator answered"))],
        },
        new("pace", CaseGroup.Reach, CaseKind.Request,
            new Phrase("Una consulta cada 4 segundos", "One request in 4 seconds"), Alone),
        new(PaceScope.Case, CaseGroup.Reach, CaseKind.Request,
            new Phrase("A qué se aplican los 4 segundos", "What the 4 seconds count for"),
            new Phrase(
                "Con dos cuentas en la configuración, la prueba consulta los registros de ambas a la vez, cada una en su"
                    + " turno, y mide si una espera a la otra.",
                "With two accounts in the settings the case asks for the records of both at once, each in its turn, and"
                    + " measures whether one waits for the other."),
            new Phrase(
                "Con una sola cuenta, pregunte al operador si los 4 segundos valen por cuenta, por dirección IP o por ruta.",
                "With one account alone, ask the operator whether the 4 seconds count for an account, an address or a path."))
        {
            Questions = ["pace-scope"],
            Asks =
            [
                new("pace-scope", new("Los 4 segundos valen por", "The 4 seconds count for"),
                    new("account", new("Cuenta", "Account")),
                    new("address", new("Dirección IP", "Address")),
                    new("path", new("Ruta", "Path"))),
            ],
        },
        new("webhook-reachable", CaseGroup.Notifications, CaseKind.Watch,
            new Phrase("Los avisos llegan de afuera", "Notifications come in from outside"), CallIn)
        {
            Questions = ["time-zone"],
        },
        new("start-at", CaseGroup.Notifications, CaseKind.Watch,
            new Phrase("Cuándo viene callStart", "When callStart comes"),
            new Phrase(
                "Llame desde un celular a un teléfono de la cuenta, déjelo timbrar 10 segundos, conteste, hable y cuelgue.",
                "From a mobile, call a phone of the account, let it ring for 10 seconds, answer, talk and hang up."))
        {
            Questions = ["start-at"],
        },
        new("duration-unit", CaseGroup.Notifications, CaseKind.Watch,
            new Phrase("Unidad de la duración", "Unit of the duration"), CallIn)
        {
            Questions = ["duration-unit"],
        },
        new("resends", CaseGroup.Notifications, CaseKind.ByHand,
            new Phrase("Avisos sin confirmar", "Notifications that are not acked"),
            new Phrase(
                "Es a mano porque el programa siempre confirma lo que recibe: rechazar un aviso a propósito podría perderlo.",
                "It is by hand because the app always acks what it receives: to refuse a notification on purpose might lose it."),
            new Phrase(
                "Detenga el servidor, haga una llamada corta y enciéndalo otra vez a los pocos minutos.",
                "Stop the server, make a short call and start it again after some minutes."),
            new Phrase(
                "Vea en el historial si la llamada llegó por avisos, o solo por los registros.",
                "See in the history whether the call came by notifications, or by the records alone."))
        {
            Questions = ["resends"],
            Asks =
            [
                new("resends", new("El operador repite los avisos", "The operator sends them again"),
                    new("yes", new("Sí", "Yes")), new("no", new("No", "No"))),
            ],
        },
        new("records-shape", CaseGroup.Records, CaseKind.Request,
            new Phrase("Forma y codificación de los registros", "Shape and encoding of the records"), Alone, NeedsCalls)
        {
            Questions = ["records-shape", "records-encoding"],
        },
        new("records-page", CaseGroup.Records, CaseKind.Request,
            new Phrase("Página más grande", "Largest page"), Alone, NeedsCalls)
        {
            Questions = ["largest-page"],
        },
        new("records-order", CaseGroup.Records, CaseKind.Request,
            new Phrase("Orden de los registros", "Order of the records"), Alone, NeedsCalls)
        {
            Questions = ["records-order"],
        },
        new("records-bounds", CaseGroup.Records, CaseKind.Request,
            new Phrase("Límites de un rango", "Bounds of a range"), Alone,
            new Phrase(
                "La cuenta debe tener una llamada contestada de más de 5 segundos.",
                "The account must have an answered call of more than 5 seconds."))
        {
            Questions = ["range-by", "range-end"],
        },
        new("ids-again", CaseGroup.Records, CaseKind.Request,
            new Phrase("callid usados otra vez", "Callids used again"), Alone, NeedsCalls)
        {
            Questions = ["ids-again"],
        },
        new("records-delay", CaseGroup.Records, CaseKind.Watch,
            new Phrase("Cuánto tarda un registro", "Delay of a record"), CallIn, Alone)
        {
            Questions = ["records-delay"],
            NeedsRecords = true,
        },
        new("records-live", CaseGroup.Records, CaseKind.Watch,
            new Phrase("Llamadas en curso en los registros", "Calls under way among the records"),
            new Phrase(
                "Llame a un teléfono de la cuenta y hable por lo menos 30 segundos antes de colgar.",
                "Call a phone of the account and talk for at least 30 seconds before hanging up."), Alone)
        {
            Questions = ["records-live"],
            NeedsRecords = true,
        },
        new("click-agent-first", CaseGroup.Clicks, CaseKind.Dial,
            new Phrase("Clic: primero el agente", "Click: agent first"), Confirm,
            new Phrase(
                "Conteste el teléfono, y luego el número. Hable y cuelgue.",
                "Answer the phone, then the number. Talk and hang up."))
        {
            Questions = ["click-ids", "agent-leg-type"],
        },
        new("click-contact-first", CaseGroup.Clicks, CaseKind.Dial,
            new Phrase("Clic: primero el contacto", "Click: contact first"), Confirm,
            new Phrase(
                "Conteste el número, y luego el teléfono. Hable y cuelgue.",
                "Answer the number, then the phone. Talk and hang up."))
        {
            Questions = ["click-ids"],
        },
        new("click-format", CaseGroup.Clicks, CaseKind.ByHand,
            new Phrase("Forma del número que se marca", "Form of the number that is dialled"),
            new Phrase(
                "Vea en las dos pruebas anteriores si timbró el número que usted escribió.",
                "See in the two cases above whether the number that you wrote rang."),
            new Phrase(
                "Si no timbró, cambie DialFormat de la cuenta y repítalas.",
                "If it did not ring, change the account's DialFormat and repeat them."))
        {
            Questions = ["dial-format"],
            Asks =
            [
                new("dial-format", new("Forma con la que timbró", "Form with which it rang"),
                    new("national", new("Nacional (8 dígitos)", "National (8 digits)")),
                    new("e164", new("Con más (+506…)", "With a plus (+506…)"))),
            ],
        },
        new("busy-agent", CaseGroup.Clicks, CaseKind.Dial,
            new Phrase("Agente ocupado", "Busy agent"),
            new Phrase(
                "Haga que el teléfono elegido esté en una llamada.",
                "See that the chosen phone is in a call."), Confirm)
        {
            Questions = ["refused-click"],
        },
        new("ring-group", CaseGroup.Phones, CaseKind.Watch,
            new Phrase("Grupo que timbra a la vez", "Ring group"),
            new Phrase(
                "Llame a un grupo en que varios teléfonos timbran a la vez, y conteste en uno.",
                "Call a group whose phones ring at once, and answer on one."))
        {
            Questions = ["start-per"],
        },
        new("hunt-group", CaseGroup.Phones, CaseKind.Watch,
            new Phrase("Grupo que timbra uno tras otro", "Hunt group"),
            new Phrase(
                "Llame a un grupo cuyos teléfonos timbran uno tras otro, y conteste en el segundo.",
                "Call a group whose phones ring one after another, and answer on the second."))
        {
            Questions = ["hunt-id"],
        },
        new("transfer", CaseGroup.Phones, CaseKind.Watch,
            new Phrase("Transferencia", "Transfer"),
            new Phrase(
                "Llame a un teléfono de la cuenta, conteste, y transfiera la llamada a otro teléfono de la cuenta.",
                "Call a phone of the account, answer, and transfer the call to another phone of the account."))
        {
            Questions = ["transfer-id"],
        },
        new("codec", CaseGroup.Phones, CaseKind.ByHand,
            new Phrase("Códec PCMA", "Codec PCMA"),
            new Phrase(
                "Vea en la configuración SIP de cada teléfono qué códecs tiene y en qué orden.",
                "See in each phone's SIP settings which codecs it has, and in which order."),
            new Phrase(
                "Con el agente primero, PCMA debe ser el principal; con el contacto primero basta que esté permitido.",
                "With the agent first PCMA must be the primary one; with the contact first it is enough that it is allowed."))
        {
            Questions = ["codec"],
            Asks =
            [
                new("codec", new("PCMA en los teléfonos", "PCMA in the phones"),
                    new("primary", new("Es el principal", "It is the primary one")),
                    new("allowed", new("Está permitido", "It is allowed")),
                    new("missing", new("No está", "It is missing"))),
            ],
        },
        new("not-connected", CaseGroup.Callers, CaseKind.Watch,
            new Phrase("Llamada sin contestar", "Call that is not answered"),
            new Phrase(
                "Llame a un teléfono de la cuenta, déjelo timbrar y cuelgue sin que nadie conteste.",
                "Call a phone of the account, let it ring and hang up before anybody answers.")),
        new("private-caller", CaseGroup.Callers, CaseKind.Watch,
            new Phrase("Número oculto", "Private caller"),
            new Phrase(
                "Llame a un teléfono de la cuenta con su número oculto, y cuelgue.",
                "Call a phone of the account with your number hidden, and hang up."))
        {
            Questions = ["private-caller"],
        },
        new("unknown-caller", CaseGroup.Callers, CaseKind.Watch,
            new Phrase("Número desconocido", "Unknown caller"),
            new Phrase(
                "Llame desde un número que no sea de ningún contacto.",
                "Call from a number that no contact has.")),
        new("several-contacts", CaseGroup.Callers, CaseKind.Watch,
            new Phrase("Varios contactos con el número", "Several contacts with the number"),
            new Phrase(
                "Ponga su número en dos contactos, y llame con él a un teléfono de la cuenta.",
                "Give your number to two contacts, and call a phone of the account with it.")),
        new("identifiers", CaseGroup.Comparison, CaseKind.Watch,
            new Phrase(
                "Identificadores y números de aviso y registro",
                "Identifiers and numbers of notification and record"), CallIn, Alone)
        {
            Questions = ["account-id", "call-id", "number-format"],
            NeedsRecords = true,
        },
        new("cost-fee", CaseGroup.Comparison, CaseKind.Request,
            new Phrase("Si el costo incluye el cargo de acceso", "Whether the cost includes the access fee"), Alone,
            new Phrase(
                "La cuenta debe tener una llamada de salida con cargo de acceso.",
                "The account must have an outgoing call with an access fee."))
        {
            Questions = ["cost-fee"],
        },
        new("record-equals-events", CaseGroup.Comparison, CaseKind.Watch,
            new Phrase(
                "Duración y costo iguales en aviso y registro",
                "Duration and cost equal in notification and record"), CallIn, Alone)
        {
            NeedsRecords = true,
        },
    ];

    /// <summary>What a tester can choose as the answer to a question; null where this is no such value.</summary>
    public static AskChoice? ChoiceOf(string question, string value) => All.SelectMany(test => test.Asks)
        .FirstOrDefault(ask => ask.Key == question)?.Choices.FirstOrDefault(choice => choice.Value == value);

    public static HomologationCase? Find(string code) => All.FirstOrDefault(each => each.Code == code);
}
