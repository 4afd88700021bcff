using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Desk;

/// <summary>A call by another phone, as the agent notes it: with a contact, with a number, or both.</summary>
/// <param name="Direction"><c>in</c> or <c>out</c>.</param>
/// <param name="At">When it was; now where it is missing.</param>
public sealed record NotedCallInput(
    [property: Needed] CallDirection? Direction, DateTimeOffset? At, int? Minutes, string? Number, string? ContactId);

/// <summary>
/// Notes a call that an agent had by another phone, such as their cell phone. From then on it is a call like the
/// others, with a wrap-up and a place in the lists.
/// </summary>
[Tags("Calls")]
public sealed class NotedCallFunctions(
    CallStore calls,
    CallWriter writer,
    ContactStore contacts,
    ContactMatcher matcher,
    AgentDirectory agents,
    Accounts accounts,
    PhoneNumberParser numbers,
    TeamScreens teams,
    ReturnedCalls returned,
    TimeProvider clock)
{
    private const string KeyHeader = "Idempotency-Key";

    private const int LongestKey = 200;

    private const int MostMinutes = 24 * 60;

    private const int LongestNumber = 64;

    /// <summary>A browser's clock may be ahead of ours.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Oldest = TimeSpan.FromDays(366);

    [Function("NoteCall"), Allow(Role.Agent)]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [NotAudited("It is in the call's history.")]
    [Takes(typeof(NotedCallInput)), NeedsHeader(KeyHeader), Answers(StatusCodes.Status201Created, typeof(CallView))]
    public async Task<IResult> Note(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "noted-calls")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (input, refusal) =
            await request.ReadJsonAsync<NotedCallInput>(accounts.Home.TimeZone, cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = new FieldErrors();
        var id = request.Headers[KeyHeader].ToString();
        if (id.Length is 0 or > LongestKey)
        {
            errors.Add(
                KeyHeader,
                $"Envíe el encabezado {KeyHeader}, de hasta {LongestKey} caracteres y distinto en cada llamada: así una solicitud repetida no la anota dos veces.",
                $"Send the header {KeyHeader}, of at most {LongestKey} characters and another for each call, so that a repeated request does not note it twice.");
        }

        var agentId = request.HttpContext.User.RequiredAgentId();
        var account = accounts.Home;
        var key = NotedCall.KeyOf(Hash($"{agentId}\n{id}"), account);
        var mark = Hash(string.Create(
            CultureInfo.InvariantCulture,
            $"{input.Direction}\n{input.At:O}\n{input.Minutes}\n{input.Number}\n{input.ContactId}"));
        if (!errors.Any && await calls.GetAsync(key, cancellationToken) is { } before)
        {
            return await AnswerAgainAsync(request, before, mark);
        }

        var contact = PlainText.Trimmed(input.ContactId) is { } contactId
            ? await contacts.GetAsync(contactId, cancellationToken)
            : null;
        var number = Check(input, contact, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var roster = await agents.ReadAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var noted = new NotedFact
        {
            AgentId = agentId,
            Team = roster.Find(agentId)?.Team,
            At = now,
            Mark = mark,
            Direction = input.Direction!.Value,
            // Who gives no time has just hung up.
            StartedAt = input.At?.ToUniversalTime() ?? now.AddMinutes(-(input.Minutes ?? 0)),
            DurationSeconds = input.Minutes * 60,
            Phone = number is null ? "" : number.E164 ?? number.Received,
            Number = number is null ? new NumberView(null, "", PhoneNumberKind.Private) : numbers.View(number),
            Match = contact is null
                ? await matcher.MatchAsync(number!, cancellationToken)
                : new ContactMatch(
                    MatchKind.One,
                    [new Candidate(contact.ContactId, contact.Title, MatchReason.Chosen)],
                    contact.ContactId),
        };
        return await SaveAsync(request, CallDerivation.Derive(NotedCall.Begin(key, account, noted)), mark);
    }

    private PhoneNumber? Check(NotedCallInput input, Contact? contact, FieldErrors errors)
    {
        if (input.Direction is not (CallDirection.In or CallDirection.Out))
        {
            errors.Add("direction", "Diga si la llamada entró o salió.", "Say whether the call came in or went out.");
        }

        var now = clock.GetUtcNow();
        if (input.At > now + ClockTolerance || input.At < now - Oldest)
        {
            errors.Add(
                "at",
                "La fecha no puede estar en el futuro ni hace más de un año.",
                "The date can't be in the future or more than a year ago.");
        }
        else if (input is { At: { } at, Minutes: > 0 and <= MostMinutes and var minutes }
            && at.AddMinutes(minutes) > now + ClockTolerance)
        {
            errors.Add(
                "minutes",
                "Con esa hora y esos minutos, la llamada terminaría en el futuro.",
                "With that time and those minutes, the call would end in the future.");
        }

        if (input.Minutes is < 0 or > MostMinutes)
        {
            errors.Add(
                "minutes", $"Escriba de 0 a {MostMinutes} minutos.", $"Write 0 to {MostMinutes} minutes.");
        }

        if (PlainText.Trimmed(input.ContactId) is not null && contact is null)
        {
            errors.Add("contactId", "Ese contacto ya no existe.", "That contact no longer exists.");
        }

        if (PlainText.Trimmed(input.Number) is not { } text)
        {
            if (PlainText.Trimmed(input.ContactId) is null)
            {
                errors.Add("number", "Escriba un número o elija un contacto.", "Write a number or choose a contact.");
            }

            return null;
        }

        var number = text.Length > LongestNumber ? null : numbers.Parse(text);
        if (number?.Kind != PhoneNumberKind.Number || !OneNumber.IsAlone(text, number))
        {
            errors.Add("number", "No es un número de teléfono.", "It is not a phone number.");
        }

        return number;
    }

    // A page that goes away cancels nothing: what was noted is stored whole.
    private async Task<IResult> SaveAsync(HttpRequest request, Call call, string mark)
    {
        var write = writer.Begin();
        try
        {
            if (await write.SaveAsync(call, null, [], CancellationToken.None) is { } saved)
            {
                await write.EndAsync();
                teams.Tell(saved, null);
                await returned.MarkAsync(saved, null);
                return Created(request, saved);
            }

            // The same request was faster. Index rows of this one may have another time.
            while (await calls.GetAsync(call.Key, CancellationToken.None) is { } stored)
            {
                if (!write.HasBegun || await write.SaveAgainAsync(stored, CancellationToken.None) is not null)
                {
                    return await AnswerAgainAsync(request, stored, mark);
                }
            }

            throw new InvalidOperationException("A call that was just noted is gone.");
        }
        catch
        {
            await write.PutRightAsync();
            throw;
        }
    }

    private async Task<IResult> AnswerAgainAsync(HttpRequest request, Call call, string mark)
    {
        if (call.Facts.Noted?.Mark != mark)
        {
            return request.Problem(
                StatusCodes.Status422UnprocessableEntity,
                new("Clave repetida", "Key used before"),
                new(
                    $"El {KeyHeader} ya se usó para otra llamada. Use uno nuevo en cada una.",
                    $"The {KeyHeader} was used for another call. Use a new one for each."));
        }

        // The process of the first request may have ended before it.
        await returned.MarkAsync(call, null);
        return Created(request, call);
    }

    private Created<CallView> Created(HttpRequest request, Call call) => TypedResults.Created(
        $"/api/calls/{call.CallId}",
        CallView.Of(call, request.HttpContext.User.RequiredAgentId(), clock.GetUtcNow()));

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
