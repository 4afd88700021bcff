using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.CallRecords;

/// <summary>How the pull of an account's records goes.</summary>
public sealed record RecordStateView
{
    public required string Account { get; init; }

    /// <summary>
    /// <c>upToDate</c>; <c>catchingUp</c> after a break; <c>failing</c>; <c>waiting</c> before the first pull; <c>off</c>
    /// where nothing is asked for: the settings have no password of the account, or turn the pull off.
    /// </summary>
    public required string State { get; init; }

    /// <summary>Until when all records were read.</summary>
    public DateTimeOffset? Watermark { get; init; }

    public DateTimeOffset? LastSuccessAt { get; init; }

    public DateTimeOffset? LastTriedAt { get; init; }

    /// <summary>What is wrong; null where nothing is.</summary>
    public RecordErrorView? LastError { get; init; }

    /// <summary>Since when every try has failed.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>
    /// What is wrong with the list of calls that go on; null where nothing is, and where none is asked for.
    /// </summary>
    public RecordErrorView? LiveError { get; init; }

    /// <summary>Since when every try for that list has failed.</summary>
    public DateTimeOffset? LiveFailingSince { get; init; }

    /// <summary>How old the watermark is.</summary>
    public int? SecondsBehind { get; init; }

    /// <summary>How many records were set aside, as they can't be a call's.</summary>
    public int Aside { get; init; }

    /// <summary>How many records 24 hours have, as far as it is known.</summary>
    public int? PerDay { get; init; }
}

/// <summary>Why the records of an account can't be read.</summary>
/// <param name="Result">Its kind.</param>
/// <param name="Status">The HTTP status of the operator's answer; null where there was none.</param>
/// <param name="Title">What is wrong, in plain words.</param>
/// <param name="Detail">What to do.</param>
/// <param name="Answer">The beginning of the operator's answer, without the password.</param>
public sealed record RecordErrorView(string Result, int? Status, string Title, string Detail, string? Answer)
{
    public static RecordErrorView Of(PullFailure failure, string language)
    {
        var (title, detail) = TextOf(failure);
        return new RecordErrorView(
            failure.IsRepeating ? "repeating" : failure.IsShifting ? "shifting" : System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{failure.Result}"),
            failure.Status == 0 ? null : failure.Status,
            title.In(language),
            detail.In(language),
            failure.Text.Length == 0 ? null : failure.Text);
    }

    /// <summary>Of the list of calls that go on.</summary>
    public static RecordErrorView OfLive(PullFailure failure, string language) => Of(failure, language) with
    {
        Detail = new Phrase(
            "La lista de llamadas en curso se vuelve a pedir cada minuto, y los registros se leen igual. Revise"
                + " CallMyWay:LiveCallsPath en la configuración.",
            "The list of calls that go on is asked for again each minute, and records are read all the same. Check"
                + " CallMyWay:LiveCallsPath in the settings.").In(language),
    };

    internal static (Phrase Title, Phrase Detail) TextOf(PullFailure failure) => failure switch
    {
        { IsRepeating: true } => (
            new(
                "El operador responde siempre la misma página de registros",
                "The operator always answers with the same page of records"),
            new(
                "Parece que no respeta «ini»: lo que sigue a la primera página no se puede leer. Avise al operador. Se"
                    + " vuelve a intentar cada minuto.",
                "It seems to ignore \"ini\": what is behind the first page can't be read. Tell the operator. It is tried"
                    + " again each minute.")),
        { IsShifting: true } => (
            new("La lista del operador cambia mientras se lee", "The operator's list changes while it is read"),
            new(
                "Se volverá a leer en un minuto. Si sigue así, avise al operador.",
                "It is read again in a minute. If this goes on, tell the operator.")),
        { Result: RecordsResult.Refused, Status: 403 } => (
            new("El operador no acepta consultas desde esta dirección IP", "The operator accepts no requests from this IP address"),
            new(
                "Pida al operador que habilite la dirección IP de salida para los registros de llamada.",
                "Ask the operator to enable the outgoing IP address for call records.")),
        { Result: RecordsResult.Refused, Status: 401 } => (
            new("El operador rechaza el usuario o la contraseña", "The operator refuses the user or the password"),
            new(
                "Revise CallMyWay:Accounts en la configuración.",
                "Check CallMyWay:Accounts in the settings.")),
        { Result: RecordsResult.Refused } => (
            new("El operador rechaza la consulta", "The operator refuses the request"),
            new(
                "Su respuesta dice por qué. Revise el usuario, la contraseña y la dirección IP habilitada.",
                "Its answer says why. Check the user, the password and the enabled IP address.")),
        { Result: RecordsResult.Unreadable } => (
            new("La respuesta del operador no es una lista de registros", "The operator's answer is no list of records"),
            new(
                "Se vuelve a pedir cada minuto y no se pierde ningún registro. Si sigue así, envíe la respuesta al operador.",
                "It is asked for again each minute, and no record is lost. If this goes on, send the answer to the operator.")),
        { Result: RecordsResult.Failed } => (
            new("El operador respondió con un error", "The operator answered with an error"),
            new(
                "Se vuelve a pedir cada minuto y no se pierde ningún registro.",
                "It is asked for again each minute, and no record is lost.")),
        { Result: RecordsResult.TooLarge } => (
            new("La respuesta del operador es demasiado grande", "The operator's answer is too large"),
            new(
                "Parece que el operador no respeta «cant». Pregúntele cuántos registros da a la vez.",
                "The operator seems to ignore \"cant\". Ask how many records it gives at once.")),
        _ => (
            new("El operador no responde", "The operator does not answer"),
            new(
                "Se vuelve a pedir cada minuto y no se pierde ningún registro.",
                "It is asked for again each minute, and no record is lost.")),
    };
}

/// <summary>A record that was set aside.</summary>
/// <param name="Account">The account's username.</param>
/// <param name="FirstAt">When it was read first.</param>
/// <param name="RecordId">Its id; null where it has none.</param>
/// <param name="Field">The field that is wrong; null where it is the whole.</param>
/// <param name="Reason">Why, in plain words.</param>
/// <param name="Raw">The record as it came.</param>
public sealed record AsideRecordView(
    string Account, DateTimeOffset FirstAt, string? RecordId, string? Field, string Reason, string Raw)
{
    public static AsideRecordView Of(KeptAsideRecord record, string language) => new(
        record.Account,
        record.FirstAt,
        record.RecordId,
        record.Field.Length == 0 ? null : record.Field,
        new Phrase(record.ReasonEs, record.ReasonEn).In(language),
        record.Raw);
}
