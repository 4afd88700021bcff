using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Homologation;

/// <summary>A new run.</summary>
/// <param name="Account">The account's username; the first of the settings where it is missing.</param>
public sealed record RunInput(string? Account);

/// <summary>What is done with a case.</summary>
/// <param name="Do"><c>start</c>, <c>stop</c>, <c>decide</c>, <c>skip</c> or <c>reopen</c>.</param>
/// <param name="Confirmed">True where the tester confirms that telephones will be called.</param>
/// <param name="Number">Whom a click calls.</param>
/// <param name="EndpointId">The phone that a click calls from.</param>
/// <param name="Told">What the tester saw, by the keys of the case's questions.</param>
/// <param name="State">What the tester decides: <c>passed</c> or <c>failed</c>.</param>
/// <param name="Key">One for each press that starts a case: where it comes again, nothing is dialled again.</param>
public sealed record CaseInput(
    [property: Needed] string? Do,
    bool? Confirmed,
    string? Number,
    string? EndpointId,
    IReadOnlyDictionary<string, string?>? Told,
    string? State,
    string? Note,
    string? Key = null);

/// <summary>The homologation: looks at what the operator really does, case by case, before going live.</summary>
[Tags("Administration")]
public sealed class HomologationFunctions(
    HomologationStore store,
    HomologationRunner runner,
    Accounts accounts,
    PacedRecords paced,
    MappingStore mappings,
    MappingClock shifts,
    PhoneNumberParser numbers,
    IOptions<CallMyWayOptions> options,
    AuditLog audit,
    TimeProvider clock)
{
    private const int LongestText = 2000;

    private const int LongestKey = 200;

    internal static readonly Phrase NotNow = new("Ahora no se puede", "Not now");

    [Function("ListHomologations"), Allow(Role.Admin)]
    [Asks("account", "take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<RunSummary>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "homologation")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        var account = request.Query["account"].ToString() is { Length: > 0 } ? accounts.Asked(request, errors) : null;
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var (items, next) = await store.ListAsync(account?.Username, page, cancellationToken);
        return TypedResults.Ok(new Page<RunSummary>([.. items.Select(RunSummary.Of)], next));
    }

    [Function("StartHomologation"), Allow(Role.Admin), Audits("homologation.started")]
    [Takes(typeof(RunInput)), Answers(StatusCodes.Status201Created, typeof(RunView))]
    public async Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "homologation")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<RunInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var account = PlainText.Trimmed(input.Account) is { } name
            ? accounts.Listed(name)
            : accounts.All.Count > 0 ? accounts.All[0] : null;
        if (account is null || !paced.Knows(account))
        {
            return request.Invalid(new FieldErrors().Add(
                "account",
                "Elija una cuenta de la configuración que tenga contraseña.",
                "Choose an account of the settings that has a password."));
        }

        var now = clock.GetUtcNow();
        var run = new Run(
            Guid.CreateVersion7(now).ToString("N"),
            account.Username,
            now,
            request.HttpContext.User.RequiredAgentId(),
            options.Value.BaseUrl.GetLeftPart(UriPartial.Authority));
        await audit.WriteAsync(
            request,
            AuditChange.Of("homologation.started", run.RunId, null, new { account = account.Username }),
            cancellationToken);
        var stored = await store.InsertAsync(run, CancellationToken.None);
        return TypedResults.Created(
            $"/api/homologation/{run.RunId}",
            Views(request).Of(new RunState(stored, new Dictionary<string, CaseResult>(StringComparer.Ordinal))));
    }

    [Function("GetHomologation"), Allow(Role.Admin)]
    [Answers(StatusCodes.Status200OK, typeof(RunView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "homologation/{runId}")] HttpRequest request,
        string runId,
        CancellationToken cancellationToken) =>
        await store.GetAsync(runId, cancellationToken) is { } run
            ? TypedResults.Ok(Views(request).Of(run))
            : NoSuchRun(request);

    /// <summary>Two runs, case by case: what the operator does otherwise since then.</summary>
    [Function("CompareHomologations"), Allow(Role.Admin)]
    [Asks("one", "other"), Answers(StatusCodes.Status200OK, typeof(RunComparison))]
    public async Task<IResult> Compare(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "homologation-comparisons")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var one = await FindAsync(request, "one", errors, cancellationToken);
        var other = await FindAsync(request, "other", errors, cancellationToken);
        return one is null || other is null
            ? request.Invalid(errors)
            : TypedResults.Ok(RunComparison.Of(one, other, request.Language()));
    }

    private async Task<RunState?> FindAsync(
        HttpRequest request, string field, FieldErrors errors, CancellationToken cancellationToken)
    {
        var run = await store.GetAsync(request.Query[field].ToString(), cancellationToken);
        if (run is null)
        {
            errors.Add(
                field,
                "Indique el identificador de una homologación que exista.",
                "Give the id of a homologation that exists.");
        }

        return run;
    }

    [Function("ChangeHomologationCase"), Allow(Role.Admin), Audits("homologation.case")]
    [Refuses(StatusCodes.Status409Conflict)]
    [TakesIfMatch]
    [Takes(typeof(CaseInput)), Answers(StatusCodes.Status200OK, typeof(RunView))]
    [Answers(StatusCodes.Status202Accepted, typeof(RunView))]
    public async Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "homologation/{runId}/cases/{case}")]
        HttpRequest request,
        string runId,
        string @case,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<CaseInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        if (await store.GetAsync(runId, cancellationToken) is not { } run)
        {
            return NoSuchRun(request);
        }

        if (Catalogue.Find(RouteText.Of(@case)) is not { } test)
        {
            return request.NotFound(new("No hay una prueba con este código.", "There is no case with this code."));
        }

        return input.Do switch
        {
            "start" => await StartAsync(request, run, test, input, cancellationToken),
            "stop" => await StopAsync(request, run, test, cancellationToken),
            "decide" => await DecideAsync(request, run, test, input, cancellationToken),
            "skip" => await SetAsync(request, run, test, input, Result(request, CaseState.Skipped), cancellationToken),
            "reopen" => await SetAsync(
                request,
                run,
                test,
                input,
                before => new CaseResult { Note = before.Note, Key = before.Key },
                cancellationToken),
            _ => request.Invalid(new FieldErrors().Add(
                "do", "Elija start, stop, decide, skip o reopen.", "Choose start, stop, decide, skip or reopen.")),
        };
    }

    private async Task<IResult> StartAsync(
        HttpRequest request, RunState run, HomologationCase test, CaseInput input, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (test.Kind == CaseKind.ByHand)
        {
            return request.Invalid(errors.Add(
                "do", "Esta prueba se hace a mano: anote lo que vio.", "This case is done by hand: note what you saw."));
        }

        if (accounts.All.FirstOrDefault(known => known.Username == run.Run.Account) is not { } account
            || !paced.Knows(account))
        {
            return request.Problem(StatusCodes.Status409Conflict, NotNow, new(
                "La cuenta ya no está en la configuración, o no tiene contraseña.",
                "The account is no longer in the settings, or has no password."));
        }

        var key = PlainText.Trimmed(input.Key);
        if (key?.Length > LongestKey)
        {
            errors.Add(
                "key",
                $"La clave del clic puede tener hasta {LongestKey} caracteres.",
                $"The key of a press can have {LongestKey} characters at most.");
        }
        else if (run.Of(test.Code).IsOf(key))
        {
            return TypedResults.Ok(Views(request).Of(run));
        }

        var (phone, number) = test.Kind == CaseKind.Dial
            ? await CheckDialAsync(input, account, errors, cancellationToken)
            : (null, null);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        // Before anything is asked or dialled, it is written down who did so; the number is not.
        var taken = await ChangeAsync(
            request,
            run,
            test,
            "start",
            version => runner.TakeAsync(run.Run, test, phone?.EndpointId, key, version, cancellationToken));
        if (!taken.IsOfVersion)
        {
            return request.Changed();
        }

        if (taken.After is not { Work: { } work })
        {
            return await NotTakenAsync(request, run, test, key);
        }

        string? dialId = null;
        if (phone is not null)
        {
            var result = await runner.DialAsync(test, work, phone, number!, CancellationToken.None);
            if (result.Dial is not { } dial)
            {
                await EndAsync(Verdict.Open(WhyNot(result)));
                return request.Problem(StatusCodes.Status409Conflict, NotNow, WhyNot(result));
            }

            dialId = dial.DialId;
            if (test.Code == "busy-agent" || dial.State == DialState.Refused)
            {
                await EndAsync(HomologationRunner.OfDial(test, dial, clock.GetUtcNow()));
                return TypedResults.Ok(await AgainAsync(request, run));
            }
        }

        await runner.BeginAsync(run.Run, test, work, request.HttpContext.User.RequiredAgentId(), dialId);
        return TypedResults.Accepted($"/api/homologation/{run.Run.RunId}", await AgainAsync(request, run));

        Task EndAsync(Verdict verdict) => runner.SettleAsync(
            new HomologationWork(run.Run.RunId, test.Code, work.Since, work.Until),
            work.JobId,
            verdict,
            CancellationToken.None);
    }

    /// <summary>Of two requests of one press, the later one too is answered with what became of it.</summary>
    private async Task<IResult> NotTakenAsync(
        HttpRequest request, RunState run, HomologationCase test, string? key)
    {
        var now = await store.GetAsync(run.Run.RunId, CancellationToken.None) ?? run;
        var its = now.Of(test.Code);
        return its.IsOf(key)
            ? TypedResults.Ok(Views(request).Of(now))
            : request.Problem(StatusCodes.Status409Conflict, NotNow, its.State == CaseState.Open
                ? new("Esta prueba ya está en marcha.", "This case is under way already.")
                : new(
                    "Esta prueba ya está decidida. Ábrala de nuevo para repetirla.",
                    "This case is decided already. Open it again to repeat it."));
    }

    private async Task<(Mapping? Phone, PhoneNumber? Number)> CheckDialAsync(
        CaseInput input, Account account, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (input.Confirmed is not true)
        {
            errors.Add(
                "confirmed",
                "Confirme que se llamará a esos teléfonos.",
                "Confirm that those telephones will be called.");
        }

        var number = PlainText.Trimmed(input.Number) is { Length: <= 64 } text ? numbers.Parse(text) : null;
        if (number is not { Kind: PhoneNumberKind.Number, E164: not null, IsShortCode: false }
            || !OneNumber.IsAlone(input.Number!.Trim(), number))
        {
            errors.Add(
                "number",
                "Escriba un solo número de teléfono completo. A números cortos, como el 911, no se llama.",
                "Write one whole phone number. Short codes such as 911 are not called.");
        }

        var mapping = PlainText.Trimmed(input.EndpointId) is { } endpointId
            ? await mappings.GetAsync(endpointId, cancellationToken)
            : null;
        if (mapping is null || mapping.Account != account.Username)
        {
            errors.Add(
                "endpointId",
                "Elija un teléfono asignado de esta cuenta.",
                "Choose a phone of this account that is somebody's.");
            return (null, number);
        }

        return (shifts.Now(mapping), number);
    }

    private async Task<IResult> StopAsync(
        HttpRequest request, RunState run, HomologationCase test, CancellationToken cancellationToken)
    {
        if (IfMatch.Of(request) is { } etag && etag != run.Run.ETag)
        {
            return request.Changed();
        }

        if (run.Of(test.Code).Work is { } work)
        {
            await audit.WriteAsync(
                request,
                AuditChange.Of("homologation.case", run.Run.RunId, null, new { @case = test.Code, @do = "stop" }),
                cancellationToken);
            await runner.StopAsync(run.Run, test, work, accounts.Find(run.Run.Account), cancellationToken);
        }

        return TypedResults.Ok(await AgainAsync(request, run));
    }

    private async Task<IResult> DecideAsync(
        HttpRequest request, RunState run, HomologationCase test, CaseInput input, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (input.State is not ("passed" or "failed"))
        {
            errors.Add("state", "Elija passed o failed.", "Choose passed or failed.");
        }

        var told = new List<CaseAnswer>();
        foreach (var (key, value) in input.Told ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            var ask = test.Asks.FirstOrDefault(each => each.Key == key);
            if (PlainText.Trimmed(value) is not { } text)
            {
                continue;
            }

            if (ask is null || text.Length > LongestText
                || (ask.Choices.Count > 0 && ask.Choices.All(choice => choice.Value != text)))
            {
                errors.Add(
                    $"told.{(ask is null ? "" : key)}",
                    "Responda lo que la prueba pregunta, con una de sus opciones o en pocas palabras.",
                    "Answer what the case asks, by one of its choices or in few words.");
                continue;
            }

            told.Add(new CaseAnswer(key, text, Questions.Find(key)?.SettingOf(text)));
        }

        return errors.Any
            ? request.Invalid(errors)
            : await SetAsync(
                request,
                run,
                test,
                input,
                before => Result(request, input.State == "passed" ? CaseState.Passed : CaseState.Failed)(before) with
                {
                    Answers = [.. before.Answers.Where(old => told.TrueForAll(one => one.Question != old.Question)), .. told],
                },
                cancellationToken);
    }

    private Func<CaseResult, CaseResult> Result(HttpRequest request, CaseState state) => before => before with
    {
        State = state,
        Work = null,
        DecidedBy = request.HttpContext.User.RequiredAgentId(),
        DecidedAt = clock.GetUtcNow(),
    };

    private async Task<IResult> SetAsync(
        HttpRequest request,
        RunState run,
        HomologationCase test,
        CaseInput input,
        Func<CaseResult, CaseResult> change,
        CancellationToken cancellationToken)
    {
        var note = PlainText.Trimmed(input.Note);
        if (note?.Length > LongestText)
        {
            return request.Invalid(new FieldErrors().Add(
                "note",
                $"La nota puede tener hasta {LongestText} caracteres.",
                $"The note can have {LongestText} characters at most."));
        }

        var changed = await ChangeAsync(request, run, test, input.Do!, version => store.ChangeAsync(
            run.Run.RunId,
            test.Code,
            before => change(before) is var after && note is not null ? after with { Note = note } : after,
            CancellationToken.None,
            version));
        return changed.IsOfVersion ? TypedResults.Ok(await AgainAsync(request, run)) : request.Changed();
    }

    // The version that the request is meant for is compared in the write itself.
    private Task<CaseChange> ChangeAsync(
        HttpRequest request,
        RunState run,
        HomologationCase test,
        string @do,
        Func<string?, Task<CaseChange>> change) => audit.ChangeAsync(
        request,
        AuditChange.Of("homologation.case", run.Run.RunId, null, new { @case = test.Code, @do }),
        () => change(IfMatch.Of(request)),
        changed => changed.After is not null);

    private async Task<RunView> AgainAsync(HttpRequest request, RunState run) =>
        Views(request).Of(await store.GetAsync(run.Run.RunId, CancellationToken.None) ?? run);

    private HomologationViews Views(HttpRequest request) =>
        new(accounts, options.Value, clock.GetUtcNow(), request.Language());

    private static Phrase WhyNot(DialResult result) => result switch
    {
        { Refusal: DialRefusal.Busy } => new(
            "La persona de ese teléfono está en una llamada.", "The person of that phone is in a call."),
        _ => DialPhrases.Of(result),
    };

    internal static IResult NoSuchRun(HttpRequest request) => request.NotFound(
        new("No hay una homologación con este identificador.", "There is no homologation with this id."));
}
