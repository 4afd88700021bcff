using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Outgoing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.ContactLookup;

/// <summary>Where a CRM is asked who calls, for an administrator.</summary>
[Tags("Contacts")]
public sealed class ContactLookupFunctions(
    LookupStore store,
    LookupClient client,
    LookupCircuit circuit,
    LookupReports reports,
    OutgoingAddress addresses,
    ContactFieldStore fields,
    PhoneNumberParser numbers,
    Accounts accounts,
    AuditLog audit,
    IOptions<ContactLookupOptions> options,
    TimeProvider clock)
{
    private const string Changed = "contact-lookup.changed";

    private const string SecretChanged = "contact-lookup.secret-changed";

    private const string Tested = "contact-lookup.tested";

    /// <summary>What the entries of the audit are about.</summary>
    private const string Id = "contact-lookup";

    [Function("GetContactLookup"), Allow(Role.Admin)]
    [Answers(StatusCodes.Status200OK, typeof(LookupView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "contact-lookup")] HttpRequest request,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(ViewOf(await store.GetAsync(cancellationToken), request));

    /// <summary>
    /// Changes where the CRM is asked. With the first address a secret is made, which this answer shows and no other.
    /// </summary>
    [Function("PutContactLookup"), Allow(Role.Admin), Audits(Changed)]
    [TakesIfMatch(OrNone = true)]
    [Takes(typeof(LookupInput)), Answers(StatusCodes.Status200OK, typeof(LookupView))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "contact-lookup")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<LookupInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = await input.CheckAsync(addresses, options.Value.AllowPrivateAddresses, cancellationToken);
        return errors.Any
            ? request.Invalid(errors)
            : await LastOneWins.ChangeAsync(request, () => ChangeAsync(request, input, cancellationToken));
    }

    private async Task<IResult?> ChangeAsync(
        HttpRequest request, LookupInput input, CancellationToken cancellationToken)
    {
        var state = await store.GetAsync(cancellationToken);
        var before = state.Settings;
        var settings = input.In(before);
        var isFirst = settings is { Url: not null, Secret: null };
        if (isFirst)
        {
            settings = settings with { Secret = SignedRequest.NewSecret() };
        }

        var change = AuditChange.Of(Changed, Id, Audited(before), Audited(settings));
        if (before.ETag is not null && change.SaysNothingNew)
        {
            // The request is repeated: it is answered as the first time, without the secret.
            return TypedResults.Ok(ViewOf(state, request));
        }

        if (LastOneWins.NamesAnother(request, before.ETag))
        {
            return request.Changed();
        }

        var saved = await audit.ChangeAsync(
            request, change, () => store.SaveAsync(settings, cancellationToken), made => made is not null);
        if (saved is null)
        {
            return null;
        }

        // Whatever failed before may be mended by it: the next call tells.
        await reports.AnsweredAsync();
        var view = ViewOf(await store.GetAsync(CancellationToken.None) with { Settings = saved }, request);
        return TypedResults.Ok(isFirst ? view with { Secret = saved.Secret } : view);
    }

    /// <summary>
    /// Makes a new secret. For a day both sign, so that the CRM can be given the new one without a gap.
    /// </summary>
    [Function("RotateLookupSecret"), Allow(Role.Admin), Audits(SecretChanged)]
    [Refuses(StatusCodes.Status409Conflict)]
    [Answers(StatusCodes.Status200OK, typeof(LookupSecret))]
    public async Task<IResult> Rotate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "contact-lookup/secret")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var settings = (await store.GetAsync(cancellationToken)).Settings;
        if (settings.Url is null)
        {
            return NoAddress(request);
        }

        var rotated = settings.WithSecret(SignedRequest.NewSecret(), clock.GetUtcNow());
        return await audit.ChangeAsync(
            request,
            AuditChange.Of(SecretChanged, Id, null, null),
            () => store.SaveAsync(rotated, cancellationToken),
            made => made is not null) is null
            ? request.Changed()
            : TypedResults.Ok(new LookupSecret(rotated.Secret!, rotated.PreviousUntil));
    }

    /// <summary>
    /// Asks the CRM about a number at once, and answers what it said, also while nothing is asked at calls. Nothing is
    /// stored; where it has answered as it should, a pause ends.
    /// </summary>
    [Function("TestContactLookup"), Allow(Role.Admin), Audits(Tested)]
    [Refuses(StatusCodes.Status409Conflict)]
    [Takes(typeof(LookupTestInput)), Answers(StatusCodes.Status200OK, typeof(LookupTestResult))]
    public async Task<IResult> Test(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "contact-lookup/test")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<LookupTestInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var number = numbers.Parse(input.Number);
        if (number.E164 is not { } e164)
        {
            return request.Invalid(new FieldErrors().Add(
                "number",
                "Escriba el teléfono por el que se pregunta, como 8888-1234.",
                "Write the phone number to ask for, such as 8888-1234."));
        }

        var settings = (await store.GetAsync(cancellationToken)).Settings;
        if (settings is not { Url: { } url, Secret: not null })
        {
            return NoAddress(request);
        }

        await audit.WriteAsync(request, AuditChange.Of(Tested, Id, null, new { url }), cancellationToken);
        var question = new LookupQuestion(
            e164, numbers.View(number).Display, CallDirection.In, "test", accounts.Home.Username);
        var reply = await client.AskAsync(settings, question, cancellationToken);
        if (reply.Error is null)
        {
            circuit.Succeeded();
            await reports.AnsweredAsync();
        }

        var language = request.Language();
        var (fitting, leftOut) = LookupFields.Fit(reply.Contacts, await fields.GetAsync(cancellationToken));
        return TypedResults.Ok(new LookupTestResult(
            reply.Error is null,
            reply.Milliseconds,
            reply.Status,
            reply.Error,
            reply.Error is { } error
                ? LookupView.WordsOf(error, reply.Status, reply.Field, settings.TimeoutMs).In(language)
                : null,
            [.. fitting.Select(LookupContact.Of)],
            leftOut is null ? null : LookupFields.WordsOf(leftOut.Label, leftOut.Kind).In(language),
            reply.Answer,
            new LookupRequest(url, LookupClient.BodyOf(question)),
            ViewOf(await store.GetAsync(CancellationToken.None), request)));
    }

    private static IResult NoAddress(HttpRequest request) => request.Problem(
        StatusCodes.Status409Conflict,
        new("Falta la dirección", "The address is missing"),
        new("Guarde primero la dirección de su CRM.", "Save the address of your CRM first."));

    // What an administrator enters, and no secret.
    private static object Audited(LookupSettings settings) => new
    {
        settings.Url,
        settings.Enabled,
        settings.TimeoutMs,
        settings.Source,
    };

    private LookupView ViewOf(LookupState state, HttpRequest request) =>
        LookupView.Of(state, clock.GetUtcNow(), request.Language());
}
