using System.Security.Cryptography;
using System.Text.Json;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.WrapUps;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Desk;

/// <summary>Which contact a call is with: one that there is, or a new one.</summary>
public sealed record CallContactInput(string? ContactId, ContactInput? Contact);

/// <summary>What an agent decides about who a call is with: the pop-up's choice.</summary>
[Tags("Calls")]
public sealed class CallContactFunctions(
    CallFinder finder,
    CallScope scope,
    CallWriter writer,
    ContactStore contacts,
    ContactFieldStore fields,
    ContactClaims claims,
    ContactMatcher matcher,
    CallerChoices choices,
    WrapUpDueItems dueItems,
    PopUpScreens screens,
    OpenCallMatching openCalls,
    PhoneNumberParser numbers,
    AuditLog audit,
    TimeProvider clock)
{
    [Function("PutCallContact"), Allow(Role.Agent), Audits("contact.created")]
    [Refuses(StatusCodes.Status409Conflict)]
    [Takes(typeof(CallContactInput)), Asks("account")]
    [Answers(StatusCodes.Status200OK, typeof(CallView))]
    public async Task<IResult> PutContact(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "calls/{callId}/contact")] HttpRequest request, string callId, CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<CallContactInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        if (await FindAsync(request, callId, cancellationToken) is not { } call)
        {
            return request.NotFound(CallFinder.NoSuchCall);
        }

        if (call.AnonymizedAt is not null)
        {
            return request.Anonymized();
        }

        var (contact, wrong) = await ContactAsync(request, call, input, cancellationToken);
        if (contact is null)
        {
            return wrong!;
        }

        // Whoever chooses also teaches: the next call of this number offers the choice first.
        await choices.LearnAsync(call, contact.ContactId, clock.GetUtcNow(), cancellationToken);
        var answer = await DecideAsync(request, callId, contact, cancellationToken);
        if (input.Contact is not null)
        {
            await openCalls.MatchAsync(contact, before: null, but: call.Key);
        }

        return answer;
    }

    [Function("IgnoreCall"), Allow(Role.Agent)]
    [NotAudited("It is in the call's history.")]
    [Asks("account")]
    [Answers(StatusCodes.Status200OK, typeof(CallView))]
    public async Task<IResult> Ignore(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "calls/{callId}/ignore")] HttpRequest request, string callId, CancellationToken cancellationToken) =>
        await DecideAsync(request, callId, null, cancellationToken);

    /// <param name="contact">Whom the call is with; null where it concerns no contact.</param>
    private async Task<IResult> DecideAsync(
        HttpRequest request, string callId, Contact? contact, CancellationToken cancellationToken)
    {
        var agentId = request.HttpContext.User.RequiredAgentId();
        // Where a notification of the call comes in between, the decision holds for the call as it is then.
        var decision = contact is null
            ? new AgentDecision(DecisionKind.Ignored, clock.GetUtcNow(), agentId)
            : new AgentDecision(DecisionKind.ContactChosen, clock.GetUtcNow(), agentId, new Candidate(
                contact.ContactId, contact.Title, MatchReason.Chosen));
        if (await writer.ChangeAsync(
            token => FindAsync(request, callId, token),
            call => call.Facts.With(decision),
            cancellationToken) is not { } saved)
        {
            return request.NotFound(CallFinder.NoSuchCall);
        }

        if (contact is null)
        {
            // The caller is nobody's contact, so the next call of this number offers nobody for it. Where the request
            // is repeated, what was chosen since the first time stays.
            await choices.UnlearnAsync(saved, saved.Facts.LastOfContact?.At ?? decision.At, CancellationToken.None);
        }

        // What was written of the call before it was known who it is with goes into their file. The rest is done
        // although the page that asked may have gone: the choice is made.
        await dueItems.TieAsync(saved, contact, CancellationToken.None);
        await screens.ShowAgainAsync(saved, CancellationToken.None);
        return TypedResults.Ok(CallView.Of(saved, agentId, clock.GetUtcNow()));
    }

    private async ValueTask<Call?> FindAsync(HttpRequest request, string callId, CancellationToken cancellationToken)
    {
        var visible = await scope.FindVisibleAsync(request.HttpContext.User, cancellationToken);
        return await finder.FindAsync(callId, request.Query["account"], visible.Includes, cancellationToken);
    }

    private async Task<(Contact? Contact, IResult? Refusal)> ContactAsync(HttpRequest request, Call call, CallContactInput input, CancellationToken cancellationToken)
    {
        if ((input.ContactId is null) == (input.Contact is null))
        {
            return (null, request.Invalid(new FieldErrors().Add("contactId", "Indique un contacto que ya existe o los datos de uno nuevo.", "Give a contact that exists, or the data of a new one.")));
        }

        if (input.ContactId is { } contactId)
        {
            return await contacts.GetAsync(contactId, cancellationToken) is { } known
                ? (known, null)
                : (null, request.Invalid(new FieldErrors().Add("contactId", ContactFunctions.NoSuchContact.Es, ContactFunctions.NoSuchContact.En)));
        }

        var errors = input.Contact!.Check(numbers, await fields.GetRecentAsync(cancellationToken));
        if (errors.Any)
        {
            return (null, request.Invalid(errors));
        }

        var agentId = request.HttpContext.User.RequiredAgentId();
        if (input.Contact.ContactId is null && await FindSameAsync(call, agentId, input.Contact, cancellationToken) is { } same)
        {
            return (same, null);
        }

        var now = clock.GetUtcNow();
        var newId = input.Contact.ContactId
            ?? await ClaimAsync(call, agentId, input.Contact, now, cancellationToken);
        var contact = input.Contact.ToContact(newId, now, now);
        if (await audit.ChangeAsync(
            request,
            AuditChange.Of("contact.created", newId, null, contact),
            () => contacts.CreateAsync(contact, cancellationToken),
            made => made is not null) is { } created)
        {
            return (created, null);
        }

        return input.Contact.ContactId is null && await contacts.GetAsync(newId, cancellationToken) is { } before
            ? (before, null)
            : (null, ContactFunctions.Exists(request));
    }

    // A colleague may have created the caller: then the call is with a contact of this name and number. If this agent
    // chose that contact, the data were corrected, and are not to be lost.
    private async Task<Contact?> FindSameAsync(
        Call call, string agentId, ContactInput input, CancellationToken cancellationToken)
    {
        var name = ContactClaim.Folded(input.Name);
        return call.ContactId is { } contactId && name.Length > 0 && call.Facts.LastOfContact?.AgentId != agentId
            && call.Candidates.Any(candidate =>
                candidate.ContactId == contactId && ContactClaim.Folded(candidate.Name) == name)
            && await contacts.GetAsync(contactId, cancellationToken) is { } contact
            && choices.NumberOf(call) is { } number && matcher.Has(contact, number)
            && ContactClaim.MayBeOne(contact.Document, input.Document)
            ? contact
            : null;
    }

    // Of a caller without a number nobody can say that two calls are of the same one.
    private async Task<string> ClaimAsync(
        Call call, string agentId, ContactInput input, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var newId = IdFor(call, agentId, input);
        return choices.NumberOf(call) is { MatchKey.Length: > 0, NeedsMapping: false } number
            ? await claims.ClaimAsync(
                number,
                new ContactClaim(
                    newId, input.Name ?? "", input.Document ?? "", $"{call.Account} {call.CallId}", agentId, now),
                cancellationToken)
            : newId;
    }

    // The same for the same data, call and agent: who repeats a request whose answer was lost has one new contact, not two.
    private static string IdFor(Call call, string agentId, ContactInput contact) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new object[] { call.Key, agentId, contact }, ApiJson.Options)).AsSpan(0, 16));
}
