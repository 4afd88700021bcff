using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Operator;

/// <summary>What one real request says of an account.</summary>
public enum AccountVerdict
{
    /// <summary>The operator answered with a list of records: address, user and password are right.</summary>
    Reached,

    /// <summary>The operator refuses the user or the password.</summary>
    PasswordRefused,

    /// <summary>The operator accepts no requests from our address.</summary>
    AddressRefused,

    /// <summary>The operator refuses, and does not say why in words that we know.</summary>
    Refused,

    /// <summary>Too many requests wait for the account's turn, or the operator says that they come too soon.</summary>
    TooFast,

    /// <summary>The request was sent, and no whole answer came in time.</summary>
    NoAnswer,

    /// <summary>The operator could not be reached: nothing was sent.</summary>
    NotReached,

    /// <summary>The operator answered with something that is no list of records.</summary>
    NotUnderstood,

    /// <summary>The operator answered with an error of its own.</summary>
    Failed,

    /// <summary>The settings have no password of the account: nothing was sent.</summary>
    NoPassword,
}

/// <summary>A test of an account: one real request, and what came of it.</summary>
/// <param name="At">When it was over.</param>
/// <param name="WaitedSeconds">How long it waited for the account's turn.</param>
/// <param name="Status">The HTTP status; 0 where there was no answer.</param>
/// <param name="Answer">Of anything but a list, the beginning of its text, without the password.</param>
public sealed record AccountTest(
    AccountVerdict Verdict, DateTimeOffset At, double WaitedSeconds, int Status, string Answer)
{
    private static readonly string[] OfAddresses = ["ip ", "ip:", "dirección", "direccion", "address", "habilitad", "allow"];

    private static readonly string[] OfPasswords = ["contrase", "password", "clave", "usuario", "user", "login"];

    private static readonly string[] OfPace = ["segundo", "second", "too many", "too fast", "demasiad", "rate"];

    /// <summary>
    /// What an answer says; null is no moment within the time that anybody waits. A refusal is told by its words, and
    /// else by its status: the operator's document does not say what one looks like.
    /// </summary>
    public static AccountVerdict VerdictOf(RecordsAnswer? answer) => answer switch
    {
        null or { Result: RecordsResult.TooLate } or { Status: 429 } => AccountVerdict.TooFast,
        { Result: RecordsResult.Read or RecordsResult.TooLarge } => AccountVerdict.Reached,
        { Result: RecordsResult.Refused } => RefusalOf(answer),
        { Result: RecordsResult.NoAnswer } => AccountVerdict.NoAnswer,
        { Result: RecordsResult.NotSent } => AccountVerdict.NotReached,
        { Result: RecordsResult.Failed } => AccountVerdict.Failed,
        _ => AccountVerdict.NotUnderstood,
    };

    private static AccountVerdict RefusalOf(RecordsAnswer answer) =>
        Has(answer, OfPace) ? AccountVerdict.TooFast
        : Has(answer, OfPasswords) ? AccountVerdict.PasswordRefused
        : Has(answer, OfAddresses) ? AccountVerdict.AddressRefused
        : answer.Status == 401 ? AccountVerdict.PasswordRefused
        : answer.Status == 403 ? AccountVerdict.AddressRefused
        : AccountVerdict.Refused;

    private static bool Has(RecordsAnswer answer, string[] words) =>
        words.Any(word => answer.Text.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>What is so, and what to do about it.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="where">Where the settings are changed on this host.</param>
    public static (Phrase Title, Phrase Detail) TextOf(AccountVerdict verdict, Phrase where) => verdict switch
    {
        AccountVerdict.Reached => (
            new("El operador respondió: la cuenta funciona", "The operator answered: the account works"),
            new("La dirección, el usuario y la contraseña son correctos.", "Address, user and password are right.")),
        AccountVerdict.PasswordRefused => (
            new("El operador rechaza el usuario o la contraseña", "The operator refuses the user or the password"),
            new(
                $"Revise CallMyWay:Accounts {where.Es}, y pruebe otra vez.",
                $"Check CallMyWay:Accounts {where.En}, and test again.")),
        AccountVerdict.AddressRefused => (
            new(
                "El operador no acepta consultas desde esta dirección IP",
                "The operator accepts no requests from this IP address"),
            new(
                "Pida al operador que habilite la dirección IP de salida de este servidor, y pruebe otra vez.",
                "Ask the operator to enable this server's outgoing IP address, and test again.")),
        AccountVerdict.Refused => (
            new("El operador rechaza la consulta", "The operator refuses the request"),
            new(
                "Su respuesta dice por qué. Revise el usuario, la contraseña y la dirección IP habilitada.",
                "Its answer says why. Check the user, the password and the enabled IP address.")),
        AccountVerdict.TooFast => (
            new("Son demasiadas consultas seguidas", "Too many requests in a row"),
            new(
                "El operador acepta una cada 4 segundos, y otras esperan su turno. Pruebe otra vez en un minuto.",
                "The operator accepts one in 4 seconds, and others wait for their turn. Test again in a minute.")),
        AccountVerdict.NoAnswer => (
            new("El operador recibió la consulta y no respondió", "The operator got the request and did not answer"),
            new(
                "Pruebe otra vez en un momento. Si sigue igual, avise al operador.",
                "Test again in a moment. If it stays so, tell the operator.")),
        AccountVerdict.NotReached => (
            new("No se pudo llegar al operador", "The operator could not be reached"),
            new(
                $"Revise la salida a Internet de este servidor, y CallMyWay:BaseUrl y RecordsUrl {where.Es}.",
                $"Check this server's way to the Internet, and CallMyWay:BaseUrl and RecordsUrl {where.En}.")),
        AccountVerdict.Failed => (
            new("El operador respondió con un error", "The operator answered with an error"),
            new(
                "El problema es del operador. Pruebe otra vez más tarde, o avísele.",
                "The problem is the operator's. Test again later, or tell them.")),
        AccountVerdict.NoPassword => (
            new("Falta la contraseña de la cuenta", "The account's password is missing"),
            new(
                $"Escríbala en CallMyWay:Accounts {where.Es}.", $"Write it in CallMyWay:Accounts {where.En}.")),
        _ => (
            new("No se entiende la respuesta del operador", "The operator's answer can't be understood"),
            new(
                $"Revise CallMyWay:BaseUrl y RecordsUrl {where.Es}. Si son correctos, envíe la respuesta al operador.",
                $"Check CallMyWay:BaseUrl and RecordsUrl {where.En}. If they are right, send the answer to the operator.")),
    };
}
