using System.Globalization;
using System.Text.Json;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>
/// The body of a click: a number, a contact (then its main number is dialled), or both; or a colleague's phone.
/// </summary>
public sealed record ClickInput(string? Number, string? ContactId, string? EndpointId, DialOrder? Order, bool? Force)
{
    /// <summary>The endpoint of a colleague, to be called instead of a number.</summary>
    public string? ColleagueEndpointId { get; init; }

    /// <summary>The campaign whose card on the agent's screen is called.</summary>
    public string? CampaignId { get; init; }

    /// <summary>A hash of what is asked for.</summary>
    internal string Mark() => Dialler.Hash(
        $"{Number}\n{ContactId}\n{EndpointId}\n{Order}\n{Force}"
        + (ColleagueEndpointId is null ? "" : $"\n{ColleagueEndpointId}")
        + (CampaignId is null ? "" : $"\ncampaign {CampaignId}"))[..16];
}

/// <summary>A contact who has the number that was to be called as another's.</summary>
public sealed record NumberOwner(string ContactId, string Name);

/// <summary>Click-to-dial: calls the agent's phone and then the contact.</summary>
public sealed class DialFunctions(
    Dialler dialler,
    DialSender sender,
    DialStore dials,
    CallStore calls,
    ContactStore contacts,
    ContactMatcher matcher,
    MappingStore mappings,
    MappingClock shifts,
    PhoneNumberParser numbers,
    ICampaignDials campaigns,
    CallMyWayClient client)
{
    private const string KeyHeader = "Idempotency-Key";

    private const int LongestKey = 200;

    private static readonly Phrase NotAllowed = new("No se puede llamar", "The call can't be made");

    private static readonly Phrase NoSuchDial = new(
        "No hay una marcación con ese código.", "There is no dial with that id.");

    [Function("Dial"), Allow(Role.Agent)]
    [Refuses(StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity)]
    [NotAudited("It is in the call's history.")]
    [Takes(typeof(ClickInput)), NeedsHeader(KeyHeader), Answers(StatusCodes.Status202Accepted, typeof(DialView))]
    public async Task<IResult> Place(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "calls")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<ClickInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var key = request.Headers[KeyHeader].ToString();
        if (key.Length is 0 or > LongestKey)
        {
            return request.Invalid(new FieldErrors().Add(
                KeyHeader,
                $"Envíe el encabezado {KeyHeader}, de hasta {LongestKey} caracteres y distinto en cada clic: así un clic repetido no llama dos veces.",
                $"Send the header {KeyHeader}, of at most {LongestKey} characters and another for each click, so that a repeated click does not call twice."));
        }

        var agentId = request.HttpContext.User.RequiredAgentId();
        var mark = input.Mark();
        if (await dialler.FindAsync(agentId, key, mark, cancellationToken) is { } before)
        {
            return await AnswerAsync(request, before, cancellationToken);
        }

        var (click, wrong) = await CheckAsync(request, input, agentId, key, mark, cancellationToken);
        return click is null
            ? wrong!
            : await AnswerAsync(request, await dialler.PlaceAsync(click, cancellationToken), cancellationToken);
    }

    [Function("GetDial"), Allow(Role.Agent)]
    [Answers(StatusCodes.Status200OK, typeof(DialView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dials/{dialId}")] HttpRequest request, string dialId, CancellationToken cancellationToken) =>
        await dials.GetAsync(request.HttpContext.User.RequiredAgentId(), dialId, cancellationToken) is { } dial
            ? TypedResults.Ok(await ViewAsync(request, dial, cancellationToken))
            : request.NotFound(NoSuchDial);

    private async Task<(CheckedClick? Click, IResult? Wrong)> CheckAsync(
        HttpRequest request,
        ClickInput input,
        string agentId,
        string key,
        string mark,
        CancellationToken cancellationToken)
    {
        // A shared phone calls only for whose it is now: the call would be a colleague's.
        var shared = await mappings.ListForAgentAsync(agentId, cancellationToken);
        var mine = shifts.OfNow(shared, agentId);
        if (shared.FirstOrDefault(phone => phone.EndpointId == PlainText.Trimmed(input.EndpointId)) is { } other
            ? mine.All(phone => phone.EndpointId != other.EndpointId)
            : mine.Count == 0 && shared.Count > 0)
        {
            return (null, NotDialled(request, "endpointId", new(
                "A esta hora ese teléfono es de otra persona, según sus turnos.",
                "At this time that phone is another person's, by its shifts.")));
        }

        if (PlainText.Trimmed(input.ColleagueEndpointId) is { } colleagueId)
        {
            return await CheckColleagueAsync(
                request, input, colleagueId, agentId, key, mark, mine, cancellationToken);
        }

        var errors = new FieldErrors();
        var contact = PlainText.Trimmed(input.ContactId) is { } contactId
            ? await contacts.GetAsync(contactId, cancellationToken)
            : null;
        var number = NumberOf(input, contact, errors);
        if (number?.E164 is not null && mine.Any(mapping => numbers.Parse(mapping.Phone).E164 == number.E164))
        {
            errors.Add("number", "Es el número de su propio teléfono.", "It is your own phone's number.");
        }

        if (errors.Any)
        {
            return (null, request.Invalid(errors));
        }

        if (PlainText.Trimmed(input.Number) is not null && contact is not null
            && await FindOwnersAsync(number!, contact, cancellationToken) is { Count: > 0 } owners)
        {
            return (null, OfAnother(request, owners));
        }

        if (number!.IsShortCode)
        {
            return (null, NotDialled(request, "number", DialPhrases.ShortCode));
        }

        CampaignCard? card = null;
        if (PlainText.Trimmed(input.CampaignId) is { } campaignId)
        {
            card = await campaigns.FindCardAsync(
                agentId,
                campaignId,
                number.E164,
                PlainText.Trimmed(input.ContactId),
                PlainText.Trimmed(input.EndpointId) is { } given ? [given] : [.. mine.Select(phone => phone.EndpointId)],
                cancellationToken);
            if (card.Refusal is { } why)
            {
                return (null, NotDialled(request, "campaignId", why));
            }

            List<Mapping> taking =
                [.. mine.Where(phone => card.EndpointIds.Contains(phone.EndpointId, StringComparer.Ordinal))];
            mine = taking.Count > 0 ? taking : mine;
        }

        return await FromEndpointAsync(request, input, agentId, mine, endpoint => new CheckedClick(
            agentId,
            key,
            mark,
            number,
            contact,
            endpoint,
            input.Order ?? card?.Order ?? DialOrder.AgentFirst,
            input.Force ?? false)
        {
            Campaign = card?.Dial,
        }, cancellationToken);
    }

    // What the operator dials to reach a phone of the office, its document does not say. A phone is asked for as the
    // mapping names it, as the agent's own is.
    private async Task<(CheckedClick? Click, IResult? Wrong)> CheckColleagueAsync(
        HttpRequest request,
        ClickInput input,
        string colleagueId,
        string agentId,
        string key,
        string mark,
        IReadOnlyList<Mapping> mine,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var phone = await mappings.GetAsync(colleagueId, cancellationToken);
        // Phones call each other within an account.
        List<Mapping> own = [.. mine.Where(mapping => mapping.Account == phone?.Account)];
        if (PlainText.Trimmed(input.Number) is not null || PlainText.Trimmed(input.ContactId) is not null)
        {
            errors.Add(
                "colleagueEndpointId",
                "Llame a un colega o a un número, no a ambos.",
                "Call a colleague or a number, not both.");
        }
        else if (phone is not null && shifts.Now(phone).AgentId == agentId)
        {
            errors.Add("colleagueEndpointId", "Es su propio teléfono.", "It is your own phone.");
        }
        else if (phone is null || (mine.Count > 0 && own.Count == 0))
        {
            errors.Add(
                "colleagueEndpointId",
                "Ningún colega tiene ese teléfono en su cuenta.",
                "No colleague has that phone in your account.");
        }

        return errors.Any
            ? (null, request.Invalid(errors))
            : await FromEndpointAsync(request, input, agentId, own, endpoint => new CheckedClick(
                agentId,
                key,
                mark,
                numbers.ParsePhone(phone!.Phone),
                null,
                endpoint,
                input.Order ?? DialOrder.AgentFirst,
                input.Force ?? false)
            {
                Colleague = new ColleaguePhone(phone.EndpointId, phone.Phone),
            }, cancellationToken);
    }

    private async Task<(CheckedClick? Click, IResult? Wrong)> FromEndpointAsync(
        HttpRequest request,
        ClickInput input,
        string agentId,
        IReadOnlyList<Mapping> mine,
        Func<Mapping, CheckedClick> clickOf,
        CancellationToken cancellationToken)
    {
        if (await EndpointAsync(input.EndpointId, agentId, mine, cancellationToken) is not { } endpoint)
        {
            return (null, NotDialled(request, "endpointId", mine.Count == 0
                ? new(
                    "Usted no tiene un teléfono asignado. Pídalo a un administrador.",
                    "You have no phone. Ask an administrator for one.")
                : new("Ese teléfono no es suyo.", "That phone is not yours.")));
        }

        return client.Knows(endpoint.Account)
            ? (clickOf(endpoint), null)
            : (null, NotDialled(
                request,
                "endpointId",
                new(
                    "La configuración no tiene la contraseña de la cuenta de ese teléfono. Avise a un administrador.",
                    "The settings lack the password of that phone's account. Tell an administrator.")));
    }

    /// <summary>
    /// The contacts who have this number, if the given one is not among them. That an agent chose that one for it once
    /// counts for nothing then. Nobody's number can be a new one of the contact.
    /// </summary>
    private async ValueTask<IReadOnlyList<Contact>> FindOwnersAsync(
        PhoneNumber number, Contact contact, CancellationToken cancellationToken)
    {
        // Of a switchboard that many contacts share, the matcher finds only some of them.
        if (matcher.Has(contact, number))
        {
            return [];
        }

        var found = await matcher.FindAsync(number, cancellationToken);
        return [.. found.Where(match => match.IsCertain).Select(match => match.Contact)];
    }

    private static IResult OfAnother(HttpRequest request, IReadOnlyList<Contact> owners)
    {
        var names = string.Join(", ", owners.Take(3).Select(owner => owner.Title));
        return request.Invalid(
            new FieldErrors().Add(
                "number",
                $"Ese número no es de este contacto, sino de: {names}. Llame desde ese contacto, o corrija el número.",
                $"That number is not this contact's. It belongs to: {names}. Call from there, or correct the number."),
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["owners"] = owners.Select(owner => new NumberOwner(owner.ContactId, owner.Title)).ToList(),
            });
    }

    private PhoneNumber? NumberOf(ClickInput input, Contact? contact, FieldErrors errors)
    {
        if (PlainText.Trimmed(input.ContactId) is not null && contact is null)
        {
            errors.Add("contactId", "Ese contacto ya no existe.", "That contact no longer exists.");
        }

        if (PlainText.Trimmed(input.Number) is { } text)
        {
            var number = numbers.Parse(text);
            if (number.Kind != PhoneNumberKind.Number || number is { E164: null, IsShortCode: false })
            {
                errors.Add(
                    "number",
                    "No es un número de teléfono que se pueda marcar.",
                    "It is not a phone number that can be dialled.");
            }
            else if (!OneNumber.IsAlone(text, number))
            {
                errors.Add(
                    "number",
                    "No es un solo número de teléfono: tiene más dígitos, o es otra cosa. Escriba solo el número que quiere marcar.",
                    "It is not one phone number: it has more digits, or is something else. Write only the number to dial.");
            }

            return number;
        }

        if (PlainText.Trimmed(input.ContactId) is null)
        {
            errors.Add("number", "Escriba un número o elija un contacto.", "Write a number or choose a contact.");
            return null;
        }

        var (written, main) = contact?.Numbers
            .Select(text => (Text: text, Number: numbers.Parse(text)))
            .FirstOrDefault(each => each.Number is { Kind: PhoneNumberKind.Number, E164: not null }) ?? default;
        if (contact is not null && main is null)
        {
            errors.Add(
                "contactId",
                "Ese contacto no tiene un número que se pueda marcar.",
                "That contact has no number that can be dialled.");
        }
        else if (main is not null && !OneNumber.IsAlone(written, main))
        {
            errors.Add(
                "contactId",
                $"El número principal de ese contacto dice «{main.Received}», que no es un solo número. Escriba el que quiere marcar.",
                $"The contact's main number says “{main.Received}”, which is not one number. Write the number to dial.");
        }

        return main;
    }

    // If the agent has several phones: the one of the last dial, else the primary one.
    private async ValueTask<Mapping?> EndpointAsync(
        string? given, string agentId, IReadOnlyList<Mapping> mine, CancellationToken cancellationToken)
    {
        if (PlainText.Trimmed(given) is { } endpointId)
        {
            return mine.FirstOrDefault(mapping => mapping.EndpointId == endpointId);
        }

        var last = mine.Count > 1 ? await dialler.LastEndpointAsync(agentId, cancellationToken) : null;
        return mine.FirstOrDefault(mapping => mapping.EndpointId == last)
            ?? mine.OrderByDescending(mapping => mapping.Primary)
                .ThenBy(mapping => mapping.EndpointId, StringComparer.Ordinal)
                .FirstOrDefault();
    }

    private async Task<IResult> AnswerAsync(HttpRequest request, DialResult result, CancellationToken cancellationToken) => result switch
    {
        { Dial: { } dial } =>
            TypedResults.Accepted($"/api/dials/{dial.DialId}", await ViewAsync(request, dial, cancellationToken)),
        { Refusal: DialRefusal.Busy } => request.Problem(
            StatusCodes.Status409Conflict,
            new("Usted está en una llamada", "You are in a call"),
            result.Busy!.CallId is null
                ? new("Ya se está haciendo una llamada suya.", "A call of yours is being set up.")
                : new(
                    "Termine primero la llamada en curso. Si parece pegada, llame de todos modos.",
                    "First end the current call. If it seems stuck, call anyway."),
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [result.Busy.CallId is null ? "dialId" : "callId"] = result.Busy.CallId ?? result.Busy.DialId,
            }),
        { Refusal: DialRefusal.KeyUsedForAnother } => request.Problem(
            StatusCodes.Status422UnprocessableEntity,
            new("Clave repetida", "Key used before"),
            new($"El {KeyHeader} ya se usó para otra llamada. Use uno nuevo en cada clic.", $"The {KeyHeader} was used for another call. Use a new one for each click.")),
        { Refusal: DialRefusal.NumberNotAllowed } =>
            NotDialled(request, "number", DialPhrases.Of(DialRefusal.NumberNotAllowed)),
        { Refusal: DialRefusal.OutsideHours, Hours: { } hours } =>
            request.Problem(StatusCodes.Status403Forbidden, NotAllowed, DialPhrases.Outside(hours, result.Local)),
        { Refusal: DialRefusal.ContactGuard, Verdict: { } verdict } => request.Problem(
            StatusCodes.Status403Forbidden,
            NotAllowed,
            verdict.Why!.Value,
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["reason"] = JsonNamingPolicy.CamelCase.ConvertName(verdict.Reason!.Value.ToString()),
                ["allowedFrom"] = verdict.AllowedFrom,
            }),
        { Refusal: DialRefusal.SwitchedOff } =>
            request.Problem(StatusCodes.Status403Forbidden, NotAllowed, DialPhrases.Of(DialRefusal.SwitchedOff)),
        {
            Refusal: DialRefusal.AgentHour or DialRefusal.AgentDay or DialRefusal.TotalHour or DialRefusal.TotalDay,
        } => TooMany(request, result.Refusal.Value, result.Wait),
        _ => throw new InvalidOperationException($"Nothing answers the refusal {result.Refusal}."),
    };

    private static IResult TooMany(HttpRequest request, DialRefusal refusal, TimeSpan wait)
    {
        request.HttpContext.Response.Headers.RetryAfter =
            Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return request.Problem(
            StatusCodes.Status429TooManyRequests,
            new("Demasiadas llamadas", "Too many calls"),
            DialPhrases.Of(refusal));
    }

    private async ValueTask<DialView> ViewAsync(HttpRequest request, Dial dial, CancellationToken cancellationToken)
    {
        var call = dial.CallId is null
            ? null
            : await calls.GetAsync(new CallKey(dial.CallId, dial.Account), cancellationToken);
        return DialView.Of(await sender.SettleAsync(dial), call, request.Language());
    }

    private static IResult NotDialled(HttpRequest request, string field, Phrase why) =>
        request.Invalid(StatusCodes.Status403Forbidden, NotAllowed, why, new FieldErrors().Add(field, why.Es, why.En));
}
