using System.Globalization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Desk;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Outcomes;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Campaigns;

/// <summary>The people of a campaign's list, as pages and as a file.</summary>
[Tags("Campaigns")]
public sealed class CampaignContactFunctions(
    CampaignStore campaigns,
    EntryStore entries,
    OutcomeStore outcomes,
    AgentDirectory agents,
    AgentNames former,
    Accounts accounts,
    AuditLog audit)
{
    private static readonly Phrase[] Head =
    [
        new("Nombre", "Name"), new("Contacto", "Contact"), new("Número", "Number"), new("Estado", "State"),
        new("Intentos", "Attempts"), new("Último intento", "Last attempt"), new("Desde", "From"),
        new("Resultado", "Outcome"), new("Agente", "Agent"), new("Costo", "Cost"), new("Moneda", "Currency"),
        new("Motivo", "Reason"), new("Costo en otra moneda", "Cost in another currency"),
    ];

    [Function("ListCampaignContacts"), Allow(Role.Supervisor)]
    [AsksOneOf("state", typeof(EntryState))]
    [Asks("state", "take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<CampaignContact>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "campaigns/{campaignId}/contacts")]
        HttpRequest request,
        string campaignId,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        var text = request.Query["state"].ToString();
        EntryState? state = null;
        if (text.Length > 0)
        {
            state = Enum.GetValues<EntryState>().Cast<EntryState?>().FirstOrDefault(
                each => string.Equals(each.ToString(), text, StringComparison.OrdinalIgnoreCase));
            if (state is null)
            {
                errors.Add("state", "No hay un estado con ese nombre.", "There is no state of that name.");
            }
        }

        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        if (await campaigns.GetAsync(campaignId, cancellationToken) is null)
        {
            return request.NotFound(CampaignPhrases.NoSuchCampaign);
        }

        var listed = await entries.ListAsync(campaignId, state, page, cancellationToken);
        return TypedResults.Ok(new Page<CampaignContact>(
            [.. listed.Items.Select(entry => CampaignContact.Of(entry, request.Language()))], listed.Next));
    }

    [Function("ExportCampaign"), Allow(Role.Supervisor), Audits("export.campaign")]
    [Asks(CsvQuery.Name), AsksOneOf(CsvQuery.Name, typeof(CsvForm))]
    [Answers(StatusCodes.Status200OK), AnswersFile("text/csv")]
    public async Task<IResult> Export(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "exports/campaigns/{campaignId}.csv")]
        HttpRequest request,
        string campaignId,
        CancellationToken cancellationToken)
    {
        var (form, wrong) = CsvQuery.Read(request);
        if (wrong is not null)
        {
            return wrong;
        }

        if (await campaigns.GetAsync(campaignId, cancellationToken) is not { } campaign)
        {
            return request.NotFound(CampaignPhrases.NoSuchCampaign);
        }

        var language = request.Language();
        var file = $"{new Phrase("campaña", "campaign").In(language)}-{campaignId}.csv";
        var names = (await outcomes.GetAsync(cancellationToken)).Items.ToDictionary(
            outcome => outcome.Code, outcome => new Phrase(outcome.Es, outcome.En).In(language), StringComparer.Ordinal);
        await audit.WriteAsync(
            request, AuditChange.OfExport("export.campaign", campaignId, request), cancellationToken);
        return TypedResults.Stream(
            // The stream is written after the function has returned, and its reader can go any time.
            stream => WriteAsync(campaign, names, language, form, stream, request.HttpContext.RequestAborted),
            CsvText.ContentType,
            file);
    }

    // A page at a time: the memory that it takes does not depend on how long the list is.
    private async Task WriteAsync(
        Campaign campaign,
        Dictionary<string, string> outcomeNames,
        string language,
        CsvForm form,
        Stream stream,
        CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        using var csv = new CsvText(buffer, form);
        csv.Texts(Head.Select(name => name.In(language))).EndRow();
        PageToken? after = null;
        do
        {
            var page = await entries.ListAsync(
                campaign.CampaignId, null, new PageRequest(PageRequest.MaxTake, after), cancellationToken);
            var nameOf = await NamesAsync(page.Items, cancellationToken);
            foreach (var entry in page.Items)
            {
                Write(csv, entry, nameOf, outcomeNames, language);
            }

            csv.Flush();
            await stream.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
            buffer.SetLength(0);
            after = page.Next is not null && PageToken.TryParse(page.Next, out var next) ? next : null;
        }
        while (after is not null);
    }

    /// <summary>What an agent is called in the file, as in that of the calls: by the name, else by the code.</summary>
    private async Task<Func<string?, string?>> NamesAsync(
        IReadOnlyList<CampaignEntry> shown, CancellationToken cancellationToken)
    {
        var roster = await agents.ReadAsync(cancellationToken);
        var left = await former.OfFormerAsync(
            shown.Select(AgentOf).Select(agentId => (agentId, roster.NameOf(agentId))), cancellationToken);
        return agentId => roster.NameOf(agentId) ?? left.GetValueOrDefault(agentId ?? "") ?? agentId;
    }

    private static string? AgentOf(CampaignEntry entry) => entry.LastDialBy ?? entry.AgentId;

    private void Write(
        CsvText csv,
        CampaignEntry entry,
        Func<string?, string?> nameOf,
        Dictionary<string, string> outcomeNames,
        string language)
    {
        csv.Texts(entry.Name, entry.ContactId, entry.Number.E164 ?? entry.Number.Display)
            .Text(CampaignWords.Of(entry.State).In(language))
            .Number(entry.Attempts)
            .Texts(
                Time(entry.LastAt),
                Time(entry.State is EntryState.Waiting or EntryState.Held ? entry.NextAt : null),
                entry.LastOutcome is { } code ? outcomeNames.GetValueOrDefault(code, code) : null,
                nameOf(AgentOf(entry)))
            .Number(entry.Calls.Any(call => call is { Cost: not null, Currency: null }) ? entry.Spent : null)
            .Texts(accounts.Home.Currency, entry.Because?.In(language), Otherwise(entry))
            .EndRow();
    }

    /// <summary>Such as <c>3.20 USD</c>; null where all of the cost is in the first account's currency.</summary>
    private static string? Otherwise(CampaignEntry entry)
    {
        var amounts = entry.Calls.Where(call => call is { Cost: not null, Currency: not null })
            .GroupBy(call => call.Currency!, StringComparer.Ordinal)
            .Select(each => string.Create(
                CultureInfo.InvariantCulture, $"{each.Sum(call => call.Cost!.Value):0.####} {each.Key}"));
        return string.Join("; ", amounts) is { Length: > 0 } text ? text : null;
    }

    private string? Time(DateTimeOffset? time) => time is { } at
        ? TimeZoneInfo.ConvertTime(at, accounts.Home.TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : null;
}

/// <summary>The states of a person of a list, in words.</summary>
internal static class CampaignWords
{
    public static Phrase Of(EntryState state) => state switch
    {
        EntryState.Waiting => new("Por llamar", "To call"),
        EntryState.Held => new("Ahora no se puede", "Not now"),
        EntryState.Offered => new("En pantalla de un agente", "On an agent's screen"),
        EntryState.Dialling => new("En llamada", "In call"),
        EntryState.Unknown => new("Por confirmar", "To be confirmed"),
        EntryState.Done => new("Atendido", "Reached"),
        EntryState.Exhausted => new("No localizado", "Not reached"),
        _ => new("No se llama", "Not called"),
    };
}
